"""Another engine's output takes the reader's place, and the report says who read a page and why."""

import json
from pathlib import Path

import pytest

from model.errors import Exit
from model.page import Reader
from pipeline.local import digitise_here
from tests.pipeline.fake_reader import FakeReader

PAGES = ["เทศบาลตําบลป่าบง", "อำเภอสารภี", "จังหวัดเชียงใหม่"]


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "other.txt"
    path.write_text("\f".join(PAGES), "utf-8")
    return path


def test_what_another_engine_read_is_corrected_like_any_reading(chamra, scan, other, tmp_path):
    status, out, _ = chamra("digitise", scan, "-w", tmp_path / "w", "--reading", other, "--json")
    assert status == Exit.DONE
    [document] = json.loads(out)["documents"]
    assert [page["outcome"] for page in document["pages"]] == ["read"] * 3
    assert document["pages"][0]["proposals"] >= 1
    _, raw, _ = chamra("text", scan, "-w", tmp_path / "w", "--layer", "raw")
    assert [page.strip("\n") for page in raw.split("\f")] == PAGES
    assert "Read by import unknown" in Path(document["report"]).read_text("utf-8")


def test_a_file_about_another_document_is_bad_input(chamra, scan, other, tmp_path):
    other.write_text("หน้าเดียว", "utf-8")
    status, _, err = chamra("digitise", scan, "-w", tmp_path / "w", "--reading", other)
    assert status == Exit.BAD_INPUT
    assert "other.txt has 1 page, but scan.pdf has 3" in err


def test_a_reading_is_about_one_document_and_takes_the_readers_place(chamra, scan, other, tmp_path):
    again = tmp_path / "again.pdf"
    again.write_bytes(scan.read_bytes())
    status, _, err = chamra("digitise", scan, again, "-w", tmp_path / "w", "--reading", other)
    assert (status, "one by one" in err) == (Exit.USAGE, True)
    status, _, err = chamra(
        "digitise", scan, "-w", tmp_path / "w", "--reading", other, "--reader", "tesseract"
    )
    assert (status, "Leave out --reader" in err) == (Exit.USAGE, True)


def test_the_report_says_why_a_reader_was_chosen_and_what_it_mended(run_with, scan):
    reader = FakeReader()
    reader.reader = Reader(
        "text-layer", "1", (("because", "OCR <agrees>"), ("repaired", "5 x U+0020 is ํ"), ("repair", "glyphs"))
    )
    [document] = digitise_here(run_with(reader), [scan])["documents"]
    report = Path(document["report"]).read_text("utf-8")
    assert "Read by text-layer 1 (OCR &lt;agrees&gt;)" in report
    assert "its character map mended: 5 x U+0020 is" in report
    # What a reader says of one page is no setting of the document's.
    assert report.count("repair glyphs") == 1
    assert "because OCR" not in report
