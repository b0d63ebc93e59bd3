"""A workspace of an older format is read as it is, written by nobody, and upgraded by a command."""

import json
import os
import signal
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from audit.audit import audit
from ledger.ledger import Ledger
from ledger.table import REVISIONS
from model.errors import Exit
from tests.ledger.databases import execute
from workspace.workspace import Workspace

EARLIER = Path(__file__).parents[1] / "workspace" / "earlier" / "findings-1.zip"


@pytest.fixture
def old(tmp_path):
    """A workspace as the first revision of the ledger and the first blobs had it: read, decided, signed, published."""
    with zipfile.ZipFile(EARLIER) as kept:
        kept.extractall(tmp_path)
    place = tmp_path / "archive"
    Workspace.upgrade(place)
    execute(place / "ledger.sqlite", "DROP INDEX records_by_sha256", "DROP TABLE alembic_version")
    return place


def test_it_is_looked_at_audited_and_backed_up_and_nobody_writes_into_it(old, tmp_path, chamra):
    before = (old / "ledger.sqlite").read_bytes()
    for command in ("status", "audit"):
        assert chamra(command, "-w", old)[0] == Exit.DONE
    assert chamra("backup", tmp_path / "backup", "-w", old)[0] == Exit.DONE
    status, _, err = chamra("publish", "-w", old)
    assert status == Exit.WORKSPACE
    assert "chamra backup" in err
    assert "chamra upgrade" in err
    assert (old / "ledger.sqlite").read_bytes() == before


def test_the_command_says_what_it_would_do_does_it_once_and_keeps_what_was(old, chamra):
    before = (old / "ledger.sqlite").read_bytes()
    _, out, _ = chamra("upgrade", "-w", old, "--dry-run")
    assert "would be 0002" in out
    assert "chamra backup" in out
    assert (old / "ledger.sqlite").read_bytes() == before
    status, out, _ = chamra("upgrade", "-w", old, "--json")
    done = json.loads(out)
    assert (status, done["found"], done["newest"], done["needed"]) == (0, REVISIONS[0], REVISIONS[-1], True)
    assert Path(done["copy"]).is_file()
    assert "nothing to do" in chamra("upgrade", "-w", old)[1]
    assert chamra("publish", "-w", old)[0] == Exit.DONE
    assert chamra("audit", "-w", old)[0] == Exit.DONE


def test_a_folder_that_is_no_workspace_is_not_made_one(tmp_path, chamra):
    assert chamra("upgrade", "-w", tmp_path / "none")[0] == Exit.WORKSPACE
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
@pytest.mark.parametrize("nth", [1, 2, 4, 8, 16, 32])
def test_an_upgrade_that_is_killed_is_done_or_not_and_goes_on(old, nth):
    rows = ledger_rows(old)
    child = os.fork()
    if child == 0:
        die_at_statement(nth)
        Workspace.upgrade(old)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
    assert ledger_rows(old) == rows, "no record is touched"
    Workspace.upgrade(old)
    assert not Workspace.upgrade(old).needed
    with Workspace.open(old) as ws:
        assert audit(ws).holds
    assert ledger_rows(old) == rows
    assert not list(old.glob("*.part"))


def ledger_rows(workspace):
    with closing(Ledger(workspace / "ledger.sqlite", readonly=True)) as ledger:
        return list(ledger.rows())


def die_at_statement(nth):
    """Kill this process when SQLite is about to work on so many a statement."""
    left = nth
    connect = sqlite3.connect

    def watched(*arguments, **settings):
        connection = connect(*arguments, **settings)
        connection.set_trace_callback(count)
        return connection

    def count(statement):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    vars(sqlite3)["connect"] = watched
