"""All documents a line each, and no reading is opened for it."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from model.state import Stage
from review.decide import accept_remaining
from review.publish import publish
from review.rework import return_page, revoke
from review.sign import sign
from review.state import summaries
from review.status_list import show_status_list, status_list_object
from tests.review.house import MALEE, SOMCHAI

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "status-list.json").read_text())


def told(ws):
    file = io.StringIO()
    show_status_list(summaries(ws), Console(file=file, width=140))
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
    found = status_list_object(summaries(archive.ws))
    jsonschema.validate(found, SCHEMA)
    failed, done = found["documents"]
    assert failed["failed"] == [{"page": 1, "reason": "Tesseract took longer than 300 s"}]
    assert done["stages"][str(Stage.PUBLISHED)] == 2
    assert (done["waiting"], done["returned"], done["revoked"]) == (0, [], [])
    assert "อีกฉบับ.pdf page 1: FAILED: Tesseract took longer than 300 s" in told(archive.ws)


def test_what_was_taken_back_is_told(archive):
    revoke(archive.ws, archive.document, [1], "ลงนามผิดฉบับ", MALEE)
    return_page(archive.ws, archive.document, 2, "ขาดบรรทัด", MALEE)
    done = status_list_object(summaries(archive.ws))["documents"][1]
    assert (done["revoked"], done["returned"]) == ([1], [2])
    assert "page 1: its signature was revoked" in told(archive.ws)
    assert "page 2: was returned" in told(archive.ws)


def test_no_reading_is_opened_for_it(archive):
    blobs = [one.payload["blob"] for one in archive.ws.ledger.records(kind="page")]
    for blob in blobs:
        archive.ws.store.path(blob).unlink()
    assert len(summaries(archive.ws)) == 2


def test_an_empty_workspace_says_what_to_do_next(house):
    assert "chamra digitise" in told(house.ws)
