import os
import shutil
import subprocess
from contextlib import suppress

import pytest

from audit.audit import audit
from ledger.anchors import newest_anchor
from ledger.events.signed_off import SignedOff
from ledger.events.text_published import TextPublished
from ledger.export_file import export_lines, read_lines
from model.errors import Exit, LedgerError, NoSpace
from pipeline.local import digitise_here
from pipeline.run import open_run
from pipeline.settings import Settings
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.ledger import raw
from tests.ledger.databases import execute
from tests.pipeline.fake_reader import FakeReader
from tests.review.house import MALEE, SOMCHAI, House
from tests.workspace import samples
from workspace.workspace import Workspace

pytestmark = pytest.mark.mount


@pytest.fixture
def small_disk(disk_of):
    """A file system of one megabyte."""
    return disk_of("1m")


def mounted(disk, option):
    subprocess.run(["mount", "-o", f"remount,{option}", str(disk)], check=True)


def fill(disk):
    """Take all the space that is left; returns the file that takes it."""
    path = disk / "filler"
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return path


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_blob_that_does_not_fit_is_an_error_with_status_6_and_leaves_nothing(small_disk):
    with Workspace.open(small_disk / "ws", create=True) as ws:
        before = files(ws.path)
        with pytest.raises(NoSpace, match="full") as caught:
            ws.store.put(os.urandom(2_000_000))
        assert caught.value.exit_status is Exit.NO_SPACE_OR_PERMISSION
        assert "Free some space" in caught.value.remedy
        assert files(ws.path) == before
        data = os.urandom(10_000)
        assert ws.store.get(ws.store.put(data)) == data


def test_a_ledger_on_a_full_disk_says_so_keeps_its_chain_and_goes_on_when_there_is_space(small_disk):
    with Workspace.open(small_disk / "ws", create=True, clock=samples.Ticking()) as ws:
        raw.append(ws.ledger, "decision", {"n": 0})
        filler = fill(small_disk)
        appended = 0
        with pytest.raises(NoSpace, match="full"):  # noqa: PT012 - how many still fit is the disk's affair
            while True:
                raw.append(ws.ledger, "decision", {"n": appended, "note": "ก" * 1000})
                appended += 1
        assert list(ws.ledger.verify()) == []
        assert ws.ledger.head().seq == 2 + appended
        filler.unlink()
        assert raw.append(ws.ledger, "decision", {}).seq == 3 + appended
        assert list(ws.ledger.verify()) == []
    with Workspace.open(small_disk / "ws") as again:
        assert list(again.ledger.verify()) == []


def test_a_workspace_that_cannot_be_made_on_a_full_disk_can_be_made_later(small_disk):
    filler = fill(small_disk)
    with pytest.raises(NoSpace):
        Workspace.open(small_disk / "ws", create=True)
    filler.unlink()
    with Workspace.open(small_disk / "ws", create=True) as ws:
        assert list(ws.ledger.verify()) == []


def test_a_disk_that_can_only_be_read_may_be_looked_at_and_not_written(small_disk):
    with Workspace.open(small_disk / "ws", create=True) as ws:
        sha256 = ws.store.put(b"kept")
        head = ws.ledger.head()
    mounted(small_disk, "ro")
    try:
        with pytest.raises(NoSpace, match="permission"):
            Workspace.open(small_disk / "ws")
        with Workspace.open(small_disk / "ws", readonly=True) as looking:
            assert looking.ledger.head() == head
            assert looking.store.get(sha256) == b"kept"
            with pytest.raises(NoSpace, match="permission"):
                looking.store.put(b"more")
            with pytest.raises(NoSpace, match="permission"):
                raw.append(looking.ledger, "decision", {})
    finally:
        mounted(small_disk, "rw")


def test_records_that_a_killed_run_left_in_the_log_are_not_passed_over_on_such_a_disk(small_disk):
    with Workspace.open(small_disk / "ws", create=True) as ws:
        raw.append(ws.ledger, "decision", {})
        shutil.copytree(ws.path, small_disk / "killed")
    mounted(small_disk, "ro")
    try:
        with pytest.raises(LedgerError, match=r"ledger\.sqlite-wal") as caught:
            Workspace.open(small_disk / "killed", readonly=True)
        assert "Copy the workspace" in caught.value.remedy
    finally:
        mounted(small_disk, "rw")


def some_records(folder):
    """A workspace with a few hundred kilobytes of records, and its export."""
    with Workspace.open(folder, create=True, clock=samples.Ticking()) as ws:
        raw.append_many(ws.ledger, (("decision", {"n": n, "note": "ก" * 200}) for n in range(300)))
        return list(export_lines(ws.ledger.rows()))


def test_restoring_onto_a_full_disk_restores_nothing_and_goes_on_when_there_is_space(small_disk, tmp_path):
    lines = some_records(tmp_path / "ws")
    (small_disk / "ws").mkdir()
    shutil.copy(tmp_path / "ws" / "workspace.json", small_disk / "ws")
    filler = fill(small_disk)
    with pytest.raises(NoSpace):
        Workspace.restore_ledger(small_disk / "ws", read_lines(lines))
    filler.unlink()
    assert Workspace.restore_ledger(small_disk / "ws", read_lines(lines)).seq == 301


def test_a_ledger_is_not_upgraded_where_no_copy_of_it_can_be_kept(small_disk):
    lines = some_records(small_disk / "ws")
    ledger = small_disk / "ws" / "ledger.sqlite"
    execute(ledger, "DROP INDEX records_by_sha256", "DROP TABLE alembic_version")
    filler = fill(small_disk)
    with pytest.raises(NoSpace):
        Workspace.upgrade(small_disk / "ws")
    filler.unlink()
    assert not list(ledger.parent.glob("*.before-*"))
    assert Workspace.upgrade(small_disk / "ws").needed
    with Workspace.open(small_disk / "ws") as ws:
        assert list(export_lines(ws.ledger.rows())) == lines


def test_one_anchor_file_on_a_full_disk_keeps_no_other_from_its_anchor(small_disk, tmp_path):
    with Workspace.open(tmp_path / "ws", create=True) as ws:
        ws.anchors = (small_disk / "full.log", *ws.anchors)
        raw.sign(ws.ledger)
        filler = fill(small_disk)
        with pytest.raises(NoSpace):
            ws.anchor()
        assert newest_anchor(ws.anchors[1], ws.id) is not None
        filler.unlink()
        assert ws.anchor() == newest_anchor(ws.anchors[0], ws.id)


def test_a_signature_whose_anchor_has_no_room_stands_and_is_anchored_when_there_is(small_disk, tmp_path):
    house = House(tmp_path)
    house.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    house.ws.anchors = (small_disk / "anchors.log",)
    filler = fill(small_disk)
    with pytest.raises(NoSpace, match=r"anchors\.log"):
        sign(house.ws, house.document, SOMCHAI)
    signed = house.ws.ledger.newest(SignedOff)
    assert signed is not None, "what was recorded stays"
    assert audit(house.ws).holds
    with pytest.raises(NoSpace):
        publish(house.ws)
    assert house.ws.ledger.newest(TextPublished) is None, "nothing goes out that is anchored nowhere"
    filler.unlink()
    publish(house.ws)
    anchor = newest_anchor(small_disk / "anchors.log", house.ws.id)
    published = house.ws.ledger.newest(TextPublished)
    assert anchor is not None
    assert published is not None
    assert anchor.seq == published.seq
    report = audit(house.ws)
    assert report.holds, report.findings
    house.ws.close()


def test_blobs_that_can_only_be_read_end_a_run_with_a_sentence_and_hold_it_against_no_page(disk_of, scan):
    folder = disk_of("8m")
    with (
        Workspace.open(folder / "ws", create=True) as ws,
        open_run(ws, FakeReader(), Settings(jobs=1, min_free_mb=0)) as run,
    ):
        blobs = ws.path / "blobs"
        subprocess.run(["mount", "--bind", str(blobs), str(blobs)], check=True)
        try:
            subprocess.run(["mount", "-o", "remount,bind,ro", str(blobs)], check=True)
            with pytest.raises(NoSpace, match="No permission"):
                digitise_here(run, [scan])
            assert not list(ws.ledger.records(kind="failed"))
            assert not list((ws.path / "begun").iterdir())
        finally:
            subprocess.run(["umount", str(blobs)], check=True)
    with (
        Workspace.open(folder / "ws") as ws,
        open_run(ws, FakeReader(), Settings(jobs=1, min_free_mb=0)) as run,
    ):
        [document] = digitise_here(run, [scan])["documents"]
        assert [page["outcome"] for page in document["pages"]] == ["read"] * 3
        assert audit(ws).holds


def test_what_is_there_can_be_looked_at_on_a_disk_without_a_byte_left(small_disk, chamra):
    with Workspace.open(small_disk / "ws", create=True) as ws:
        raw.append(ws.ledger, "decision", {"n": 0})
    filler = fill(small_disk)
    assert shutil.disk_usage(small_disk).free < 32768
    status, out, said = chamra("status", "-w", small_disk / "ws")
    assert (status, said) == (0, "")
    assert "No documents yet" in out
    assert chamra("ledger", "verify", "-w", small_disk / "ws")[0] == 0
    assert chamra("publish", "-w", small_disk / "ws")[0] == Exit.NO_SPACE_OR_PERMISSION
    filler.unlink()


def test_a_report_goes_elsewhere_from_a_workspace_that_may_only_be_read(small_disk, chamra, tmp_path):
    house = House(small_disk)
    house.two_pages()
    house.ws.close()
    mounted(small_disk, "ro")
    try:
        status, _, said = chamra("report", "-w", house.ws.path, "-o", tmp_path / "index.html")
        assert not said
        assert status == 0
        assert (tmp_path / "index.html").stat().st_size
        assert chamra("report", "-w", house.ws.path)[0] == Exit.NO_SPACE_OR_PERMISSION
    finally:
        mounted(small_disk, "rw")
