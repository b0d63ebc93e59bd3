"""Plain text: the published pages, and nothing else."""

import pytest

from model.errors import GateError
from reports.exports import text
from tests.reports.sample_document import edition, finished, sample


def test_pages_are_parted_by_a_form_feed_and_a_waived_one_is_empty() -> None:
    found = finished()
    assert "".join(text.pieces(found)) == found.published[2].published.text + "\f"


def test_nothing_is_exported_while_a_page_is_neither_published_nor_waived() -> None:
    state, _ = sample()
    with pytest.raises(GateError, match="page 1, 3, 4, 6 is not published"):
        list(text.pieces(edition(state)))
