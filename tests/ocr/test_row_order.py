"""Lines are read downwards, and what is stamped beside a line after or before it, as it stands."""

import pytest

from model.box import Box
from ocr.layout.row_order import RowPlace, StretchPlace, reading_order


def row(left, top, right, bottom, slope=0.0):
    place = StretchPlace(Box(left, top, right, bottom), slope)
    return RowPlace(bottom, place, place)


def test_lines_are_read_downwards_one_column_after_the_other():
    rows = [row(0, 200, 400, 250), row(600, 0, 900, 50), row(0, 0, 400, 50)]
    assert reading_order(rows) == [1, 2, 0]
    assert reading_order(rows, [Box(450, 0, 550, 300)]) == [2, 0, 1]


def test_a_heading_across_columns_is_read_between_what_is_above_and_below_it():
    def lines(*lefts, top):
        return [row(left, top, left + 300, top + 40) for left in lefts]

    page = [
        row(0, 0, 1100, 40),  # over all three columns
        *lines(0, 400, 800, top=100),
        row(0, 200, 300, 240), row(400, 200, 1100, 240),  # over the second and the third
        *lines(0, 400, 800, top=300),
        row(0, 400, 1100, 440),
    ]  # fmt: skip
    gutters = [Box(310, 50, 390, 390), Box(710, 50, 790, 190), Box(710, 250, 790, 390)]
    assert reading_order(page, gutters) == [0, 1, 4, 6, 2, 3, 5, 7, 8, 9]


def test_columns_of_a_page_that_lies_askew():
    rows = [row(10, 100, 400, 110), row(450, 92, 850, 102), row(16, 500, 406, 510), row(456, 492, 856, 502)]
    assert reading_order(rows, [Box(420, 0, 440, 600)], slope=-0.02) == [0, 2, 1, 3]


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
