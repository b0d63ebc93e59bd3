"""The ruling lines of a worn copy are whole, and what is left of them is no print."""

import numpy as np
import pytest

from ocr.image.prepare import prepare_pixels
from tests.ocr.drawn import Drawing

XS, YS = [300, 700, 1300, 1700], [1200, 1340, 1480, 1620]
"""The rules of a table."""


def table(font="Laksaman", size=64, width=4):
    drawing = Drawing(font=font, size=size).prose().grid(XS, YS, width)
    for y in YS[1:]:
        for x in XS[:-1]:
            drawing.text(x + 40, y - 40, "๒๕๖๗")
    return drawing


def worn(drawing, x, y0, y1, left, pitch=40, width=4):
    """A rule down of which `left` pixels are there in every `pitch`."""
    drawing.down(x, y0, y1, width=width + 4, fill=255)
    for y in range(y0, y1 - left, pitch):
        drawing.down(x, y, y + left - 1, width)
    return drawing


def places(page):
    (found,) = page.drawn.ruled.tables
    return {
        (cell.cell.row, cell.cell.column, cell.cell.row_span, cell.cell.column_span) for cell in found.parts
    }


WHOLE = {(row, column, 1, 1) for row in range(3) for column in range(3)}


@pytest.mark.parametrize(("font", "size"), [("Laksaman", 64), ("Norasi", 50)])
@pytest.mark.parametrize("left", [24, 30])
def test_a_rule_in_pieces_parts_cells_and_leaves_no_ink(font, size, left):
    drawing = worn(table(font, size), 700, 1210, 1370, left)
    page = prepare_pixels(drawing.pixels, 300)
    assert places(page) == WHOLE
    assert page.image[1215:1335, 690:715].min() > 200


def test_a_rule_with_a_short_break_is_one():
    drawing = table()
    drawing.down(700, 1300, 1325, width=8, fill=255).across(690, 720, 1338, width=12, fill=255)
    assert places(prepare_pixels(drawing.pixels, 300)) == WHOLE


def test_a_cell_that_spans_columns_is_none_in_pieces():
    drawing = table()
    drawing.down(700, 1344, 1476, width=8, fill=255)
    drawing.text(600, 1440, "รวมทั้งสิ้น")
    page = prepare_pixels(drawing.pixels, 300)
    assert (1, 0, 1, 2) in places(page)
    assert np.count_nonzero(page.image[1380:1450, 690:720] < 128) > 50


def test_rules_of_a_form_are_not_joined():
    drawing = Drawing().prose().across(500, 900, 1400).across(1000, 1500, 1400)
    page = prepare_pixels(drawing.pixels, 300)
    assert not page.drawn.ruled.tables
    assert len(page.drawn.leaders) == 2
