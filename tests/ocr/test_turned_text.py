"""Lines that run up or down the page are found, read and put behind the others; columns of digits are none."""

import cv2
import numpy as np
import pytest

from model.box import Box
from model.page import Preparation
from ocr.image.components import components
from ocr.image.prepare import Prepared, prepare_pixels
from ocr.image.quality import survey
from ocr.image.scale import edges_of, in_image
from ocr.layout.print_rows import print_rows
from ocr.layout.turned_text import turned_text
from ocr.letters import ReadLetter, text_of
from ocr.line_reader.reader import LineReader
from ocr.line_reader.turned import turned_lines
from tests.ocr import recordings
from tests.ocr.drawn import Drawing


def places(image):
    seen = survey(image)
    found, size = components(seen.mask), seen.pieces.letter_height
    turned = turned_text(found, size, print_rows(found, size).standing)
    return [in_image(edges_of(box), seen.scale) for box in turned]


def with_label(turns, left=1900, top=300, text="ภาคพิเศษ"):
    """A page of prose with a word beside it, turned so many quarter turns clockwise."""
    word = Drawing().text(100, 100, text).pixels
    ys, xs = np.nonzero(word < 128)
    cut = np.rot90(word[ys.min() - 4 : ys.max() + 5, xs.min() - 4 : xs.max() + 5], -turns)
    sheet = Drawing().prose().pixels.copy()
    sheet[:, left - 40 :] = 255
    sheet[top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    return sheet, Box(left, top, left + cut.shape[1], top + cut.shape[0])


@pytest.mark.parametrize("text", ["ภาคพิเศษ", "รายการละ"], ids=["word", "ends in sara a"])
@pytest.mark.parametrize("turns", [1, 3])
def test_a_word_up_or_down_the_page_is_a_place(turns, text):
    sheet, box = with_label(turns, text=text)
    (found,) = places(sheet)
    assert found.left <= box.left + 4
    assert found.right >= box.right - 4
    assert -24 <= found.top - box.top <= 4
    assert -4 <= found.bottom - box.bottom <= 24


@pytest.mark.parametrize("name", recordings.NAMES)
def test_level_print_has_no_such_place(name):
    assert places(recordings.image(name)) == []


def test_a_column_of_digits_is_none():
    drawing = Drawing().prose()
    sheet = drawing.pixels.copy()
    sheet[:, 1800:] = 255
    for row in range(8):
        cv2.putText(sheet, str(row + 1), (1950, 300 + 110 * row), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    assert places(sheet) == []


def prepared(*turned):
    image = np.full((400, 300), 250, np.uint8)
    image[100:220, 40:70] = 20
    quality = survey(image).quality
    return Prepared(image, quality, Preparation(), width=300, height=400, turned=turned)


PLACE = Box(30, 90, 80, 230)


def says(*answers):
    """A reader that says this of a line that runs up the page and that of one that runs down, and what it was shown."""
    shown = []

    def read(page):
        shown.append(page)
        text, sure = answers[0 if page.preparation.quarter_turns == 1 else 1]
        corner = page.to_page(Box(2, 3, 12, 23))
        return [[ReadLetter(sign, corner, sure) for sign in text]] if text else []

    return read, shown


def test_the_way_that_gives_words_is_taken_and_the_ink_is_the_pages_no_more():
    page = prepared(PLACE)
    read, shown = says(("ภาคพิเศษ", 0.97), ("คษแษนบ", 0.95))
    level, (line,) = turned_lines(page, read)
    assert text_of(line.letters) == "ภาคพิเศษ"
    assert [one.image.shape for one in shown] == [(50, 140), (50, 140)]
    assert line.box == Box(33, 218, 53, 228)
    assert level.image.min() > 240
    assert page.image.min() == 20


@pytest.mark.parametrize("answer", [("คษแษนบ", 0.97), ("ภาคพิเศษ", 0.6), ("กข", 0.99), ("", 0.9)])
def test_where_no_way_gives_words_the_page_stays_as_it_is(answer):
    page = prepared(PLACE)
    level, lines = turned_lines(page, says(answer, ("", 0.9))[0])
    assert level is page
    assert lines == ()


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 3])
def test_the_line_reader_reads_it_behind_the_lines_of_the_page(turns):
    sheet, box = with_label(turns)
    page = prepare_pixels(sheet, 300.0)
    level, (line,) = turned_lines(page, LineReader().rows)
    assert text_of(line.letters) == "ภาคพิเศษ"
    assert box.left - 6 <= line.box.left < line.box.right <= box.right + 6
    assert (level.image[box.top : box.bottom, box.left : box.right] > 200).all()
