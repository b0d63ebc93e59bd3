"""CSV of the corrections: a row an edit that leads back to its place, its rule and its people."""

import csv
import io

from tests.reports.round_trip import document, exported


def table() -> list[dict[str, str]]:
    data = exported("corrections", document()).decode()
    assert data.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(data.removeprefix("\ufeff"), newline="")))


def test_every_edit_is_a_row_at_its_place() -> None:
    found = document()
    rows = table()
    assert len(rows) == sum(len(one.published.edits) for one in found.published.values())
    for row in rows:
        raw = found.published[int(row["page"])].page.reading.text
        assert raw[int(row["start"]) : int(row["end"])] == row["before"]
        assert raw.split("\n")[int(row["line"]) - 1].startswith(row["context"].split("\n")[0])


def test_a_row_names_rule_person_time_and_box() -> None:
    row = table()[0]
    assert (row["before"], row["after"], row["rule"]) == ("หวยสัก", "ห้วยสัก", "LEX001")
    assert (row["verdict"], row["who"], row["account"], row["note"]) == ("accept", "มาลี", "malee", "เทียบแล้ว")
    assert row["when"] == "2026-11-22T03:14:15.000000Z"
    assert int(row["left"]) < int(row["right"])
