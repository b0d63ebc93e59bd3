"""JSON Lines: each page as an object from which its text can be checked and undone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from model.errors import GateError
from model.publication import Edition
from model.state import Stage
from reports.exports import jsonl
from tests.reports.round_trip import IN_PICTURE, document
from tests.reports.sample_document import drawn_page, edition, finished, sample

SCHEMA = json.loads(Path("docs/schemas/export-jsonl.json").read_text("utf-8"))


def objects(found: Edition) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(jsonl.pieces(found)).splitlines()]


def raw_of(found: Edition) -> str:
    return found.published[2].page.reading.text


def test_each_page_is_one_json_object_that_the_schema_describes() -> None:
    pages = objects(finished())
    for page in pages:
        jsonschema.validate(page, SCHEMA)
    assert [page["stage"] for page in pages] == ["published", "waived"]
    assert pages[1]["waived"]["note"] == "หน้าปกหลัง ไม่มีข้อความ"


def test_every_edit_can_be_found_in_both_texts_and_undone() -> None:
    raw = raw_of(finished())
    page = objects(finished())[0]
    assert page["edits"]
    back = page["text"]
    for edit in reversed(page["edits"]):
        assert page["text"][edit["start"] : edit["end"]] == edit["after"]
        assert raw[edit["raw_start"] : edit["raw_end"]] == edit["before"]
        assert edit["rule"] == "ENC001"
        back = back[: edit["start"]] + edit["before"] + back[edit["end"] :]
    assert back == raw


def test_lines_have_their_text_their_raw_span_and_a_box() -> None:
    raw = raw_of(finished())
    page = objects(finished())[0]
    assert len(page["lines"]) == 4
    for line in page["lines"]:
        assert page["text"][line["start"] : line["end"]] == line["text"]
        assert raw[line["raw_start"] : line["raw_end"]].replace("ํา", "ำ") == line["text"]
        left, top, right, bottom = line["box"]
        assert 0 <= left < right <= 2480
        assert 0 <= top < bottom <= 3508


def test_a_page_that_was_read_anew_since_is_given_out_as_it_was_signed() -> None:
    before = finished()
    anew, _ = drawn_page(2, [("อื่น", "อื่นๆ")])
    first, waived = before.state.pages
    now = replace(first, stage=Stage.WAITING, page=anew, findings=None, decisions={}, signoff=None)
    after = Edition(replace(before.state, pages=(now, waived)), before.published)
    assert objects(after) == objects(before)


def test_nothing_is_exported_while_a_page_is_neither_published_nor_waived() -> None:
    state, _ = sample()
    with pytest.raises(GateError):
        list(jsonl.pieces(edition(state)))


def test_pictures_have_their_place_and_what_was_read_in_them() -> None:
    first, second = objects(document())
    jsonschema.validate(first, SCHEMA)
    assert first["pictures"] == [
        {"box": [10, 20, 300, 200], "text": IN_PICTURE},
        {"box": None, "text": ""},
    ]
    assert second["pictures"] == []
    assert "แผนที่" not in first["text"]
