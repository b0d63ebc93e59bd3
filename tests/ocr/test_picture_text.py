"""Letters in a page's pictures are read apart, as the picture's own text, and only where they are surely read."""

import cv2
import pytest

from model.box import Box
from model.edit import Span
from model.errors import PageError
from model.mark import Mark, MarkKind
from model.page import Line, Reader, Reading
from ocr.ensemble import picture_text as picture_text_module
from ocr.ensemble.picture_text import picture_text, with_picture_text
from ocr.image.prepare import prepare, prepare_pixels
from ocr.line_reader.reader import LineReader, find_lines
from tests.ocr.drawn import Drawing

READER = Reader("made", "1")
PLACE = Box(300, 1600, 1800, 2200)


def page():
    """A page of prose with two lines in a picture."""
    drawing = Drawing().prose()
    drawing.text(400, 1750, "แผนที่เขตเทศบาลตำบลกำแพง").text(400, 1880, "มาตราส่วน ๑ ต่อ ๕,๐๐๐")
    return prepare(cv2.imencode(".png", drawing.pixels)[1].tobytes())


def reads(*lines):
    """A reader of these lines, each with its confidence."""
    text = "".join(line + "\n" for line, _ in lines)
    spans, confidences, start = [], [], 0
    for line, sure in lines:
        spans.append(Line(Span(start, start + len(line)), None))
        confidences += [sure] * len(line) + [None]
        start += len(line) + 1
    nothing = (None,) * len(text)
    return lambda picture: (Reading(1, READER, text, tuple(spans), nothing, tuple(confidences), nothing),)


@pytest.mark.slow
def test_a_picture_is_read_as_a_page_by_itself():
    def read(picture):
        lines = find_lines(picture)
        reader = LineReader()
        return (reader.reading(1, picture, lines, reader.letters(picture, lines)),)

    assert picture_text(PLACE, page(), read, 300) == "แผนที่เขตเทศบาลตำบลกำแพง\nมาตราส่วน ๑ ต่อ ๕,๐๐๐"


def test_what_is_not_surely_read_or_is_no_word_is_left_out():
    read = reads(("แผนที่", 0.95), ("ฯฌฎ๏", 0.6), ("ก", 0.99), ("อำเภอละงู", 0.9))
    assert picture_text(PLACE, page(), read, 300) == "แผนที่\nอำเภอละงู"


def test_a_picture_is_made_ready_from_its_pixels_at_the_resolution_of_its_page(monkeypatch):
    made = []

    def ready(pixels, dpi):
        made.append((pixels, dpi))
        return prepare_pixels(pixels, dpi)

    monkeypatch.setattr(picture_text_module, "prepare_pixels", ready)
    whole = page()
    assert picture_text(PLACE, whole, reads(("แผนที่", 0.95)), 150) == "แผนที่"
    ((pixels, dpi),) = made
    assert dpi == 150
    assert (pixels == whole.image[1600:2200, 300:1800]).all()


def test_only_marks_of_pictures_are_read_and_the_text_stays_as_it_is():
    marks = (
        Mark(MarkKind.HIDDEN, Span(0, 1), PLACE),
        Mark(MarkKind.PICTURE, Span(0, 1), PLACE),
        Mark(MarkKind.PICTURE, Span(0, 1)),
    )
    base = Reading(1, READER, "ก", (), (None,), (None,), (None,), marks)
    found = with_picture_text(base, page(), reads(("แผนที่", 0.95)), 300)
    assert found.text == base.text
    assert [mark.text for mark in found.marks] == ["", "แผนที่", ""]


def test_a_picture_that_cannot_be_read_has_no_text_and_one_too_small_is_not_read():
    def read(picture):
        raise PageError("there is more ink than in any print", remedy="Look at it.")

    assert picture_text(PLACE, page(), read, 300) == ""
    assert picture_text(Box(10, 10, 30, 25), page(), read, 300) == ""
