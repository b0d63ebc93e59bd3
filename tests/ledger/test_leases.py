"""One of all who share a ledger does a piece of work; the lease dies with its process, or its database."""

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from ledger.leases import FileLeases
from ledger.ledger import Ledger
from model.errors import LedgerError, NoSpace, WorkspaceError
from tests.ledger import postgres
from tests.workspace.object_store import Cable

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from contextlib import closing
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


@pytest.mark.server
@pytest.mark.skipif(bool(postgres.why_not()), reason=postgres.why_not())
def test_a_database_that_is_away_is_an_error_with_a_remedy_and_is_asked_again(tmp_path, monkeypatch):
    monkeypatch.setattr("ledger.postgres.PATIENCE_SECONDS", 0.0)
    with postgres.server("127.0.0.1") as url:
        real = make_url(url)
        cable = Cable(f"{real.host}:{real.port}")
        place = real.set(port=cable.port).render_as_string(hide_password=False)
        with closing(Ledger(place, create_for="a" * 32)) as ledger:
            leases = ledger.leases(tmp_path / "leases")
            with leases.taking("page 7") as mine:
                assert mine
            cable.pull()
            with pytest.raises(LedgerError, match="cannot be reached") as caught, leases.taking("page 7"):
                raise AssertionError("nobody can have it")
            assert caught.value.transient
            assert caught.value.remedy
            cable.plug_in()
            with leases.taking("page 7") as mine:
                assert mine
        cable.pull()


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOLCK, WorkspaceError), (errno.EROFS, NoSpace), (errno.ENOSPC, NoSpace)]
)
def test_a_file_system_without_locks_or_that_may_not_be_written_is_an_error_with_a_remedy(
    tmp_path, monkeypatch, number, kind
):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr("fcntl.fcntl" if number == errno.ENOLCK else "os.open", refuse)
        with pytest.raises(kind) as caught, FileLeases(tmp_path / "leases").taking("page 7"):
            raise AssertionError("nobody can have it")
    assert str(tmp_path / "leases") in caught.value.message
    assert caught.value.remedy
