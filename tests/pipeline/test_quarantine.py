"""What cannot be taken lies in the quarantine with its reason, and leaves it when it is taken."""

import hashlib
import shutil

import pikepdf
import pytest

from model.errors import Exit, NoSpace
from model.state import Stage
from pipeline.admit import admit_all, record_refused
from pipeline.inbox import new_files
from pipeline.inbox_state import note_scan
from pipeline.local import digitise_here
from pipeline.quarantine import FOLDER, set_aside
from pipeline.retry import retry
from pipeline.summary import exit_status
from review.inbox_view import inbox_scans
from review.refused import refused_files
from tests.pipeline.fake_reader import FakeReader
from tests.pipeline.test_failing import fail
from tests.review.summaries import summaries
from workspace.workspace import Workspace

SECRET = "กุญแจลับ"


@pytest.fixture
def locked(scan, tmp_path):
    """An encrypted copy of the scan."""
    path = tmp_path / "หนังสือลับ.pdf"
    with pikepdf.open(scan) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner=SECRET, user=SECRET))
    return path


def quarantined(workspace):
    folder = workspace.path / FOLDER
    return {path.name[13:]: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def fill(disk, leaving):
    """Take all the space of a disk but so many bytes; returns the file that takes it."""
    path = disk / "filler"
    path.write_bytes(b"x" * (shutil.disk_usage(disk).free - leaving))
    return path


def by_content(*paths):
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


@pytest.mark.slow
def test_a_refused_file_is_copied_with_its_reason_beside_it_and_taken_with_its_password(
    run_with, workspace, locked
):
    content = locked.read_bytes()
    _, refused = admit_all(run_with(FakeReader()), [locked])
    set_aside(workspace, by_content(*(row.path for row in refused)))
    held = quarantined(workspace)
    assert held["หนังสือลับ.pdf"] == content
    assert "is encrypted" in held["หนังสือลับ.pdf.reason.txt"].decode()
    assert locked.read_bytes() == content, "the original stays as it is"
    [still] = retry(run_with(FakeReader()))["refused"]
    assert still["reason"].startswith("หนังสือลับ.pdf is encrypted"), "not where a copy of it lies"
    [document] = retry(run_with(FakeReader(), password=SECRET))["documents"]
    assert document["name"] == "หนังสือลับ.pdf"
    assert [page["outcome"] for page in document["pages"]] == ["read"] * 3
    assert quarantined(workspace) == {}
    assert refused_files(workspace.ledger) == ()


@pytest.mark.mount
def test_a_copy_for_which_the_disk_had_no_room_is_made_by_the_next_scan(disk_of, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    refused = inbox / "บันทึก.txt"
    refused.write_text("ข้อความ" * 50_000, encoding="utf-8")
    disk = disk_of("3m")
    with Workspace.open(disk / "ws", create=True) as ws:
        [content] = by_content(refused)
        record_refused(ws.ledger, refused, content, "it looks like text")
        new_files(ws, inbox, 0)
        filler = fill(disk, leaving=200_000)
        with pytest.raises(NoSpace):
            set_aside(ws, by_content(refused))
        assert list(quarantined(ws)) == ["บันทึก.txt.reason.txt"], "whole or not at all"
        filler.unlink()
        found = new_files(ws, inbox, 0)
        assert found.ready == (), "it is no news"
        set_aside(ws, found.contents)
        assert quarantined(ws)["บันทึก.txt"] == refused.read_bytes()
        assert not list((ws.path / "incoming").iterdir())


@pytest.mark.parametrize("changed", ["another text", ""])
def test_what_lies_under_the_name_of_a_refused_file_since_is_not_taken_for_it(workspace, tmp_path, changed):
    refused = tmp_path / "notes.txt"
    refused.write_text("x")
    seen = by_content(refused)
    record_refused(workspace.ledger, refused, next(iter(seen)), "it looks like text")
    refused.write_text(changed)
    set_aside(workspace, seen)
    assert list(quarantined(workspace)) == ["notes.txt.reason.txt"]


def test_a_refused_file_of_which_no_copy_is_left_is_not_passed_over_in_silence(run_with, workspace, tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    admit_all(run_with(FakeReader()), [tmp_path / "notes.txt"])
    result = retry(run_with(FakeReader()))
    [still] = result["refused"]
    assert "no copy of it lies in the quarantine" in still["reason"]
    assert "looks like text" in still["reason"]
    assert exit_status(result) == Exit.BAD_INPUT


def test_pages_that_failed_are_read_anew_by_the_documents_own_name(run_with, workspace, scan):
    digitise_here(run_with(FakeReader(lambda number: number == 2 and fail(ZeroDivisionError()))), [scan])
    scan.unlink()
    reader = FakeReader()
    [document] = retry(run_with(reader))["documents"]
    assert reader.read_pages == [2]
    assert document["name"] == "scan.pdf"
    assert Stage.FAILED not in {page.stage for page in summaries(workspace)[0].pages}
    assert retry(run_with(FakeReader()))["documents"] == []


def test_what_somebody_has_put_into_the_quarantine_stays_and_stops_no_scan(run_with, workspace, tmp_path):
    refused = tmp_path / "notes.txt"
    refused.write_text("x")
    admit_all(run_with(FakeReader()), [refused])
    folder = workspace.path / FOLDER
    (folder / "@eaDir").mkdir(parents=True)
    (folder / "0123456789ab-folder").mkdir()
    (folder / "note.txt").write_text("asked for the password")
    (folder / "0123456789ab-gone.pdf").write_text("ours, of a file that was taken since")
    set_aside(workspace, {"ab" * 32: tmp_path, "cd" * 32: refused / "below", **by_content(refused)})
    names = {path.name for path in folder.iterdir()}
    assert {"@eaDir", "0123456789ab-folder", "note.txt"} <= names
    assert "0123456789ab-gone.pdf" not in names
    assert len(names) == 5


def test_trouble_in_the_inbox_has_a_reason_there_while_it_lasts_and_is_news_once(workspace, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "empty.pdf").write_bytes(b"")

    def scan():
        found = new_files(workspace, inbox, 0)
        news = note_scan(workspace, inbox, found)
        set_aside(workspace, {})
        return news

    [news] = scan()
    assert news.endswith("empty.pdf is empty")
    assert "is empty" in quarantined(workspace)["empty.reason.txt"].decode()
    assert scan() == []
    assert inbox_scans(workspace.path)[0].troubles[0][1] == "is empty"
    (inbox / "empty.pdf").write_bytes(b"%PDF")
    scan()
    assert quarantined(workspace) == {}
