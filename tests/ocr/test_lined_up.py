"""A cell of a table without rules begins where those of the lines around it begin, however little white there is."""

import numpy as np
import pytest

from model.box import Box
from ocr.layout.baseline import Baseline
from ocr.layout.line_stretch import LineStretch
from ocr.letters import ReadLetter, text_of
from ocr.line_reader.stretch_text import stretch_text
from tests.ocr.test_line_finder import LETTER, Paper

PITCH = 45


def table(*first_cells, comma=False):
    """Lines with a cell of so many letters and two of numbers, at columns 300 and 460."""
    paper = Paper()
    for row, count in enumerate(first_cells):
        foot = 200 + PITCH * row
        paper.letters(50, foot, count)
        paper.letters(300, foot, 3)
        paper.letters(460, foot, 4)
        if comma:
            paper.stroke(285, foot + 3, high=6, wide=3)
    return paper


def cells(paper):
    return [[round(cell) for stretch in row for cell in stretch.cells] for row in paper.rows()]


def test_a_cell_that_is_nearly_full_ends_where_the_others_do():
    found = cells(table(4, 11, 5, 3))
    assert [len(row) for row in found] == [0, 1, 0, 0]
    assert 270 < found[1][0] < 300


@pytest.mark.parametrize("below", [1, 2])
def test_lines_in_which_cells_go_on_are_between(below):
    paper = Paper(height=1000)
    for row, count in enumerate((11, 4, 5)):
        foot = 200 + PITCH * row * (1 + below)
        paper.letters(50, foot, count)
        paper.letters(300, foot, 8)
        for line in range(below):
            paper.letters(30, foot + PITCH * (1 + line), 6)
    found = cells(paper)
    assert [len(row) for row in found] == [1, *[0] * (len(found) - 1)]


def test_lines_farther_away_tell_nothing_of_the_spaces_between_words():
    paper = Paper()
    for left, count in ((50, 6), (186, 5), (300, 8)):
        paper.letters(left, 200, count)  # white of 24 and 22 pixels
    for row in (2, 4):
        paper.letters(50, 200 + PITCH * row, 4)
        paper.letters(300, 200 + PITCH * row, 8)
        paper.letters(30, 200 + PITCH * (row - 1), 6)
    assert not any(map(any, cells(paper)))


def test_a_comma_is_no_white():
    assert cells(table(4, 11, 5, 3, comma=True))[1] == []


def test_lines_of_prose_that_end_together_have_no_cells():
    paper = Paper()
    for row, (count, gap) in enumerate([(9, 70), (14, 25), (6, 80), (16, 25), (11, 60)]):
        foot, end = 200 + PITCH * row, 50 + 20 * count
        paper.letters(50, foot, count)
        paper.letters(end + gap, foot, (700 - end - gap) // 20)
    assert not any(map(any, cells(paper)))


@pytest.mark.parametrize(("at", "read"), [((), "กข คง"), ((30.0,), "กข\tคง")])
def test_where_a_cell_begins_there_is_a_tab(at, read):
    boxes = {
        "ก": Box(0, 0, 10, 20),
        "ข": Box(12, 0, 22, 20),
        "ค": Box(38, 0, 48, 20),
        "ง": Box(50, 0, 60, 20),
    }
    letters = [ReadLetter(one, boxes.get(one), 0.9) for one in "กข คง"]
    paper = Paper()
    paper.rows()
    stretch = LineStretch(np.zeros(0, int), np.zeros(0, int), Baseline(100.0, 0.0, float(LETTER)), 0, 60, at)
    assert text_of(stretch_text([letters], paper.ink, stretch)) == read
