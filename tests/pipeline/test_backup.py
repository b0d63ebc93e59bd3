"""The drill: backed up while people work, lost, restored, and everything is as it was."""

import json
import os
import shutil
from typing import Any

import pytest

from audit.audit import audit
from ledger.checkpoint import checkpoints_beside, newest_checkpoint
from ledger.export_file import read_lines
from model.errors import BadInput, NoSpace, RecordsLost, UsageError, WorkspaceError
from pipeline.backup import ANCHORS, LEDGER_EXPORT, MANIFEST, PREVIOUS, back_up, restore_backup
from pipeline.inbox_folders import folders_said
from review.decide import accept_remaining
from review.publish import publish
from review.rework import revoke
from review.sign import sign
from review.status_list import standing
from tests.review.house import MALEE, SOMCHAI, document_text
from tests.review.pens import KeyPen, register
from workspace.files import FolderFiles
from workspace.log import log_key_path
from workspace.workspace import Workspace


@pytest.fixture
def archive(house):
    """A document that is signed and published."""
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    return house


def test_the_drill(archive, tmp_path):
    text, before = document_text(archive.ws, archive.document), standing(archive.ws)
    register(archive.ws, "prani", KeyPen())
    signers, log = archive.ws.signers.read_bytes(), log_key_path(archive.ws.path).read_bytes()
    done = back_up(archive.ws, tmp_path / "backup")
    head = archive.ws.ledger.head()
    assert (done.seq, done.head) == (head.seq, head.sha256)
    archive.ws.close()
    shutil.rmtree(archive.ws.path)
    for path in (*archive.ws.anchors, archive.ws.signers):
        path.unlink()
    restored = restore_backup(tmp_path / "backup", tmp_path / "new")
    assert (restored.seq, restored.bad) == (head.seq, ())
    with Workspace.open(tmp_path / "new") as ws:
        assert ws.id == archive.ws.id
        assert document_text(ws, archive.document) == text
        assert standing(ws).documents == before.documents
        report = audit(ws)
        assert report.holds, report.findings
        assert (ws.signers.read_bytes(), log_key_path(ws.path).read_bytes()) == (signers, log)
        checkpoint = newest_checkpoint(checkpoints_beside(ws.anchors[0]), ws.id)
        assert checkpoint is not None
        assert checkpoint.sound
        accept_remaining(ws, archive.document, SOMCHAI)
    archive.ws = Workspace.open(tmp_path / "new")


def test_a_second_backup_copies_what_is_new_and_keeps_the_ledger_of_the_one_before(archive, tmp_path):
    backup = tmp_path / "backup"
    first = back_up(archive.ws, backup)
    blobs = {path: path.stat().st_mtime_ns for path in (backup / "blobs").rglob("*") if path.is_file()}
    before = (backup / LEDGER_EXPORT).read_bytes()
    archive.source(1, "อีกฉบับ.pdf")
    second = back_up(archive.ws, backup)
    assert second.blobs == first.blobs + 1
    assert second.copied < first.copied
    assert {path: path.stat().st_mtime_ns for path in blobs} == blobs
    assert (backup / PREVIOUS).read_bytes() == before
    assert json.loads((backup / MANIFEST).read_text())["seq"] == second.seq


def test_what_is_recorded_during_a_backup_is_in_the_next_one_and_this_one_is_whole(
    archive, tmp_path, monkeypatch
):
    real = FolderFiles.pieces
    wrote: list[Any] = []

    def while_copying(*arguments):
        if not wrote:
            wrote.append(archive)
            archive.source(1, "ระหว่างนั้น.pdf")
        return real(*arguments)

    monkeypatch.setattr(FolderFiles, "pieces", while_copying)
    back_up(archive.ws, tmp_path / "backup")
    assert restore_backup(tmp_path / "backup", tmp_path / "new").bad == ()
    with Workspace.open(tmp_path / "new") as ws:
        assert audit(ws).holds
        assert len(standing(ws).documents) == 1


def test_a_backup_that_is_cut_off_leaves_the_one_before_whole(archive, tmp_path, monkeypatch):
    backup = tmp_path / "backup"
    first = back_up(archive.ws, backup)
    archive.source(1, "อีกฉบับ.pdf")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FolderFiles, "pieces", full)
        with pytest.raises(NoSpace):
            back_up(archive.ws, backup)
    assert restore_backup(backup, tmp_path / "new").seq == first.seq


def yesterdays_ledger(archive):
    """The ledger as it was before somebody signed and published once more lies in its place again."""
    ledger = archive.ws.path / "ledger.sqlite"
    archive.ws.close()
    before = ledger.read_bytes()
    with Workspace.open(archive.ws.path) as ws:
        revoke(ws, archive.document, (1,), "a line is missing", MALEE)
    now = ledger.read_bytes()
    ledger.write_bytes(before)
    return ledger, now


def test_over_a_ledger_from_yesterday_nothing_is_written_and_somebody_is_told(archive, chamra):
    ledger, now = yesterdays_ledger(archive)
    where, before = archive.ws.path, ledger.read_bytes()
    for command in (["publish"], ["sign", archive.document, "--who", "Malee"]):
        status, _, said = chamra(*command, "-w", where)
        assert status == 5
        assert "names record" in said
        assert "put the newer one back" in said
    status, _, said = chamra("status", "--check", "-w", where)
    assert status == 1
    assert "names record" in said
    assert "FAIL  anchors" in chamra("doctor", "-w", where)[1]
    assert ledger.read_bytes() == before
    ledger.write_bytes(now)
    assert chamra("publish", "-w", where)[0] == 0
    archive.ws = Workspace.open(where)


def test_a_ledger_from_yesterday_does_not_take_the_place_of_the_newer_one_in_its_backup(archive, tmp_path):
    backup, head = tmp_path / "backup", archive.ws.ledger.head().seq
    back_up(archive.ws, tmp_path / "older")
    archive.source(1, "อีกฉบับ.pdf")
    back_up(archive.ws, backup)
    kept = (backup / LEDGER_EXPORT).read_bytes()
    archive.ws.close()
    (archive.ws.path / "ledger.sqlite").unlink()
    with (tmp_path / "older" / LEDGER_EXPORT).open("rb") as lines:
        Workspace.restore_ledger(archive.ws.path, read_lines(lines))
    archive.ws = Workspace.open(archive.ws.path)
    assert archive.ws.ledger.head().seq == head
    with pytest.raises(RecordsLost, match="does not have them all"):
        back_up(archive.ws, backup)
    archive.source(1, "ยังอีกฉบับ.pdf")  # as many records, and others
    with pytest.raises(RecordsLost, match="does not have them all"):
        back_up(archive.ws, backup)
    assert (backup / LEDGER_EXPORT).read_bytes() == kept


def test_anchors_that_have_outlived_the_workspace_stay_and_say_what_a_backup_lacks(archive, tmp_path):
    backup, seq = tmp_path / "backup", archive.ws.ledger.head().seq
    back_up(archive.ws, backup)
    revoke(archive.ws, archive.document, (1,), "a line is missing", MALEE)
    newest = archive.ws.anchors[0].read_bytes()
    archive.ws.close()
    shutil.rmtree(archive.ws.path)
    restored = restore_backup(backup, archive.ws.path)
    assert archive.ws.anchors[0].read_bytes() == newest
    assert f"ends at record {seq}" in restored.lost
    with pytest.raises(RecordsLost):
        Workspace.open(archive.ws.path)
    archive.ws.anchors[0].rename(tmp_path / "kept.log")
    archive.ws = Workspace.open(archive.ws.path)


def test_what_a_file_server_puts_among_the_blobs_is_no_blob(archive, tmp_path):
    backup = tmp_path / "backup"
    for folder in (archive.ws.path / "blobs", archive.ws.path / "recipes"):
        (folder / "@eaDir").mkdir()
        (folder / "@eaDir" / "scan.pdf").write_bytes(b"x")
        (folder / "Thumbs.db").write_bytes(b"x")
    done = back_up(archive.ws, backup)
    assert not [*backup.rglob("Thumbs.db"), *backup.rglob("@eaDir")]
    (backup / "blobs" / "Thumbs.db").write_bytes(b"x")
    restored = restore_backup(backup, tmp_path / "new")
    assert (restored.bad, restored.blobs) == ((), done.blobs)


def test_a_damaged_blob_is_named_and_a_ledger_that_does_not_hold_restores_nothing(archive, tmp_path):
    backup = tmp_path / "backup"
    back_up(archive.ws, backup)
    blob = archive.document
    path = backup / "blobs" / blob[:2] / blob
    path.chmod(0o644)
    path.write_bytes(b"%PDF changed")
    assert restore_backup(backup, tmp_path / "new").bad == (blob,)
    lines = (backup / LEDGER_EXPORT).read_bytes().splitlines(keepends=True)
    (backup / LEDGER_EXPORT).write_bytes(b"".join(lines[:5]))
    assert list((backup / ANCHORS).glob("*.log"))
    with pytest.raises(BadInput, match="does not hold"):
        restore_backup(backup, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_nothing_is_overwritten(archive, tmp_path):
    backup = tmp_path / "backup"
    back_up(archive.ws, backup)
    with pytest.raises(UsageError, match="is there already"):
        restore_backup(backup, archive.ws.path)
    with pytest.raises(UsageError, match="lies in the workspace"):
        back_up(archive.ws, archive.ws.path / "backup")
    with pytest.raises(UsageError, match="no backup"):
        restore_backup(tmp_path, tmp_path / "new")
    with Workspace.open(tmp_path / "another", create=True) as another, pytest.raises(UsageError):
        back_up(another, backup)


def test_backup_and_restore_are_one_command_each(archive, tmp_path, chamra):
    status, out, _ = chamra("backup", tmp_path / "backup", "-w", archive.ws.path)
    assert (status, "records" in out) == (0, True)
    status, out, _ = chamra("restore", tmp_path / "backup", "-w", tmp_path / "new")
    assert (status, "records" in out) == (0, True)
    assert chamra("audit", "-w", tmp_path / "new")[0] == 0


def test_blobs_that_were_moved_to_another_disk_are_backed_up(archive, tmp_path):
    blobs = archive.ws.path / "blobs"
    first, *_ = sorted(blobs.iterdir())
    first.rename(tmp_path / "other disk")
    first.symlink_to(tmp_path / "other disk")
    (tmp_path / "other disk" / "back").symlink_to(blobs)
    done = back_up(archive.ws, tmp_path / "backup")
    assert done.blobs == sum(1 for path in (*blobs.glob("??/*"),) if path.is_file())
    assert restore_backup(tmp_path / "backup", tmp_path / "new").bad == ()
    with Workspace.open(tmp_path / "new") as ws:
        assert audit(ws).holds


def test_a_folder_of_blobs_that_is_away_is_told_and_the_backup_before_stays(archive, tmp_path):
    backup = tmp_path / "backup"
    first = back_up(archive.ws, backup)
    blobs = archive.ws.path / "blobs"
    moved = sorted(blobs.iterdir())[0]
    moved.rename(tmp_path / "other disk")
    moved.symlink_to(tmp_path / "not mounted")
    archive.source(1, "อีกฉบับ.pdf")
    with pytest.raises(WorkspaceError, match=moved.name):
        back_up(archive.ws, backup)
    assert restore_backup(backup, tmp_path / "new").seq == first.seq


def test_a_folder_of_blobs_that_may_not_be_read_is_told(archive, tmp_path, monkeypatch):
    real, closed = os.scandir, sorted((archive.ws.path / "blobs").iterdir())[0]

    def refusing(path):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(NoSpace, match=closed.name):
        back_up(archive.ws, tmp_path / "backup")


def test_the_settings_of_a_workspace_come_back(archive, tmp_path):
    """Whatever lies in its folder and cannot be made from the rest."""
    settings = {"folders.toml": "[court]\nsignatures = 2\n", "dictionaries/words.txt": "ชำระ\n"}
    for name, text in settings.items():
        (archive.ws.path / name).parent.mkdir(exist_ok=True)
        (archive.ws.path / name).write_text(text)
    back_up(archive.ws, tmp_path / "backup")
    restore_backup(tmp_path / "backup", tmp_path / "new")
    assert {name: (tmp_path / "new" / name).read_text() for name in settings} == settings
    assert folders_said(tmp_path / "new") == {"court": {"signatures": 2}}
    made_anew = {"blobs", "recipes", "incoming", "reports", "leases"}
    lying = {path.name for path in archive.ws.path.iterdir() if ".sqlite" not in path.name}
    assert lying - made_anew <= {path.name for path in (tmp_path / "backup").iterdir()}


@pytest.mark.mount
@pytest.mark.parametrize("left", [0, 4096, 24_576, 65_536])
def test_a_disk_that_fills_up_during_a_backup_costs_nothing_of_the_one_before(
    archive, disk_of, tmp_path, left
):
    disk = disk_of("4m")
    first = back_up(archive.ws, disk / "backup")
    archive.source(1, "อีกฉบับ.pdf")
    archive.ws.store.put(os.urandom(200_000))
    filler = disk / "filler"
    filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - left))
    with pytest.raises(NoSpace):
        back_up(archive.ws, disk / "backup")
    restored = restore_backup(disk / "backup", tmp_path / f"restored-{left}")
    assert (restored.seq, restored.head, restored.bad) == (first.seq, first.head, ())
    filler.unlink()
    again = back_up(archive.ws, disk / "backup")
    assert again.seq == archive.ws.ledger.head().seq
    assert not [path for path in (disk / "backup").rglob("*") if path.name.endswith((".part", ".new"))]
