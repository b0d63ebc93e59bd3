"""Letters through which a pen ran stay letters of their line."""

import numpy as np
import pytest

from ocr.image.prepare import prepare_pixels
from ocr.layout.grown_together import parted
from ocr.layout.line_finder import find_rows
from tests.ocr.drawn import Drawing
from tests.ocr.test_line_finder import Paper

WORDS = "อนุมัติให้เบิกเงินชดเชยตามอัตราที่กระทรวงการคลังกำหนด"


def widest_hole(ink, row):
    """In letter heights: the widest white between the letters of a line."""
    at = np.concatenate([stretch.letters for stretch in row])
    at = at[np.argsort(ink.left[at])]
    ends = np.maximum.accumulate(ink.left[at] + ink.wide[at])
    return float((ink.left[at][1:] - ends[:-1]).max(initial=0)) / row[0].baseline.letter


def line_at(rows, y):
    return min(rows, key=lambda row: abs(row[0].foot - y))


@pytest.mark.parametrize(
    ("font", "size", "width"), [("Laksaman", 64, 6), ("Norasi", 48, 5), ("Garuda", 40, 4)]
)
@pytest.mark.parametrize("rising", [True, False])
def test_a_signature_through_letters_leaves_no_hole_in_their_line(font, size, width, rising):
    drawing = Drawing(font=font, size=size).prose().text(300, 1300, WORDS)
    middle, high = 300 + drawing.width_of(WORDS[:30]), size
    ends = [
        (middle - high, 1300 + 3 * high),
        (middle, 1300 + high),
        (middle + 2 * high, 1300 - 3 * high // 4),
    ]
    if not rising:
        ends = [(x, 2600 - y) for x, y in ends]
    page = prepare_pixels(drawing.line(*ends, width=width).pixels, 300)
    ink = parted(page.ink, find_rows(page.ink)) or page.ink
    row = line_at(find_rows(ink), 1300)
    assert widest_hole(ink, row) < 1.1  # the two dots of a sara a are no letters
    assert row[-1].right >= 300 + drawing.width_of(WORDS) - size / 2


def test_nothing_is_cut_where_nothing_runs_through_letters():
    drawing = Drawing().prose().text(300, 1300, WORDS).line((400, 1500), (700, 1400), (720, 1700))
    page = prepare_pixels(drawing.pixels, 300)
    assert parted(page.ink, find_rows(page.ink)) is None


@pytest.mark.parametrize("wide", [3, 16, 26])
def test_a_stroke_or_a_written_figure_between_words_is_not_cut(wide):
    paper = Paper()
    paper.letters(50, 200, 10)
    paper.letters(310, 200, 10)
    paper.stroke(275, 260, high=120, wide=wide)
    rows = paper.rows()
    assert parted(paper.ink, rows) is None


@pytest.mark.parametrize("depth", [1, 2])
def test_letters_that_a_stroke_holds_together_are_letters_of_each_line_it_runs_through(depth):
    paper = Paper()
    feet = [200, 260][:depth]
    for foot in feet:
        paper.letters(50, foot, 10)
        paper.letters(290, foot, 10)
        for at in (250, 268):
            paper.stroke(at, foot)
    for at in range(110):  # one stroke down through a letter of each line
        paper.image[160 + at, 254 + at // 20 : 258 + at // 20] = 20
    rows = paper.rows()
    ink = parted(paper.ink, rows)
    assert ink is not None
    lines = find_rows(ink)
    assert all(widest_hole(ink, line_at(lines, foot)) < 0.7 for foot in feet)


def test_what_is_written_is_no_line_that_anything_is_cut_for():
    paper = Paper()
    for at, drop in enumerate((0, 9, -7, 12, -3, 6, -9, 3, 10, -5)):
        paper.stroke(50 + 20 * at, 200 + drop, high=20 + drop)
    paper.stroke(250, 300, high=130, wide=14)
    rows = paper.rows()
    assert parted(paper.ink, rows) is None
