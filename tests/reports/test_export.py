import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from model.edit import apply_edits
from model.errors import GateError, NoSpace, UsageError
from model.state import DocumentState, Stage
from reports.atomic import write_atomically
from reports.export import export_jsonl, export_text, layer_pages
from tests.reports.sample_document import published_pages, sample

SCHEMA = json.loads(Path("docs/schemas/export-jsonl.json").read_text("utf-8"))


def finished() -> DocumentState:
    """The sample's published page and its waived one."""
    state, _ = sample()
    return replace(state, pages=(state.pages[1], state.pages[4]))


def test_text_has_a_form_feed_between_pages_and_an_empty_page_for_a_waived_one() -> None:
    state = finished()
    published = published_pages(state)
    assert "".join(export_text(state, published)) == published[2].text + "\f"


def test_each_page_is_one_json_object_that_the_schema_describes() -> None:
    state = finished()
    lines = "".join(export_jsonl(state, published_pages(state))).splitlines()
    pages = [json.loads(line) for line in lines]
    for page in pages:
        jsonschema.validate(page, SCHEMA)
    assert [page["stage"] for page in pages] == ["published", "waived"]
    assert pages[1]["waived"]["note"] == "หน้าปกหลัง ไม่มีข้อความ"


def test_every_edit_can_be_found_in_both_texts_and_undone() -> None:
    state = finished()
    raw = state.pages[0].page.reading.text  # type: ignore[union-attr]
    page = json.loads(next(export_jsonl(state, published_pages(state))))
    assert page["edits"]
    back = page["text"]
    for edit in reversed(page["edits"]):
        assert page["text"][edit["start"] : edit["end"]] == edit["after"]
        assert raw[edit["raw_start"] : edit["raw_end"]] == edit["before"]
        assert edit["rule"] == "ENC001"
        back = back[: edit["start"]] + edit["before"] + back[edit["end"] :]
    assert back == raw


def test_lines_have_their_text_their_raw_span_and_a_box() -> None:
    state = finished()
    raw = state.pages[0].page.reading.text  # type: ignore[union-attr]
    page = json.loads(next(export_jsonl(state, published_pages(state))))
    assert len(page["lines"]) == 4
    for line in page["lines"]:
        assert page["text"][line["start"] : line["end"]] == line["text"]
        assert raw[line["raw_start"] : line["raw_end"]].replace("ํา", "ำ") == line["text"]
        left, top, right, bottom = line["box"]
        assert 0 <= left < right <= 2480
        assert 0 <= top < bottom <= 3508


def test_nothing_is_exported_while_a_page_is_neither_published_nor_waived() -> None:
    state, _ = sample()
    with pytest.raises(GateError, match="page 1, 3, 4, 6 is not published"):
        list(export_text(state, published_pages(state)))
    with pytest.raises(GateError):
        list(export_jsonl(state, published_pages(state)))


def test_layers_give_a_page_for_each_page_that_was_asked_for() -> None:
    state, _ = sample()
    raw = list(layer_pages(state, "raw"))
    assert len(raw) == len(state.pages)
    assert raw[0] == state.pages[0].page.reading.text  # type: ignore[union-attr]
    assert raw[2:] == ["", "", "", ""]
    safe = list(layer_pages(state, "safe"))
    assert "ํา" not in safe[0].replace("ํ า", "")
    assert "เชียงไหม่" in safe[0]
    assert "Sustainable" in next(layer_pages(state, "proposed"))


def test_a_published_layer_is_the_replay_of_its_edits() -> None:
    state = finished()
    published = published_pages(state)
    pages = list(layer_pages(state, "published", published))
    page = state.pages[0].page
    assert page
    assert pages[0] == apply_edits(page.reading.text, [applied.edit for applied in published[2].edits])
    assert state.pages[0].stage is Stage.PUBLISHED


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    write_atomically(path, ["หนึ่ง", "\f", "สอง"])
    assert path.read_text("utf-8") == "หนึ่ง\fสอง"
    assert path.stat().st_mode & 0o400

    def broken():
        yield "a"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the generator's own error comes through
        write_atomically(path, broken())
    assert path.read_text("utf-8") == "หนึ่ง\fสอง"
    assert [entry.name for entry in path.parent.iterdir()] == ["out.txt"]


def test_a_link_keeps_pointing_and_a_device_is_written_directly(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_atomically(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()


def test_a_full_disk_and_a_folder_have_their_own_errors(tmp_path: Path) -> None:
    with pytest.raises(NoSpace, match="full"):
        write_atomically(Path("/dev/full"), b"x" * 100_000)
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomically(tmp_path, b"x")
