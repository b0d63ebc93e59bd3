"""The flat tables: what stands in them is what the document has, to the letter."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq

from model.box import Box
from model.publication import Edition
from model.region import Region, RegionKind, TableCellRole
from reports.exports.parquet import COLUMNS
from reports.laid_out import laid_out
from tests.reports.round_trip import document, exported
from tests.reports.sample_document import edition, finished, sample


def tables(found: Edition) -> dict[str, list[dict[str, Any]]]:
    opened = zipfile.ZipFile(io.BytesIO(exported("parquet", found)))
    assert set(opened.namelist()) == {f"{name}.parquet" for name in COLUMNS}
    return {name: pq.read_table(opened.open(f"{name}.parquet")).to_pylist() for name in COLUMNS}


def test_the_letters_of_all_lines_are_the_published_text() -> None:
    found = document()
    rows = tables(found)
    for number, page in found.published.items():
        lines = [row for row in rows["lines"] if row["page"] == number]
        assert "\n".join(row["text"] for row in lines) == page.published.text
        for row in lines:
            letters = [one for one in rows["letters"] if (one["page"], one["line"]) == (number, row["line"])]
            assert "".join(one["letter"] for one in letters) == row["text"]
            assert [one["place"] for one in letters] == list(range(len(letters)))
    boxes = [
        (one.box.left, one.box.top, one.box.right, one.box.bottom)
        for page in laid_out(found)
        for line in page.lines
        for one in line.characters
        if one.box
    ]
    kept = [(row["left"], row["top"], row["right"], row["bottom"]) for row in rows["letters"]]
    assert [box for box in kept if box[0] is not None] == boxes
    first = rows["pages"][0]
    assert json.loads(first["reader_settings"]) == {"code": "abc", "model": "def"}
    assert (first["signed_by"], first["stage"]) == ("มาลี", "published")


def test_findings_and_decisions_are_there_with_what_became_of_them() -> None:
    found = finished()
    rows = tables(found)
    states = [one.state for one in found.published.values()]
    assert [row["finding"] for row in rows["findings"]] == [
        one.id for state in states for one in state.all_findings
    ]
    raw = {state.number: state.page.reading.text for state in states if state.page}
    for row in rows["findings"]:
        assert raw[row["page"]][row["raw_start"] : row["raw_end"]] == row["before"]
    assert {row["outcome"] for row in rows["findings"]} == {"accepted"}
    assert [(row["finding"], row["verdict"], row["who"]) for row in rows["decisions"]] == [
        (key, str(one.verdict), one.who.name)
        for state in states
        for key, decisions in state.decisions.items()
        for one in decisions
    ]


def test_a_cell_names_its_table_and_its_place_in_it() -> None:
    found = document()
    number, first = next(iter(found.published.items()))
    cell = Region(RegionKind.CELL, Box(1, 2, 3, 4), cell=TableCellRole(1, 2, header=True))
    table = Region(RegionKind.TABLE, Box(0, 0, 9, 9), order=0, parts=(cell,))
    page = replace(first.page, regions=(table,))
    with_table = replace(first, state=replace(first.state, page=page))
    rows = tables(replace(found, published={**found.published, number: with_table}))["regions"]
    assert [(row["kind"], row["region"], row["inside"]) for row in rows] == [
        ("table", 1, None),
        ("cell", 2, 1),
    ]
    assert (rows[1]["row"], rows[1]["column"], rows[1]["header"]) == (1, 2, True)
    assert (rows[1]["left"], rows[1]["bottom"]) == (1, 4)


def test_a_page_that_failed_has_a_row_that_says_why() -> None:
    rows = tables(replace(edition(sample()[0]), layer="raw"))
    failed = [row for row in rows["pages"] if row["failed"]]
    assert failed
    assert all(row["text"] is None for row in failed)
