"""What fails by accident is tried again, later and later, with a last word; what is stopped is held against nothing."""

import hashlib
import resource
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.audit import audit
from ledger.tries import MOST_TRIES, due, tried
from model.errors import BadInput, EngineFailed, Exit, MissingProgram, PageError, Stopped
from model.page import FailedPage, Reader
from model.state import Stage
from pipeline.admit import admit_all, record_refused
from pipeline.local import digitise_here
from pipeline.retry import retry
from pipeline.settled import Left, left_to_do
from pipeline.summary import exit_status, trouble
from review.refused import refused_files
from review.state import document_state
from tests.pipeline.fake_reader import FakeReader
from tests.review.summaries import summaries
from workspace.workspace import Workspace

WHEN = "2026-01-05T08:00:00.000000Z"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def at(moment):
    return lambda: moment


def test_the_waits_grow_up_to_a_day_and_end():
    waits = []
    tries, again = tried(None, transient=True)
    while again:
        moment = due(WHEN, tries, again)
        assert moment is not None
        waits.append(moment - START)
        tries, again = tried(tries, transient=True)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=1), timedelta(days=1))
    assert (tries, due(WHEN, tries, again)) == (MOST_TRIES, None)


def test_a_failure_from_before_is_tried_once_more_and_one_that_nothing_helps_never():
    assert due(WHEN, None, None) == START
    assert due(WHEN, *tried(None, transient=False)) is None


@pytest.fixture
def document(workspace, scan):
    return workspace.register_source(scan, scan.read_bytes(), "pdf", 3, [1])


def test_a_page_that_failed_by_accident_leaves_something_to_do_later_then_now_then_never(workspace, document):
    for tries in range(1, MOST_TRIES + 1):
        workspace.record_failed(FailedPage(document, 1, "Tesseract crashed"), transient=True)
        failed = workspace.ledger.head()
        assert failed.payload["tries"] == tries, "each try is on record"
        recorded = datetime.fromisoformat(failed.when)
        assert not left_to_do(workspace.ledger, document, at(recorded)).now
        later = left_to_do(workspace.ledger, document, at(recorded + timedelta(days=1, seconds=1)))
        assert later.now is (tries < MOST_TRIES)
    assert later.later is None


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(days=2), timedelta(days=40_000)])
def test_what_failed_while_the_clock_ran_ahead_is_tried_again_when_it_is_set_right(tmp_path, scan, ahead):
    clock = [START + ahead]
    with Workspace.open(tmp_path / "ws", create=True, clock=lambda: clock[0]) as ws:
        document = ws.register_source(scan, scan.read_bytes(), "pdf", 3, [1])
        ws.record_failed(FailedPage(document, 1, "Tesseract crashed"), transient=True)
        record_refused(ws.ledger, tmp_path / "odd.pdf", "ab" * 32, "its opener was killed", transient=True)
        clock[0] = START
        assert left_to_do(ws.ledger, document, at(START)).now
        assert left_to_do(ws.ledger, "ab" * 32, at(START)).now
        ws.record_failed(FailedPage(document, 1, "Tesseract crashed"), transient=True)
        assert not left_to_do(ws.ledger, document, at(START)).now, "and from then on in its own time"
        assert left_to_do(ws.ledger, document, at(START + timedelta(minutes=6))).now
        assert audit(ws).holds


def test_a_page_that_was_read_in_between_starts_counting_anew(run_with, scan, workspace):
    accident = FakeReader(lambda number: fail(PageError("Tesseract crashed", transient=True)))
    for reader in (accident, FakeReader(), accident):
        run = run_with(reader if reader is not accident else renamed(accident), retry_seconds=0)
        digitise_here(run, [scan], "1")
    assert [one.payload["tries"] for one in workspace.ledger.records(kind="failed")] == [1, 1]


def renamed(reader):
    reader.reader = FakeReader.reader.__class__("fake", "2", ())
    return reader


def fail(error):
    raise error


def test_a_failure_that_nothing_helps_is_on_record_once(workspace, document):
    for _ in range(2):
        workspace.record_failed(FailedPage(document, 1, "it is damaged"))
    assert len(list(workspace.ledger.records(kind="failed"))) == 1
    left = left_to_do(workspace.ledger, document, at(datetime(2030, 1, 1, tzinfo=UTC)))
    assert (left.now, left.later) == (False, None)


def test_the_old_failure_of_a_page_that_was_read_since_is_told_no_more(run_with, scan, workspace):
    accident = PageError("it crashed", transient=True)
    digitise_here(run_with(FakeReader(lambda number: fail(accident)), retry_seconds=0), [scan], "1")
    [row] = summaries(workspace)
    assert row.pages[0].reason == "it crashed"
    digitise_here(run_with(FakeReader()), [scan], "1")
    [row] = summaries(workspace)
    assert row.pages[0].reason == ""
    assert document_state(workspace, row.id).pages[0].failed is None


def test_a_broken_tesseract_ends_the_run_and_no_page_is_to_blame(run_with, scan, workspace, monkeypatch):
    def broken():
        raise MissingProgram("Tesseract does not work.")

    monkeypatch.setattr("pipeline.work_page.must_work", broken)
    reader = FakeReader(lambda number: fail(EngineFailed("Tesseract ended with status 1")))
    with pytest.raises(MissingProgram):
        digitise_here(run_with(reader, retry_seconds=0), [scan])
    assert not list(workspace.ledger.records(kind="failed"))
    assert {page.stage for page in summaries(workspace)[0].pages} == {Stage.MISSING}


def test_a_page_on_which_a_sound_tesseract_fails_is_to_be_tried_again(run_with, scan, workspace, monkeypatch):
    monkeypatch.setattr("pipeline.work_page.must_work", lambda: None)
    reader = FakeReader(lambda number: fail(EngineFailed("Tesseract crashed (signal 9)")))
    digitise_here(run_with(reader, retry_seconds=0), [scan], "1")
    [failed] = workspace.ledger.records(kind="failed")
    assert (failed.payload["tries"], failed.payload["again"]) == (1, True)


def test_what_a_stop_breaks_is_held_against_no_page(run_with, scan, workspace):
    def before(number):
        run.stop()
        raise EngineFailed("Tesseract crashed (signal 15)")

    run = run_with(FakeReader(before), attempts=1)
    with pytest.raises(Stopped):
        digitise_here(run, [scan])
    assert not list(workspace.ledger.records(kind="failed"))


def test_a_file_whose_opener_was_killed_is_tried_again_and_is_no_refused_file_then(
    run_with, scan, workspace, monkeypatch
):
    def killed(*_, **__):
        raise BadInput("the process that opens it crashed (SIGKILL).", transient=True)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.source_pool.open_source", killed)
        _, [refused] = admit_all(run_with(FakeReader(), retry_seconds=0), [scan])
    assert "SIGKILL" in refused.reason
    [one] = refused_files(workspace.ledger)
    assert (one.name, one.again) == ("scan.pdf", True)
    assert left_to_do(workspace.ledger, one.content, at(datetime(2030, 1, 1, tzinfo=UTC))).now
    digitise_here(run_with(FakeReader()), [scan])
    assert refused_files(workspace.ledger) == ()


def test_a_refusal_is_never_tried_again_by_itself(workspace, tmp_path):
    record_refused(workspace.ledger, tmp_path / "a.zip", hashlib.sha256(b"PK").hexdigest(), "it is no PDF")
    [one] = refused_files(workspace.ledger)
    left = left_to_do(workspace.ledger, one.content, at(datetime(2030, 1, 1, tzinfo=UTC)))
    assert (one.again, left.now, left.later) == (False, False, None)


def test_an_accepted_file_with_pages_that_are_not_done_is_not_settled_by_its_refusal(
    run_with, scan, workspace
):
    record_refused(workspace.ledger, scan, hashlib.sha256(scan.read_bytes()).hexdigest(), "it is encrypted")
    document = workspace.register_source(scan, scan.read_bytes(), "pdf", 3, [1, 2])
    assert left_to_do(workspace.ledger, document, at(START)).now


def test_a_document_is_finished_as_soon_as_its_last_page_is_done(run_with, scan, workspace, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(scan.read_bytes() + b"\n")
    there = []
    reader = FakeReader(lambda number: there.append(len(list(workspace.path.glob("reports/*.html")))))
    run = run_with(reader)
    object.__setattr__(run, "settings", run.settings.model_copy(update={"jobs": 1}))
    digitise_here(run, [scan, other])
    assert there[0] == 0
    assert there[-1] == 1, "the first has its report while the second is read"


def test_one_files_trouble_keeps_none_of_the_others_out(run_with, scan, workspace, tmp_path, monkeypatch):
    bad = tmp_path / "a.pdf"
    bad.write_bytes(b"%PDF-1.7 something else")
    real = workspace.register_source

    def trouble(path, *rest):
        if path == scan:
            raise ZeroDivisionError("a bug")
        return real(path, *rest)

    monkeypatch.setattr(workspace, "register_source", trouble)
    other = tmp_path / "other.pdf"
    other.write_bytes(scan.read_bytes() + b"\n")
    plans, refused = admit_all(run_with(FakeReader()), [bad, scan, other])
    assert [plan.name for plan in plans] == ["other.pdf"]
    assert ["no sound" in row.reason or "ZeroDivisionError" in row.reason for row in refused] == [False, True]


def test_a_document_that_has_had_its_time_is_stopped_with_a_record_and_goes_on_by_retry(
    run_with, scan, workspace
):
    slow = FakeReader(lambda number: time.sleep(0.3))
    run = run_with(slow, document_seconds=0.2)
    run = replace(run, settings=run.settings.model_copy(update={"jobs": 1}))
    result = digitise_here(run, [scan])
    [document] = result["documents"]
    assert [page["outcome"] for page in document["pages"]] == ["read", "left", "left"]
    assert "not begun: the document had its 0.2 s of work in one run" in document["pages"][1]["reason"]
    assert trouble(result).startswith("stopped: 2 pages left")
    assert exit_status(result) is Exit.NEEDS_A_PERSON
    assert [page.stage for page in document_state(workspace, document["id"]).pages][1:] == [Stage.FAILED] * 2
    # Nobody takes it up again by himself, or a hostile file would take every night.
    assert left_to_do(workspace.ledger, document["id"], at(datetime.now(UTC) + timedelta(days=9))) == Left(
        now=False
    )
    result = retry(run_with(FakeReader()))
    assert [page["outcome"] for page in result["documents"][0]["pages"]] == ["read", "read"]


def test_a_page_that_was_read_before_is_not_marked_as_failed_by_a_lack_of_time(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    again = FakeReader(lambda number: time.sleep(0.3))
    again.reader = Reader("fake", "2", ())
    run = run_with(again, document_seconds=0.1)
    run = replace(run, settings=run.settings.model_copy(update={"jobs": 1}))
    result = digitise_here(run, [scan])
    assert [page["outcome"] for page in result["documents"][0]["pages"]][1:] == ["left"] * 2
    assert not [page for page in document_state(workspace, result["documents"][0]["id"]).pages if page.failed]


def test_a_huge_file_is_refused_by_its_size_and_one_without_content_by_its_kind(chamra, scan, tmp_path):
    huge, empty = tmp_path / "x.pdf", tmp_path / "y.pdf"
    for path, size in ((huge, 6 * 1024**3), (empty, 1024**3)):
        with path.open("wb") as file:
            file.truncate(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, _, err = chamra(
        "digitise", huge, empty, "-w", tmp_path / "w", "--reader", "text-layer", "--pages", "1"
    )
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert status == Exit.BAD_INPUT
    assert (
        f"chamra: {huge} has 6144 MiB, more than the 4096 MiB allowed. Split it, or raise CHAMRA_MAX_BYTES.\n"
        in err
    )
    assert "y.pdf is no PDF, PNG, JPEG or TIFF file: it begins with the bytes 00" in err
    assert grown < 200 * 1024  # KiB
    assert "Traceback" not in err


def test_a_source_that_changes_while_it_is_copied_is_not_kept(workspace, scan):
    with scan.open("rb") as file:
        file_digest = hashlib.file_digest

        def changed(opened, name):
            found = file_digest(opened, name)
            with scan.open("ab") as more:
                more.write(b"more")
            return found

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(hashlib, "file_digest", changed)
            with pytest.raises(BadInput, match="changed while it was being copied"):
                workspace.store.put_file(file)
    assert not [path for path in (workspace.path / "blobs").rglob("*") if path.is_file()]
    assert not list((workspace.path / "incoming").iterdir())


def test_a_source_is_kept_byte_by_byte_and_once(workspace, scan):
    for _ in range(2):
        with scan.open("rb") as file:
            document = workspace.store.put_file(file)
    assert workspace.store.get(document) == scan.read_bytes()
    assert hashlib.sha256(scan.read_bytes()).hexdigest() == document
    workspace.store.path(document).chmod(0o600)
    workspace.store.path(document).write_bytes(b"damaged")
    with scan.open("rb") as file:
        workspace.store.put_file(file)
    assert workspace.store.get(document) == scan.read_bytes()
