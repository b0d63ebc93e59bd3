"""A run in this process: what is kept, what fails, what is told."""

import json
import os
from contextlib import suppress
from pathlib import Path

import jsonschema
import pikepdf
import pytest

from model.errors import DictionaryError, Exit, NoSpace, PageError
from model.state import Stage
from pipeline.local import digitise_here
from pipeline.progress import PageDone, PageOutcome, Planned, Progress
from pipeline.summary import exit_status
from review.state import document_ids, document_state
from tests.pipeline.fake_reader import TEXT, FakeReader, page_image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def children():
    """The processes that this one has started and that still live."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            if int(fields["PPid"]) == os.getpid() and not fields["State"].startswith("Z"):
                found.add(int(fields["Pid"]))
    return found


def blobs(workspace):
    folder = workspace.path / "blobs"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_page_is_read_proposed_and_reported(run_with, scan, workspace):
    result = digitise_here(run_with(FakeReader()), [scan])
    [document] = result["documents"]
    assert [(page["number"], page["outcome"], page["proposals"]) for page in document["pages"]] == [
        (1, "read", 1), (2, "read", 1), (3, "read", 1),
    ]  # fmt: skip
    state = document_state(workspace, document["id"])
    assert [page.page and page.page.reading.text for page in state.pages] == [TEXT] * 3
    assert "scan.pdf" in Path(document["report"]).read_text()
    assert exit_status(result) is Exit.DONE


def test_the_summary_fits_its_schema(run_with, scan, tmp_path):
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"not a PDF at all")
    result = digitise_here(run_with(FakeReader(fail_on(2))), [scan, junk])
    jsonschema.validate(result, json.loads((ROOT / "docs/schemas/digitise.json").read_text()))
    assert result["refused"]
    assert exit_status(result) is Exit.BAD_INPUT


def test_a_second_run_reads_nothing_and_records_nothing(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    head, before = workspace.ledger.head(), blobs(workspace)
    again = FakeReader()
    result = digitise_here(run_with(again), [scan])
    assert again.read_pages == []
    assert {page["outcome"] for page in result["documents"][0]["pages"]} == {"kept"}
    assert workspace.ledger.head() == head
    assert blobs(workspace) == before


def fail_on(*numbers, times=99, transient=True):
    left = dict.fromkeys(numbers, times)

    def before(number):
        if left.get(number, 0):
            left[number] -= 1
            raise PageError(f"page {number}: it is dark.", remedy="Scan it again.", transient=transient)

    return before


def test_one_bad_page_stops_no_book_and_is_on_record_with_its_reason(run_with, scan, workspace):
    result = digitise_here(run_with(FakeReader(fail_on(2))), [scan])
    [document] = result["documents"]
    assert [page["outcome"] for page in document["pages"]] == ["read", "failed", "read"]
    assert document["pages"][1]["reason"] == "page 2: it is dark. Scan it again."
    assert exit_status(result) is Exit.NEEDS_A_PERSON
    page = document_state(workspace, document["id"]).pages[1]
    assert page.stage is Stage.FAILED
    assert page.failed is not None
    assert page.failed.reason == "page 2: it is dark. Scan it again."
    assert "it is dark" in Path(document["report"]).read_text()


def test_a_page_that_fails_once_is_tried_again(run_with, scan):
    result = digitise_here(run_with(FakeReader(fail_on(2, times=1))), [scan])
    assert [page["outcome"] for page in result["documents"][0]["pages"]] == ["read", "read", "read"]


def test_what_another_try_cannot_help_is_not_tried_again(run_with, scan):
    before = fail_on(2, times=1, transient=False)
    result = digitise_here(run_with(FakeReader(before)), [scan])
    assert result["documents"][0]["pages"][1]["outcome"] == "failed"


def test_an_error_of_our_own_costs_one_page_and_says_so(run_with, scan):
    def before(number):
        if number == 3:
            raise ZeroDivisionError("a bug")

    result = digitise_here(run_with(FakeReader(before)), [scan])
    assert result["documents"][0]["pages"][2]["reason"] == (
        "scan.pdf page 3: internal error: ZeroDivisionError: a bug"
    )


def test_a_failed_page_that_is_read_later_has_failed_no_more(run_with, scan, workspace):
    failed = digitise_here(run_with(FakeReader(fail_on(2))), [scan])
    digitise_here(run_with(FakeReader()), [scan])
    state = document_state(workspace, failed["documents"][0]["id"])
    assert [page.stage for page in state.pages] == [Stage.DECIDED] * 3


def test_a_page_read_before_is_whole_again_after_a_run_in_which_it_failed(run_with, scan, workspace):
    class Other(FakeReader):
        reader = FakeReader.reader.__class__("fake", "2", ())

    digitise_here(run_with(FakeReader()), [scan])
    digitise_here(run_with(Other(fail_on(2))), [scan])
    result = digitise_here(run_with(FakeReader()), [scan])
    state = document_state(workspace, result["documents"][0]["id"])
    assert [page.stage for page in state.pages] == [Stage.DECIDED] * 3


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_page_image_that_is_gone_or_damaged_is_made_again(run_with, scan, workspace, harm):
    digitise_here(run_with(FakeReader()), [scan])
    head, whole = workspace.ledger.head(), blobs(workspace)
    [document] = document_ids(workspace)
    page = document_state(workspace, document).pages[1].page
    assert page is not None
    path = workspace.store.path(page.image_sha256)
    path.unlink()
    if harm == "changed":
        path.write_bytes(b"not what it was")
    again = FakeReader()
    digitise_here(run_with(again), [scan])
    assert again.read_pages == [2]
    assert blobs(workspace) == whole
    assert workspace.ledger.head() == head


def test_a_full_disk_ends_the_run_and_the_next_run_goes_on(run_with, scan, workspace):
    def before(number):
        if number == 3:
            raise NoSpace("the disk is full.")

    with pytest.raises(NoSpace):
        digitise_here(run_with(FakeReader(before)), [scan])
    again = FakeReader()
    result = digitise_here(run_with(again), [scan])
    assert 3 in again.read_pages
    assert [page["outcome"] != "failed" for page in result["documents"][0]["pages"]] == [True] * 3


def test_a_damaged_dictionary_ends_the_run_and_is_no_page_s_fault(run_with, scan, monkeypatch):
    def damaged(*_):
        raise DictionaryError("letters.lm: the file is damaged.")

    with monkeypatch.context() as patched:
        patched.setattr("correction.words.text_analysis.load", damaged)
        with pytest.raises(DictionaryError):
            digitise_here(run_with(FakeReader()), [scan])
    result = digitise_here(run_with(FakeReader()), [scan])
    assert [page["outcome"] for page in result["documents"][0]["pages"]].count("failed") == 0


def test_listeners_hear_of_every_page_once(run_with, scan):
    heard: list[Progress] = []
    digitise_here(run_with(FakeReader(fail_on(1)), heard.append), [scan], "1,3")
    planned, *pages = heard
    assert isinstance(planned, Planned)
    assert planned.pages == 2
    assert {(page.number, page.outcome) for page in pages if isinstance(page, PageDone)} == {
        (1, PageOutcome.FAILED),
        (3, PageOutcome.READ),
    }


def test_pages_asked_for_in_two_runs_add_up(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan], "1")
    result = digitise_here(run_with(FakeReader()), [scan], "3")
    state = document_state(workspace, result["documents"][0]["id"])
    assert [page.number for page in state.pages] == [1, 3]
    assert state.page_count == 3


def test_a_run_over_many_files_holds_no_more_children_than_workers(run_with, tmp_path):
    files = []
    for number in range(6):
        files.append(tmp_path / f"{number}.png")
        page_image(number).save(files[-1])
    before = children()
    opened: list[int] = []
    run = run_with(FakeReader(), lambda event: opened.append(len(children() - before)))
    result = digitise_here(run, files)
    assert len(result["documents"]) == len(files)
    assert 0 < max(opened) <= 2 * run.settings.jobs, "those at work and those kept idle"
    run.close()
    assert children() <= before


def test_an_encrypted_file_is_read_with_its_password_which_is_kept_nowhere(run_with, scan, workspace):
    password = "กุญแจลับ"
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.save(scan, encryption=pikepdf.Encryption(owner=password, user=password))
    [refused] = digitise_here(run_with(FakeReader()), [scan])["refused"]
    assert "is encrypted" in refused["reason"]
    [document] = digitise_here(run_with(FakeReader(), password=password), [scan])["documents"]
    assert [page["outcome"] for page in document["pages"]] == ["read"] * 3
    for path in workspace.path.rglob("*"):
        assert not path.is_file() or password.encode() not in path.read_bytes(), path


def test_the_same_file_named_twice_is_one_document(run_with, scan):
    told: list[Progress] = []
    result = digitise_here(run_with(FakeReader(), told.append), [scan, scan])
    assert len(result["documents"]) == 1
    assert [event.pages for event in told if isinstance(event, Planned)] == [3], "it is told of once"


def test_each_bad_file_is_refused_by_name_and_the_good_one_is_read(run_with, scan, tmp_path):
    empty, text = tmp_path / "empty.pdf", tmp_path / "text.pdf"
    empty.write_bytes(b"")
    text.write_text("นี่คือข้อความ")
    result = digitise_here(run_with(FakeReader()), [empty, scan, text, tmp_path / "gone.pdf", tmp_path])
    assert len(result["documents"]) == 1
    reasons = {Path(row["path"]).name: row["reason"] for row in result["refused"]}
    assert set(reasons) == {"empty.pdf", "text.pdf", "gone.pdf", tmp_path.name}
    for name, reason in reasons.items():
        assert name in reason
