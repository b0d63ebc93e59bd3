import os

import pytest

from model.page import FailedPage
from pipeline.admit import record_refused
from pipeline.inbox import new_files, scanning_alone
from workspace.workspace import Workspace


@pytest.fixture
def place(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with Workspace.open(tmp_path / "workspace", create=True) as workspace:
        yield workspace, inbox


def report(workspace, document):
    (workspace.path / "reports").mkdir(exist_ok=True)
    (workspace.path / "reports" / f"a-{document[:12]}.html").write_text("")


def look(place, during=lambda: None):
    workspace, inbox = place
    return new_files(workspace, inbox, 5.0, sleep=lambda seconds: during())


def test_a_new_file_is_ready_wherever_it_lies_below_the_inbox(place):
    _, inbox = place
    (inbox / "ตำบล").mkdir()
    (inbox / "ตำบล" / "a.pdf").write_bytes(b"a")
    assert look(place).ready == (inbox / "ตำบล" / "a.pdf",)


def test_a_file_that_grows_between_two_looks_waits(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"half")
    arrivals = look(place, during=lambda: path.write_bytes(b"half and half"))
    assert arrivals.ready == ()
    assert arrivals.waiting == ((path, "still changing"),)


def test_a_file_that_is_rewritten_at_the_same_size_waits(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"old")

    def rewrite():
        path.write_bytes(b"new")
        os.utime(path, ns=(1, 1))

    assert look(place, during=rewrite).waiting == ((path, "still changing"),)


def test_a_file_that_goes_away_is_said_to_have_gone(place):
    _, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    assert look(place, during=path.unlink).waiting == ((path, "went away"),)


def test_unfinished_and_hidden_files_are_left_alone(place):
    _, inbox = place
    for name in (".a.pdf", "b.pdf.part", "c.pdf.crdownload", "d.pdf~", "e.tmp"):
        (inbox / name).write_bytes(b"x")
    assert look(place).ready == ()


def test_the_same_content_under_two_names_is_taken_once(place):
    _, inbox = place
    for name in ("b.pdf", "a.pdf"):
        (inbox / name).write_bytes(b"same")
    assert look(place).ready == (inbox / "a.pdf",)


def test_content_whose_pages_are_all_done_is_not_taken_again_under_any_name(place):
    workspace, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    document = workspace.register_source(inbox / "a.pdf", b"a", "pdf", 2, [1, 2])
    workspace.record_failed(FailedPage(document, 1, "dark"))
    assert look(place).ready == (inbox / "a.pdf",), "page 2 is not done: its run was killed"
    workspace.record_failed(FailedPage(document, 2, "dark"))
    (inbox / "a.pdf").rename(inbox / "z.pdf")
    assert look(place).ready == (inbox / "z.pdf",), "its report is not written"
    report(workspace, document)
    assert look(place).ready == ()


def test_refused_content_is_on_record_once_and_not_tried_again(place):
    workspace, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"junk")
    for _ in range(2):
        record_refused(workspace.ledger, path, b"junk", "it is no PDF")
    records = [record.payload for record in workspace.ledger.records(kind="refused")]
    assert [(one["name"], one["reason"]) for one in records] == [("a.pdf", "it is no PDF")]
    assert look(place).ready == ()


def test_a_settled_file_is_neither_waited_for_nor_hashed_again(place):
    workspace, inbox = place
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    look(place)
    document = workspace.register_source(path, b"a", "pdf", 1, [1])
    workspace.record_failed(FailedPage(document, 1, "dark"))
    report(workspace, document)

    def never():
        raise AssertionError("there was nothing to wait for")

    assert look(place, during=never).ready == ()
    path.write_bytes(b"b")
    assert look(place).ready == (path,), "the same name with new content is new"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"a": 1}'])
def test_a_damaged_cache_costs_nothing_but_time(place, damage):
    workspace, inbox = place
    (inbox / "a.pdf").write_bytes(b"a")
    (workspace.path / "inbox-seen.json").write_bytes(damage)
    assert look(place).ready == (inbox / "a.pdf",)


def test_only_one_scan_works_at_a_time(tmp_path):
    with scanning_alone(tmp_path) as first, scanning_alone(tmp_path) as second:
        assert first is True
        assert second is False
    with scanning_alone(tmp_path) as third:
        assert third is True
