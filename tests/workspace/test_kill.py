import hashlib
import os
import random
import shutil
from contextlib import suppress

import pytest

from ledger.export_file import export_lines, read_lines
from ledger.ledger import Ledger
from model.errors import LedgerError
from tests.ledger import raw
from tests.workspace import samples
from tests.workspace.killing import killed
from workspace.store import recipe_key
from workspace.workspace import Workspace

pytestmark = pytest.mark.slow


def test_nothing_that_was_acknowledged_is_lost_however_often_a_run_is_killed(tmp_path):
    folder = tmp_path / "archive"

    def work(acknowledge):
        ws = Workspace.open(folder, create=True)
        number = ws.ledger.head().seq
        while True:
            number += 1
            data = f"page {number} ".encode() * 300
            blob = ws.store.put(data)
            ws.store.remember(recipe_key(number=number), blob)
            acknowledge(raw.append(ws.ledger, "page", {"blob": blob, "key": recipe_key(number=number)}).seq)

    dice = random.Random(20)
    acknowledged: set[int] = set()
    for _ in range(20):
        acknowledged.update(killed(work, dice, 0.05))
        with Workspace.open(folder, readonly=True) as ws:
            assert list(ws.ledger.verify()) == []
            records = {one.seq: one.payload for one in ws.ledger.records(kind="page")}
            assert acknowledged <= set(records)
            assert len(set(records) - acknowledged) <= 20
            for payload in records.values():
                ws.store.get(payload["blob"])
                assert ws.store.recall(payload["key"]) == payload["blob"]
    blobs = [path for path in (folder / "blobs").rglob("*") if path.is_file()]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in blobs)
    assert len(acknowledged) >= 20


def test_a_workspace_can_be_made_after_its_making_was_killed_at_any_moment(tmp_path):
    dice = random.Random(7)
    for attempt in range(10):
        folder = tmp_path / str(attempt)

        def work(acknowledge, folder=folder):
            acknowledge(0)
            Workspace.open(folder, create=True)
            os.read(os.pipe()[0], 1)

        killed(work, dice, 0.03)
        with Workspace.open(folder, create=True, clock=samples.Ticking()) as ws:
            assert ws.ledger.workspace == ws.id
            assert list(ws.ledger.verify()) == []
            assert raw.append(ws.ledger, "page", {}).seq == 2


def test_no_acknowledged_record_is_lost_in_either_database_when_its_writer_is_killed_50_times(place):
    Ledger(place, create_for="workspace-1").close()

    def work(acknowledge):
        ledger = Ledger(place)
        while True:
            acknowledge(raw.append(ledger, "decision", {"note": "ยอมรับ" * 20}).seq)

    dice = random.Random(50)
    acknowledged: list[int] = []
    for _ in range(50):
        acknowledged += killed(work, dice, 0.03)
    ledger = Ledger(place)
    assert list(ledger.verify()) == []
    there = {one.seq for one in ledger.records(kind="decision")}
    assert set(acknowledged) <= there
    assert len(acknowledged) == len(set(acknowledged)) >= 50
    assert len(there - set(acknowledged)) <= 50
    assert raw.append(ledger, "decision", {}).seq == max(there) + 1
    ledger.close()


def test_a_restore_that_is_killed_at_any_moment_can_be_done_again(tmp_path):
    with Workspace.open(tmp_path / "archive", create=True, clock=samples.Ticking()) as ws:
        raw.append_many(ws.ledger, (("decision", {"n": n}) for n in range(3000)))
        lines = list(export_lines(ws.ledger.rows()))
    dice = random.Random(11)
    for attempt in range(6):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        shutil.copy(tmp_path / "archive" / "workspace.json", folder)

        def work(acknowledge, folder=folder):
            acknowledge(0)
            Workspace.restore_ledger(folder, read_lines(lines))
            os.read(os.pipe()[0], 1)

        killed(work, dice, 0.4)
        with suppress(LedgerError):
            # It was whole already, or nothing was there.
            Workspace.restore_ledger(folder, read_lines(lines))
        with Workspace.open(folder) as ws:
            assert list(export_lines(ws.ledger.rows())) == lines
