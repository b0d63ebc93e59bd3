"""Charts: whatever stands in labels is text, what is not known is a gap, and every value can be read."""

import re

from lxml import etree

from reports.charts import Chart, svg
from reports.trends import TrendTally, charts, page_charts
from tests.reports.round_trip import exported
from tests.reports.sample_document import edition, sample

SVG = "{http://www.w3.org/2000/svg}"


def test_a_line_has_a_gap_where_nothing_is_known_and_says_each_value():
    root = etree.fromstring(
        svg(Chart("rate", ["a", "b", "c", "d", "e"], {"<x>": [1.0, 3.0, None, 2.0, 4.0]})).encode()
    )
    assert [len(one.get("points").split()) for one in root.iter(f"{SVG}polyline")] == [2, 2]
    assert [one.text for one in root.iter(f"{SVG}title")] == [
        "<x>, a: 1",
        "<x>, b: 3",
        "<x>, d: 2",
        "<x>, e: 4",
    ]
    heights = [float(one.get("cy")) for one in root.iter(f"{SVG}circle")]
    assert heights[1] < heights[3 - 1] < heights[0]
    assert heights[3] < heights[1]


def test_bars_stand_upon_each_other_and_nothing_leaves_the_picture():
    root = etree.fromstring(svg(Chart("n", ["1"], {"a": [2.0], "b": [6.0]}, stacked=True)).encode())
    first, second = (one for one in root.iter(f"{SVG}rect") if one.get("width") != "8")
    assert abs(float(second.get("y")) + float(second.get("height")) - float(first.get("y"))) < 0.2
    assert float(second.get("height")) > 2 * float(first.get("height"))
    assert min(float(one.get("y")) for one in root.iter(f"{SVG}rect")) >= 0


def test_a_chart_without_a_value_is_left_out():
    assert "nothing" not in svg(Chart("nothing", ["1"], {"a": [None]}), Chart("some", ["1"], {"a": [1.0]}))


def test_the_charts_of_a_document_are_of_its_pages():
    found = edition(sample()[0])
    errors, ink, families, minutes, agreement = page_charts(found.state)
    assert list(errors.labels) == [str(page.number) for page in found.state.pages]
    assert {"GAZ", "ENC"} <= set(families.series)
    assert not minutes.known
    assert not agreement.known
    root = etree.fromstring(exported("charts", found))
    assert root.tag == f"{SVG}svg"
    assert not re.search(rb"<script|href", exported("charts", found))
    assert ink.title in [one.text for one in root.iter(f"{SVG}text")] or not ink.known


def test_shares_and_means_are_over_all_that_was_counted():
    one = TrendTally(
        letters=1000, errors=2.0, high=5.0, covered=99, missing=1, minutes=[1.0, 3.0], typed=4, agreed=3
    )
    errors, ink, _, minutes, agreement = charts({"1": one, "2": TrendTally()})
    assert [list(values) for values in errors.series.values()] == [[2.0, None], [5.0, None]]
    assert list(ink.series.values()) == [[99.0, None]]
    assert list(minutes.series.values()) == [[2.0, None]]
    assert list(agreement.series.values()) == [[75.0, None], [None, None]]
