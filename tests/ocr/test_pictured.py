"""Letters in the pictures of a PDF page are no part of the text that OCR reads, and their places are marked."""

from model.box import Box
from model.edit import Span
from model.mark import Mark, MarkKind
from model.page import Reader
from ocr.ensemble.auto import _as_text
from ocr.ensemble.pictured import without_pictured
from ocr.image.prepare import prepare
from ocr.letters import ReadLetter, reading_of
from ocr.source.rasterise import open_source
from tests.ocr.test_auto import pictured

READER = Reader("cascade", "1")
PICTURE = Box(300, 100, 600, 400)


def row(text, left, top):
    """A line with its box, letters 20 pixels wide."""
    letters = [
        ReadLetter(
            sign, None if sign.isspace() else Box(left + 20 * n, top, left + 20 * n + 20, top + 30), 0.9
        )
        for n, sign in enumerate(text)
    ]
    return letters, Box(left, top, left + 20 * len(text), top + 30)


def reading(*rows):
    return reading_of(1, READER, rows)


def test_lines_and_ends_of_lines_in_a_picture_go_and_the_place_is_marked():
    read = reading(
        row("ดังภาพต่อไปนี้", 0, 20),
        row("ผังเมืองและ map", 60, 150),
        row("of town", 320, 200),
        row("ตามแผน", 0, 500),
    )
    found = without_pictured(read, [PICTURE])
    assert found.text == "ดังภาพต่อไปนี้\nผังเมืองและ\nตามแผน\n"
    assert [found.text[line.span.start : line.span.end] for line in found.lines] == found.text.split("\n")[
        :-1
    ]
    (mark,) = found.marks
    assert (mark.kind, mark.box) == (MarkKind.PICTURE, PICTURE)
    assert len(mark.span) > 0


def test_a_scan_is_a_picture_and_its_letters_are_the_text():
    read = reading(row("map of town", 320, 200), row("ตาม", 0, 500))
    assert without_pictured(read, [PICTURE]) is read
    assert without_pictured(read, []) is read


def test_what_was_read_in_the_pictures_of_a_pdf_stays_beside_the_text(tmp_path):
    path = tmp_path / "pictured.pdf"
    path.write_bytes(pictured(3))
    with open_source(path) as source:
        glyphs, prepared = source.glyphs(1), prepare(source.page(1).png)
    assert glyphs is not None
    inside = (round(200 / glyphs.width * prepared.width), round(400 / glyphs.height * prepared.height))
    read = reading(row("ข้อความของหน้ากระดาษ", 100, 100), row("picture", *inside))
    text, beside = _as_text((read,), "for once", glyphs, prepared)
    assert (text.text, beside.text) == ("ข้อความของหน้ากระดาษ\n", read.text)
    assert text.reader.says("because") == "for once"
    witness = reading(row("x", 0, 0))
    assert _as_text((read, witness), "", glyphs, prepared)[1:] == [witness]
    assert isinstance(text.marks[0], Mark)
    assert text.marks[0].span != Span(0, 0)
