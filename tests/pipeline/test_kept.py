"""What has not changed is not read: no page, no blob, no report."""

import sqlite3
from pathlib import Path

import pytest

from model.decision import Who
from pipeline.kept import FILE
from pipeline.local import digitise_here
from review.sign import sign
from tests.pipeline.fake_reader import FakeReader
from tests.pipeline.test_failing import fail

WHO = Who("สมชาย", "somchai", claimed=True)


@pytest.fixture
def opened(workspace, monkeypatch):
    """The blobs that were opened, by name."""
    found = []
    get = workspace.store.get

    def note(sha256):
        found.append(sha256)
        return get(sha256)

    monkeypatch.setattr(workspace.store, "get", note)
    return found


def outcomes(result):
    return [page["outcome"] for page in result["documents"][0]["pages"]]


def test_an_unchanged_document_costs_no_blob_and_no_report(run_with, scan, workspace, opened):
    first = digitise_here(run_with(FakeReader()), [scan])
    report = Path(first["documents"][0]["report"])
    written = report.stat().st_mtime_ns
    opened.clear()
    again = digitise_here(run_with(FakeReader(lambda number: fail(AssertionError()))), [scan])
    assert outcomes(again) == ["kept"] * 3
    counts = [(page["proposals"], page["flags"]) for page in first["documents"][0]["pages"]]
    assert [(page["proposals"], page["flags"]) for page in again["documents"][0]["pages"]] == counts
    assert again["documents"][0]["report"] == str(report)
    assert report.stat().st_mtime_ns == written
    assert opened == []


def test_the_source_is_not_opened_again_either(run_with, scan, monkeypatch):
    digitise_here(run_with(FakeReader()), [scan])
    monkeypatch.setattr("pipeline.source_pool.open_source", lambda *_, **__: fail(AssertionError("opened")))
    assert outcomes(digitise_here(run_with(FakeReader()), [scan])) == ["kept"] * 3


def test_the_report_is_written_anew_when_it_is_gone_or_somebody_has_decided_since(run_with, scan, workspace):
    [document] = digitise_here(run_with(FakeReader()), [scan])["documents"]
    report = Path(document["report"])
    report.unlink()
    digitise_here(run_with(FakeReader()), [scan])
    assert report.exists()
    before = report.read_bytes()
    sign(workspace, document["id"], WHO)
    digitise_here(run_with(FakeReader()), [scan])
    assert report.read_bytes() != before


@pytest.mark.parametrize("which", ["page", "image", "findings"])
def test_a_blob_that_is_gone_is_missed_and_made_again(run_with, scan, workspace, which):
    digitise_here(run_with(FakeReader()), [scan])
    kind, key = {"page": ("page", "blob"), "image": ("page", "image"), "findings": ("findings", "blob")}[
        which
    ]
    [first] = [one.payload[key] for one in workspace.ledger.records(kind=kind) if one.payload["page"] == 1]
    path = workspace.store.path(first)
    content = path.read_bytes()
    path.unlink()
    digitise_here(run_with(FakeReader()), [scan])
    assert path.read_bytes() == content


def test_other_rules_are_asked_although_no_page_has_changed(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    head = workspace.ledger.head()
    digitise_here(run_with(FakeReader(), rules="ENC001=flag"), [scan])
    assert {one.kind for one in workspace.ledger.records(after=head.seq)} == {"findings", "report"}


def test_a_page_that_failed_is_tried_while_the_others_are_kept(run_with, scan):
    before = FakeReader(lambda number: number == 2 and fail(ZeroDivisionError()))
    digitise_here(run_with(before), [scan])
    again = FakeReader()
    assert outcomes(digitise_here(run_with(again), [scan])) == ["kept", "read", "kept"]
    assert again.read_pages == [2]


def test_what_is_kept_of_another_ledger_counts_for_nothing(run_with, scan, workspace):
    digitise_here(run_with(FakeReader()), [scan])
    with sqlite3.connect(workspace.path / FILE) as kept:
        kept.execute("UPDATE pages SET looks = 'otherwise'")
    kept.close()
    again = FakeReader()
    run = run_with(again)
    assert outcomes(digitise_here(run, [scan])) == ["kept"] * 3, "told by the blobs themselves"
    assert again.read_pages == []
