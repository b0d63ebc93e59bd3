"""The places of documents, for programs and for people."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from correction.places import mentions
from model.box import Box
from model.edit import Span
from model.page import Line, Reader, Reading
from reports.places import COLUMNS, DocumentPlaces, places_csv, places_object, places_table

TEXT = "เทศบาลตำบลกำแพง (ต.กำแพง อ.ละงู จ.ภูเก็ต)\nตำบลกขคง อำเภอเมือง จังหวัดสตูล"
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "places.json"


def reading() -> Reading:
    """A page on which every letter is ten pixels wide."""
    boxes: list[Box | None] = []
    row = column = 0
    for letter in TEXT:
        boxes.append(
            None if letter.isspace() else Box(10 * column, 40 * row, 10 * column + 10, 40 * row + 30)
        )
        row, column = (row + 1, 0) if letter == "\n" else (row, column + 1)
    nothing = (None,) * len(TEXT)
    lines = (Line(Span(0, TEXT.index("\n")), None), Line(Span(TEXT.index("\n") + 1, len(TEXT)), None))
    return Reading(3, Reader("example", "1"), TEXT, lines, tuple(boxes), nothing, nothing)


@pytest.fixture(scope="module")
def documents():
    return [DocumentPlaces("ab" * 32, "รายงาน.pdf", mentions(reading()))]


def test_the_object_follows_its_schema_and_counts_statuses(documents):
    found = places_object(documents)
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (document,) = found["documents"]
    assert document["statuses"] == {"exact": 5, "repaired": 0, "contradicts": 1, "unknown": 1, "abolished": 0}


def test_a_mention_has_its_place_in_text_and_image(documents):
    (wrong,) = [
        m for m in places_object(documents)["documents"][0]["mentions"] if m["status"] == "contradicts"
    ]
    start = TEXT.index("ภูเก็ต")
    assert (wrong["page"], wrong["start"], wrong["end"], wrong["text"]) == (3, start, start + 6, "ภูเก็ต")
    assert wrong["box"] == [10 * start, 0, 10 * (start + 6), 30]
    assert (wrong["code"], wrong["name"], wrong["chain"]) == ("91", "สตูล", ["จังหวัดสตูล"])


def test_the_csv_has_one_row_a_mention_with_the_chain_in_columns(documents):
    rows = list(csv.DictReader(io.StringIO(places_csv(documents))))
    assert tuple(rows[0]) == COLUMNS
    body = rows[0]
    assert (body["kind"], body["name"], body["code"]) == ("local body", "เทศบาลตำบลกำแพง", "910501")
    assert (body["subdistrict"], body["district"], body["province"]) == ("ตำบลกำแพง", "อำเภอละงู", "จังหวัดสตูล")
    unknown = [row for row in rows if row["status"] == "unknown"]
    assert [(row["text"], row["code"], row["province"]) for row in unknown] == [("กขคง", "", "")]


def test_the_table_says_why_a_place_contradicts(documents):
    console = Console(width=150, record=True, file=io.StringIO())
    console.print(places_table(documents))
    printed = console.export_text()
    assert "ตำบลกำแพง อำเภอละงู lies in สตูล" in printed
    assert "5 exact, 1 contradicts, 1 unknown" in printed


def test_a_document_without_places_says_so():
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(places_table([DocumentPlaces("cd" * 32, "ว่าง.txt", ())]))
    assert "no places" in console.export_text()
