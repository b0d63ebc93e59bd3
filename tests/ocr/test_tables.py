"""Ruling lines make tables, cells and frames."""

import numpy as np
import pytest

from model.region import RegionKind
from ocr.image.prepare import prepare_pixels
from ocr.image.quality import survey
from ocr.layout.ruling import Ruling, ruling
from ocr.layout.tables import ruled_regions
from tests.ocr.drawn import Drawing, slanted

XS, YS = [300, 700, 1100, 1800], [1300, 1420, 1540, 1660]


def found(image):
    seen = survey(np.ascontiguousarray(image))
    size = seen.pieces.letter_height
    return ruled_regions(seen.mask, ruling(seen.small, seen.mask, size), size, seen.scale)


def roles(table):
    return [(c.cell.row, c.cell.column, c.cell.row_span, c.cell.column_span) for c in table.parts]


def test_a_ruled_grid_is_a_table_of_its_cells_row_by_row():
    (table,) = found(Drawing().prose().grid(XS, YS).pixels).tables
    assert table.kind is RegionKind.TABLE
    assert (table.row_count, table.column_count) == (3, 3)
    assert roles(table) == [(row, column, 1, 1) for row in range(3) for column in range(3)]
    assert [part.order for part in table.parts] == list(range(9))
    box = table.parts[4].box
    assert np.abs(np.array([box.left, box.top, box.right, box.bottom]) - [700, 1420, 1100, 1540]).max() <= 8


def test_letters_that_touch_the_rules_do_not_matter():
    drawing = Drawing().prose().grid(XS, YS)
    for y in YS[1:]:
        drawing.text(304, y, "๒๕๖๗ ปปฟฝ").text(704, y, "13,905")
    (table,) = found(drawing.pixels).tables
    assert len(table.parts) == 9


def test_where_no_rule_parts_them_fields_are_one_cell():
    drawing = Drawing().prose()
    for y in (YS[0], YS[2], YS[3]):
        drawing.across(XS[0], XS[-1], y)
    drawing.across(XS[1], XS[-1], YS[1])
    for x in (XS[0], XS[1], XS[3]):
        drawing.down(x, YS[0], YS[-1])
    drawing.down(XS[2], YS[1], YS[-1])
    (table,) = found(drawing.pixels).tables
    assert roles(table) == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_without_rules_at_its_sides_has_its_outer_columns():
    drawing = Drawing().prose()
    for y in YS:
        drawing.across(XS[0], XS[-1], y)
    for x in XS[1:-1]:
        drawing.down(x, YS[0], YS[-1])
    (table,) = found(drawing.pixels).tables
    assert (table.row_count, table.column_count) == (3, 3)


def test_hairlines_and_double_lines_part_cells_as_others_do():
    drawing = Drawing().prose().grid(XS, YS, width=1, fill=60)
    drawing.across(XS[0], XS[-1], YS[1] + 10)
    (table,) = found(drawing.pixels).tables
    assert len(table.parts) == 9


def test_a_rule_with_breaks_still_parts():
    drawing = Drawing().prose().grid(XS, YS)
    for x in range(XS[0] + 150, XS[-1], 300):
        drawing.across(x, x + 30, YS[1] - 2, width=10, fill=255)
    (table,) = found(drawing.pixels).tables
    assert len(table.parts) == 9


@pytest.mark.parametrize("degrees", [-1.0, -0.4, 0.4, 1.0])
def test_a_slanting_table_is_the_same_table(degrees):
    (table,) = found(slanted(Drawing().prose().grid(XS, YS).pixels, degrees)).tables
    assert roles(table) == [(row, column, 1, 1) for row in range(3) for column in range(3)]
    boxes = [part.box for part in table.parts]
    assert all(360 < box.width < 740 and 110 < box.height < 135 for box in boxes)


def test_one_field_is_a_frame_and_single_rules_are_neither():
    drawing = Drawing().prose().grid([300, 900], [1300, 1600]).across(300, 1500, 1900).down(2000, 300, 1200)
    seen = found(drawing.pixels)
    assert seen.tables == ()
    assert [frame.kind for frame in seen.frames] == [RegionKind.FRAME]
    assert any(box.width > 1100 for box in seen.across)
    assert any(box.height > 800 for box in seen.down)


def test_low_boxes_for_single_digits_are_cells():
    drawing = Drawing().prose().grid([300 + 70 * n for n in range(14)], [1300, 1380])
    (table,) = found(drawing.pixels).tables
    assert (table.row_count, table.column_count) == (1, 13)


def test_an_arrow_or_a_crossing_is_no_table():
    drawing = Drawing().prose().across(300, 1500, 1300).down(900, 1300, 1800)
    assert found(drawing.pixels).tables == ()
    assert found(Drawing().prose().pixels).tables == ()


def test_a_dash_alone_in_a_cell_is_found_and_a_number_or_a_speck_is_not():
    drawing = Drawing().prose().grid(XS, YS)
    drawing.across(500, 522, 1362, width=5).text(740, 1390, "๑๒").across(1300, 1304, 1362, width=4)
    (dash,) = found(drawing.pixels).dashes
    assert 494 <= dash.left <= 504
    assert 518 <= dash.right <= 528


def test_the_lines_of_a_drawing_are_no_table():
    drawing = Drawing().prose().grid([700, 1500], [1300, 1400]).down(400, 1350, 2800).across(400, 700, 1350)
    drawing.across(400, 1500, 2800).down(1500, 1300, 1800)
    assert found(drawing.pixels).tables == ()


@pytest.mark.parametrize("rows", [119, 120, 121, 122])
def test_a_rule_along_the_edge_of_a_page_closes_a_table(rows):
    mask = np.zeros((rows, 240), np.uint8)
    mask[[0, rows // 2, rows - 1]] = 255
    mask[:, [0, 120, 239]] = 255
    lines = Ruling(np.where(mask.all(axis=1, keepdims=True), mask, 0), np.where(mask.all(axis=0), mask, 0))
    (table,) = ruled_regions(mask, lines, 10.0, 0.5).tables
    assert len(table.parts) == 4


@pytest.mark.parametrize(("thick", "is_rule"), [(3, True), (10, True), (32, False), (90, False)])
def test_a_bar_that_is_as_thick_as_letters_are_high_is_no_rule(thick, is_rule):
    image = Drawing().prose().pixels.copy()
    top = np.flatnonzero((image < 128).any(axis=1))[-1] + 60
    image[top : top + thick, 300:1500] = 0
    seen = survey(np.ascontiguousarray(image))
    rules = ruling(seen.small, seen.mask, seen.pieces.letter_height)
    assert rules.any() == is_rule


def test_a_rule_whose_edges_are_ragged_parts_as_others_do():
    seen = survey(np.ascontiguousarray(Drawing().prose().grid(XS, YS).pixels))
    rules = ruling(seen.small, seen.mask, seen.pieces.letter_height)
    mask = seen.mask.copy()
    for side in (-1, 1):
        mask[::2] |= np.roll(rules.down, side, axis=1)[::2]
    (table,) = ruled_regions(mask, rules, seen.pieces.letter_height, seen.scale).tables
    assert len(table.parts) == 9


def test_what_is_left_of_a_rule_along_a_cell_is_not_beside_its_dash():
    drawing = Drawing().prose().grid(XS, YS).across(XS[1] + 160, XS[1] + 190, YS[0] + 56, width=5)
    assert len(found(drawing.pixels).dashes) == 1
    drawing.across(XS[1] + 60, XS[1] + 240, YS[1] - 9, width=2)
    assert len(found(drawing.pixels).dashes) == 1
    drawing.across(XS[1] + 60, XS[1] + 90, YS[0] + 56, width=5)
    assert found(drawing.pixels).dashes == ()


def test_a_row_white_on_dark_is_in_the_grid_of_its_table():
    drawing = Drawing().prose()
    drawing.across(XS[0], XS[-1], YS[0], width=YS[1] - YS[0], fill=30).grid(XS, YS)
    for x, words in zip(XS, ("ลำดับ", "ตำบล", "หมายเหตุ"), strict=False):
        drawing.text(x + 40, YS[0] + 90, words, fill=255).text(x + 40, YS[1] + 90, words)
    (table,) = prepare_pixels(np.ascontiguousarray(drawing.pixels), 300).drawn.ruled.tables
    assert roles(table) == [(row, column, 1, 1) for row in range(3) for column in range(3)]
