"""The line reader reads every line, Tesseract the doubtful ones: who is asked, what stands, what stays on record."""

from typing import Any

import numpy as np
import pytest

from model.page import Preparation, Quality, Reader
from ocr.ensemble import cascade
from ocr.ensemble.cascade import CascadeReader
from ocr.image.prepare import Prepared
from ocr.letters import ReadLetter, text_of
from ocr.line_reader.reader import LineReader
from tests.ocr.test_line_finder import Paper

NOTHING: Any = None


class Tesseract:
    """Stands in the place of Tesseract's reader: it is never asked about a whole page."""

    def __init__(self, *arguments, **options):
        self.reader = Reader("tesseract", "5")


def letters(text, confidence):
    return [ReadLetter(one, None, None if one == " " else confidence) for one in text]


class Readers:
    """What the line reader reads in each line, and what Tesseract reads in the strips that it is given."""

    def __init__(self, monkeypatch, own, other):
        self.asked = 0
        monkeypatch.setattr(cascade, "TesseractReader", Tesseract)
        monkeypatch.setattr(cascade, "place_of", lambda source, number: "page")
        monkeypatch.setattr(cascade, "read_strips", self.read_strips)
        monkeypatch.setattr(LineReader, "stretches", lambda self, lines: dict(enumerate(own, 1)))
        self.other = other

    def read_strips(self, strips, dpi, where, limits):
        self.asked = len(strips)
        return [letters(text, 0.9) for text in self.other]


def page(*feet):
    paper = Paper()
    for foot in feet:
        paper.letters(50, foot, 20)
    height, width = paper.image.shape
    quality = Quality(20.0, 0.9, 0.0, 1.0, 0.1, not feet)
    return Prepared(paper.image, quality, Preparation(), width, height)


def test_only_the_lines_with_a_doubtful_letter_are_asked_about(monkeypatch):
    own = [letters("กำแพง", 0.99), letters("กำแผง", 0.5)]
    readers = Readers(monkeypatch, own, ["กำแพง"])
    together, first, second = CascadeReader().read(NOTHING, 1, page(200, 300), 300)
    assert readers.asked == 1
    assert together.text == "กำแพง\nกำแพง\n"
    assert first.text == "กำแพง\nกำแผง\n"
    assert second.text == "\nกำแพง\n"
    assert [r.reader.name for r in (together, first, second)] == ["cascade", "line-reader", "tesseract"]
    assert [line.box for line in together.lines] == [line.box for line in second.lines]


def test_a_page_that_is_read_with_confidence_has_one_reading(monkeypatch):
    readers = Readers(monkeypatch, [letters("กำแพง", 0.99)], [])
    (only,) = CascadeReader().read(NOTHING, 1, page(200), 300)
    assert readers.asked == 0
    assert only.text == "กำแพง\n"


def test_digits_stay_as_the_line_reader_read_them(monkeypatch):
    Readers(monkeypatch, [letters("เขต ๔", 0.5)], ["เขต ๕"])
    together, _, witness = CascadeReader().read(NOTHING, 1, page(200), 300)
    assert together.text == "เขต ๔\n"
    assert witness.text == "เขต ๕\n"


@pytest.mark.parametrize(("asked", "count"), [("all", 2), ("doubtful", 1), ("off", 0)])
def test_everybody_can_be_asked_everywhere_and_nobody_at_all(monkeypatch, asked, count):
    own = [letters("กำแพง", 0.99), letters("กำแพง", 0.5)]
    readers = Readers(monkeypatch, own, ["กำแพง"] * count)
    readings = CascadeReader(asked=asked).read(NOTHING, 1, page(200, 300), 300)
    assert readers.asked == count
    assert len(readings) == (3 if count else 1)


def test_a_line_in_which_nothing_was_read_is_no_line(monkeypatch):
    Readers(monkeypatch, [[], letters("กำแพง", 0.99)], [])
    (only,) = CascadeReader().read(NOTHING, 1, page(200, 300), 300)
    assert only.text == "กำแพง\n"
    assert len(only.lines) == 1


def test_a_blank_page_has_an_empty_reading(monkeypatch):
    Readers(monkeypatch, [], [])
    (only,) = CascadeReader().read(NOTHING, 1, page(), 300)
    assert (only.text, only.lines) == ("", ())


@pytest.mark.tesseract
def test_tesseract_reads_a_line_from_its_strip_with_boxes_on_the_page():
    reader = CascadeReader(asked="all")
    image = np.full((300, 900), 245, np.uint8)
    picture = Prepared(image, Quality(20.0, 0.9, 0.0, 1.0, 0.1, False), Preparation(), 900, 300)
    draw(image)
    source: Any = type("Source", (), {"name": "drawn.png"})()
    together, own, tesseract = reader.read(source, 1, picture, 300)
    assert text_of([ReadLetter(tesseract.text)]).strip() == "Chamra 2569"
    assert own.text == together.text
    left = [box.left for box in tesseract.boxes if box is not None]
    right = [box.left for box in own.boxes if box is not None]
    assert len(left) == len(right)
    assert max(abs(a - b) for a, b in zip(left, right, strict=True)) < 15


def draw(image):
    """A line of Latin letters, so that no Thai font is needed."""
    import cv2  # noqa: PLC0415

    cv2.putText(image, "Chamra 2569", (60, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 20, 3, cv2.LINE_AA)
