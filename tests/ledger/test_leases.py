"""One of all who share a ledger does a piece of work; the lease dies with its process, or its database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.ledger import Ledger

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from ledger.ledger import Ledger
place = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
with Ledger(place).leases(Path(sys.argv[2])).taking("page 7") as mine:
    print(mine, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def ledgers(place):
    """Two who have the same ledger open."""
    opened = [Ledger(place, create_for="a" * 32), Ledger(place)]
    yield opened
    for one in opened:
        one.close()


def test_of_two_one_has_it_until_it_is_given_back(ledgers, tmp_path):
    first, second = (one.leases(tmp_path / "leases") for one in ledgers)
    with first.taking("page 7") as mine:
        assert mine
        with (
            second.taking("page 7") as theirs,
            first.taking("page 7") as again,
            second.taking("page 8") as other,
        ):
            assert (theirs, again, other) == (False, False, True)
        with second.taking("page 7") as still:
            assert not still, "who did not have it gives nothing back"
    with second.taking("page 7") as theirs:
        assert theirs


@pytest.mark.slow
def test_it_dies_with_its_process(ledgers, place, tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place), str(tmp_path / "leases")],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        leases = ledgers[0].leases(tmp_path / "leases")
        with leases.taking("page 7") as mine:
            assert not mine
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    end = time.monotonic() + 30
    while True:
        with leases.taking("page 7") as mine:
            if mine:
                return
        assert time.monotonic() < end
        time.sleep(0.1)
