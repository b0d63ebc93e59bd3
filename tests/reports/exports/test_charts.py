"""Charts as SVG: one picture of all pages, at any stage."""

from dataclasses import replace

from lxml import etree

from tests.reports.round_trip import exported
from tests.reports.sample_document import edition, sample


def test_a_document_that_is_not_finished_has_charts_and_the_same_each_time() -> None:
    found = replace(edition(sample()[0]), layer="raw")
    data = exported("charts", found)
    assert data == exported("charts", found)
    assert etree.fromstring(data).get("role") == "img"
