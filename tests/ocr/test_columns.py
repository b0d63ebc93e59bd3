"""Columns of running text are told from tables, on a whole page, on a part of it, and within a column."""

import numpy as np
import pytest

from ocr.image.orientation import Pieces
from ocr.layout.columns import NO_COLUMNS, ColumnBlock, PageColumns, columns_of

SIZE, STEP, PITCH, WIDTH = 10.0, 11.0, 30.0, 1000


class Sheet:
    """Letters as boxes, ten pixels high, line under line."""

    def __init__(self):
        self.edges = []

    def lines(self, top, left, right, count, *, short=()):
        """Lines from `left` to `right`, those numbered `short` only half as long."""
        for number in range(count):
            end = (left + right) / 2 if number in short else right
            foot = top + PITCH * number
            self.edges += [(x, foot - SIZE, x + 8, foot) for x in np.arange(left, end - 8, STEP)]
        return self

    def cells(self, top, columns, count):
        """Rows of cells, each from its left to its right."""
        for left, right in columns:
            self.lines(top, left, right, count)
        return self

    @property
    def columns(self):
        height = int(max(edge[3] for edge in self.edges)) + 20
        return columns_of(Pieces(np.array(self.edges, float), SIZE, WIDTH, height))


def numbers(columns, *lines):
    """The lines, each by its place in `lines`, in reading order."""
    ranks = columns.ranks(lines)
    return sorted(range(len(lines)), key=lambda at: (*ranks[at], lines[at][2]))


def test_three_columns_of_a_newspaper():
    sheet = Sheet()
    for left in (50, 360, 670):
        sheet.lines(100, left, left + 280, 20, short=(7, 19))
    (block,) = sheet.columns.blocks
    assert [(round(start), round(end)) for start, end in block.gutters] == [(323, 360), (633, 670)]


def test_lines_over_all_columns_stand_before_and_behind_them():
    sheet = Sheet().lines(100, 50, 950, 8)
    sheet.lines(400, 50, 480, 12, short=(11,)).lines(400, 520, 950, 12)
    sheet.lines(820, 50, 950, 6)
    columns = sheet.columns
    (block,) = columns.blocks
    assert 310 < block.top < 400 - SIZE
    assert 730 < block.bottom < 820
    whole, left, right = (50, 950), (50, 480), (520, 950)
    lines = [(*whole, 310), (*left, 400), (*right, 400), (*left, 430), (*right, 430), (*whole, 820)]
    assert numbers(columns, *lines) == [0, 1, 3, 2, 4, 5]


def test_a_heading_across_ends_the_columns_above_it():
    columns = PageColumns((ColumnBlock(0, 0, 1000, 900, ((480, 520),)),))
    left, right, across = (0, 480), (520, 1000), (200, 800)
    lines = [(*left, 100), (*right, 100), (*left, 130), (*across, 400), (*left, 500), (*right, 500)]
    assert numbers(columns, *lines) == [0, 2, 1, 3, 4, 5]


def test_columns_under_a_headline_within_a_wider_column():
    sheet = Sheet().lines(100, 50, 630, 3)
    sheet.lines(220, 50, 330, 14).lines(220, 350, 630, 14)
    sheet.lines(100, 670, 950, 18)
    columns = sheet.columns
    assert [len(block.gutters) for block in columns.blocks] == [1, 1]
    headline, first, second, third = (50, 630), (50, 330), (350, 630), (670, 950)
    lines = [(*headline, 100), (*third, 100), (*first, 250), (*second, 250), (*third, 250), (*first, 280)]
    assert numbers(columns, *lines) == [0, 2, 5, 3, 1, 4]


@pytest.mark.parametrize(
    "cells",
    [
        [(50, 190), (240, 380), (430, 570), (620, 760), (810, 950)],
        [(50, 100), (150, 480), (530, 950)],
        [(50, 480), (520, 850), (900, 950)],
    ],
    ids=["figures", "numbered", "with a column of sums"],
)
def test_full_cells_are_no_columns(cells):
    assert Sheet().cells(100, cells, 20).columns == NO_COLUMNS


def test_a_few_full_cells_among_lines_are_no_columns():
    sheet = Sheet().lines(100, 50, 950, 10).cells(420, [(50, 480), (520, 950)], 6).lines(620, 50, 950, 10)
    assert sheet.columns == NO_COLUMNS


def test_a_few_letters_and_none_are_no_columns():
    assert columns_of(Pieces(np.zeros((0, 4)), 0.0, 100, 100)) == NO_COLUMNS
    assert Sheet().lines(100, 50, 500, 1).columns == NO_COLUMNS
