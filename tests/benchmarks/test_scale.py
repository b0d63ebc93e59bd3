"""The benchmark of long documents and many of them measures what it says."""

import io

import pikepdf
import pytest

from benchmarks.scale import record, document
from review.status_list import standing

pytestmark = pytest.mark.slow


def test_its_document_has_as_many_pages_with_a_text_layer_as_are_asked_for():
    with pikepdf.open(io.BytesIO(document(3))) as made:
        assert len(made.pages) == 3
        assert all(page.Resources.Font for page in made.pages)


def test_its_records_are_those_of_documents_that_wait_or_are_decided(workspace):
    record(workspace, 7)
    totals = standing(workspace).totals
    assert (totals["documents"], totals["pages"], totals["failed"], totals["damaged"]) == (7, 7, 0, 0)
