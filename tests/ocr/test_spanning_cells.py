"""The line in a cell that spans rows is read with the first of them."""

import pytest

from model.box import Box
from model.region import Region, RegionKind, TableCellRole
from ocr.layout.spanning_cells import lines_of_first_rows
from tests.ocr.test_line_finder import Paper


def cell(left, top, right, bottom, *role):
    return Region(RegionKind.CELL, Box(left, top, right, bottom), cell=TableCellRole(*role))


def head():
    """A head in two rows: two cells that span both, and one over two others."""
    parts = (
        cell(40, 100, 200, 220, 0, 0, 2, 1),
        cell(200, 100, 500, 220, 0, 1, 2, 1),
        cell(500, 100, 900, 160, 0, 2, 1, 2),
        cell(500, 160, 700, 220, 1, 2),
        cell(700, 160, 900, 220, 1, 3),
    )
    return Region(RegionKind.TABLE, Box(40, 100, 900, 220), parts=parts)


def moved(paper):
    rows = paper.rows()
    return [
        (round(rows[at][place].left), round(rows[host][0].left))
        for (at, place), host in sorted(lines_of_first_rows(rows, [head()]).items())
    ]


def page(spanning):
    paper = Paper()
    paper.letters(600, 140, 8)
    paper.letters(540, 200, 4)
    paper.letters(740, 200, 4)
    for left, foot in spanning:
        paper.letters(left, foot, 5)
    return paper


@pytest.mark.parametrize("foot", [168, 172])
def test_it_comes_to_the_line_of_the_first_row(foot):
    assert moved(page([(60, foot), (260, foot)])) == [(60, 600), (260, 600)]


def test_a_line_with_cells_of_one_row_stays():
    assert moved(page([(60, 200), (260, 200)])) == []


def test_two_lines_in_a_cell_stay_where_they_are():
    assert moved(page([(60, 155), (60, 185)])) == []


def test_outside_of_tables_nothing_is_moved():
    paper = page([(60, 170)])
    assert lines_of_first_rows(paper.rows(), []) == {}
