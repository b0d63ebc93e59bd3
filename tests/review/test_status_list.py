"""All documents a line each, and no reading is opened for it."""

import hashlib
import io
import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from model.state import Stage
from pipeline.admit import record_refused
from review.decide import accept_remaining
from review.inbox_view import InboxScan, write_inbox_scans
from review.publish import publish
from review.rework import return_page, revoke
from review.sign import sign
from review.state import summarise
from review.status_list import Filter, show_status_list, standing, status_list_object
from review.summary_store import FILE
from tests.review.house import MALEE, SOMCHAI
from workspace.workspace import Workspace

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "status-list.json").read_text())


def told(ws):
    file = io.StringIO()
    show_status_list(standing(ws), Console(file=file, width=140))
    return file.getvalue()


@pytest.fixture
def archive(house):
    """One document whose only page failed, one that was published, revoked and returned."""
    house.source(1, "อีกฉบับ.pdf")
    house.fail(1, "Tesseract took longer than 300 s")
    document = house.two_pages()
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    return house


def test_each_document_is_told_with_its_stages_and_what_waits(archive):
    found = status_list_object(standing(archive.ws))
    jsonschema.validate(found, SCHEMA)
    failed, done = found["documents"]
    assert failed["failed"] == [{"page": 1, "reason": "Tesseract took longer than 300 s"}]
    assert done["stages"][str(Stage.PUBLISHED)] == 2
    assert (done["waiting"], done["returned"], done["revoked"]) == (0, [], [])
    assert "อีกฉบับ.pdf page 1: FAILED: Tesseract took longer than 300 s" in told(archive.ws)


def test_what_was_taken_back_is_told(archive):
    revoke(archive.ws, archive.document, [1], "ลงนามผิดฉบับ", MALEE)
    return_page(archive.ws, archive.document, 2, "ขาดบรรทัด", MALEE)
    done = status_list_object(standing(archive.ws))["documents"][1]
    assert (done["revoked"], done["returned"]) == ([1], [2])
    assert "page 1: its signature was revoked" in told(archive.ws)
    assert "page 2: was returned" in told(archive.ws)


def test_no_reading_is_opened_for_it(archive):
    blobs = [one.payload["blob"] for one in archive.ws.ledger.records(kind="page")]
    for blob in blobs:
        archive.ws.store.path(blob).unlink()
    assert len(standing(archive.ws).documents) == 2


def test_an_empty_workspace_says_what_to_do_next(house):
    assert "chamra digitise" in told(house.ws)


def names(ws, **asked):
    return [one.name for one in standing(ws, Filter(**asked)).documents]


def test_only_what_is_asked_for_is_listed_and_counted_are_all(archive):
    return_page(archive.ws, archive.document, 2, "ขาดบรรทัด", MALEE)
    assert names(archive.ws) == ["อีกฉบับ.pdf", "ประกาศ.pdf"]
    assert names(archive.ws, failed=True) == names(archive.ws, name="ฉบับ") == ["อีกฉบับ.pdf"]
    assert names(archive.ws, waiting=True) == []
    assert names(archive.ws, since="2100-01-01") == []
    assert standing(archive.ws, Filter(since="2100-01-01")).totals["pages"] == 3


def test_thousands_of_documents_are_no_thousands_of_lines(house):
    for number in range(120):
        house.source(1, f"{number}.pdf")
        house.fail(1)
    said = told(house.ws)
    assert "120 documents of 120 pages" in said
    assert "--all" in said
    assert len(said.splitlines()) < 130


def test_refused_files_are_told_until_they_are_taken(house):
    path = Path("/inbox/ลับ.pdf")
    record_refused(house.ws.ledger, path, hashlib.sha256(b"%PDF secret").hexdigest(), "ลับ.pdf is encrypted.")
    found = status_list_object(standing(house.ws))
    jsonschema.validate(found, SCHEMA)
    assert [(one["name"], one["reason"]) for one in found["refused"]] == [("ลับ.pdf", "ลับ.pdf is encrypted.")]
    assert standing(house.ws).needs_operator
    assert "1 file refused" in told(house.ws)
    assert "REFUSED" in told(house.ws)
    house.ws.register_source(path, b"%PDF secret", "pdf", 1, [1])
    assert status_list_object(standing(house.ws))["refused"] == []


def test_what_the_inbox_holds_is_told(house):
    scan = InboxScan("/in", "2026-01-05T08:00:00+00:00", 1, (("/in/a.pdf", "still changing"),),
                     (("/in/b.pdf", "cannot be read: Permission denied"),), (("/in/d.pdf", "/in/c.pdf"),))  # fmt: skip
    write_inbox_scans(house.ws.path, [scan])
    found = standing(house.ws)
    assert found.scans == (scan,)
    assert found.needs_operator
    jsonschema.validate(status_list_object(found), SCHEMA)
    assert "/in/b.pdf: cannot be read: Permission denied" in told(house.ws)


def counting(monkeypatch):
    looked = []

    def note(ws, document, required):
        looked.append(document)
        return summarise(ws, document, required)

    monkeypatch.setattr("review.summary_store.summarise", note)
    return looked


def test_only_what_has_new_records_is_looked_at_again(archive, monkeypatch):
    before = standing(archive.ws)
    looked = counting(monkeypatch)
    assert standing(archive.ws) == before
    assert looked == []
    return_page(archive.ws, archive.document, 2, "ขาดบรรทัด", MALEE)
    standing(archive.ws)
    assert looked == [archive.document]


@pytest.mark.parametrize("harm", [b"", b"no database", None])
def test_what_is_kept_may_be_lost_or_damaged(archive, harm):
    before = standing(archive.ws)
    path = archive.ws.path / FILE
    path.unlink() if harm is None else path.write_bytes(harm)
    assert standing(archive.ws) == before


def test_what_was_kept_for_another_ledger_or_by_other_code_is_thrown_away(archive, monkeypatch):
    before = standing(archive.ws)
    with sqlite3.connect(archive.ws.path / FILE) as kept:
        kept.execute("UPDATE made SET sha256 = ?", ("0" * 64,))
        kept.execute("UPDATE documents SET line = replace(line, 'pdf', 'xyz')")
    kept.close()
    assert standing(archive.ws) == before
    monkeypatch.setattr("review.summary_store.code_stamp", lambda *rooms: "other")
    looked = counting(monkeypatch)
    assert standing(archive.ws) == before
    assert len(looked) == 2


def test_a_damaged_document_is_told_and_the_others_too(archive):
    [blob] = [one.payload["blob"] for one in archive.ws.ledger.records(kind="findings")][:1]
    path = archive.ws.store.path(blob)
    content = path.read_bytes()
    path.unlink()
    found = standing(archive.ws)
    assert [bool(one.problem) for one in found.documents] == [False, True]
    assert "DAMAGED" in told(archive.ws)
    path.write_bytes(content)
    assert not standing(archive.ws).totals["damaged"], "it was brought back without any record"


def test_a_workspace_that_cannot_be_written_is_looked_at_all_the_same(archive):
    before = standing(archive.ws)
    with Workspace.open(archive.ws.path, readonly=True) as only_to_look:
        assert standing(only_to_look) == before
        (archive.ws.path / FILE).unlink()
        assert standing(only_to_look) == before
    assert not (archive.ws.path / FILE).exists()
