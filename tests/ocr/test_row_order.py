"""Lines are read downwards, and what is stamped beside a line after or before it, as it stands."""

import pytest

from model.box import Box
from ocr.layout.row_order import RowPlace, StretchPlace, reading_order


def row(left, top, right, bottom, slope=0.0, column=0):
    place = StretchPlace(Box(left, top, right, bottom), slope)
    return RowPlace(column, bottom, place, place)


def test_lines_are_read_downwards_one_column_after_the_other():
    rows = [row(0, 200, 400, 250), row(600, 0, 900, 50, column=1), row(0, 0, 400, 50)]
    assert reading_order(rows) == [2, 0, 1]


@pytest.mark.parametrize(
    ("slope", "order"),
    [(0.0, [1, 0]), (0.04, [0, 1])],
)
def test_what_is_stamped_askew_beside_a_line_is_read_after_it(slope, order):
    line, stamped = row(0, 30, 400, 90), row(450, 0, 900, 50, slope)
    assert reading_order([line, stamped]) == order


def test_a_stamp_over_a_line_or_above_it_is_read_first():
    assert reading_order([row(0, 30, 600, 90), row(450, 0, 900, 50, 0.04)]) == [1, 0]
    assert reading_order([row(0, 45, 400, 100), row(450, 0, 900, 50, 0.04)]) == [1, 0]
