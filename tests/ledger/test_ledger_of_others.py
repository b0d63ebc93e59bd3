"""A ledger file of another account: a sentence, and nothing beside it that would keep its owner out."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger.ledger import Ledger
from model.errors import Exit
from tests.ledger import raw
from workspace.workspace import Workspace

pytestmark = [
    pytest.mark.mount,  # only root may give a file away
    pytest.mark.skipif(os.getuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv"),
]

OTHER = 65534
_RIGHTS = "-dac_override,-dac_read_search,-fowner,-chown"
LOOK = """
import sys
sys.path.insert(0, sys.argv[1])
from model.errors import ChamraError
from workspace.workspace import Workspace
try:
    with Workspace.open_to_look(sys.argv[2]) if sys.argv[3] == "look" else Workspace.open(sys.argv[2]) as ws:
        print(ws.ledger.head().seq)
except ChamraError as error:
    print(error)
    sys.exit(int(error.exit_status))
"""


@pytest.fixture
def place(tmp_path):
    """A workspace of this account, whose ledger is another account's."""
    with Workspace.open(tmp_path / "ws", create=True) as ws:
        raw.append(ws.ledger, "decision", {"n": 1})
    os.chown(tmp_path / "ws" / "ledger.sqlite", OTHER, -1)
    return tmp_path / "ws"


def as_usual_account(place, what):
    """Status and words of a process with no right beyond those of its account."""
    rights = [f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}"]
    words = ["setpriv", *rights, sys.executable, "-c", LOOK, str(Path(__file__).parents[2]), place, what]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip() + done.stderr.strip()


def beside(place):
    return {path.name for path in place.glob("ledger.sqlite*")}


def test_a_ledger_that_may_not_be_read_is_a_matter_of_permission(place):
    (place / "ledger.sqlite").chmod(0o600)
    for what in ("look", "write"):
        status, words = as_usual_account(place, what)
        assert status == Exit.NO_SPACE_OR_PERMISSION
        assert "No permission to use" in words
    assert beside(place) == {"ledger.sqlite"}


def test_who_may_only_read_it_leaves_nothing_that_keeps_its_owner_out(place):
    (place / "ledger.sqlite").chmod(0o644)
    assert as_usual_account(place, "look") == (0, "2")
    status, words = as_usual_account(place, "write")
    assert (status, "ledger.sqlite" in words) == (Exit.NO_SPACE_OR_PERMISSION, True)
    assert beside(place) == {"ledger.sqlite"}


def test_who_may_only_read_it_sees_what_its_owner_is_writing(place):
    (place / "ledger.sqlite").chmod(0o644)
    with closing(Ledger(place / "ledger.sqlite", timeout=5)) as ledger:
        raw.append(ledger, "decision", {"n": 2})
        for path in place.glob("ledger.sqlite-*"):
            os.chown(path, OTHER, -1)
        before = beside(place)
        assert before > {"ledger.sqlite"}
        assert as_usual_account(place, "look") == (0, "3")
        assert beside(place) == before
        raw.append(ledger, "decision", {"n": 3})
    assert beside(place) == {"ledger.sqlite"}


def test_records_that_only_its_owner_can_see_are_not_passed_over(place):
    (place / "ledger.sqlite").chmod(0o644)
    (place / "ledger.sqlite-wal").write_bytes(b"what a killed process left")
    os.chown(place / "ledger.sqlite-wal", OTHER, -1)
    status, words = as_usual_account(place, "look")
    assert status == Exit.WORKSPACE
    assert "may not write there" in words
    assert beside(place) == {"ledger.sqlite", "ledger.sqlite-wal"}
