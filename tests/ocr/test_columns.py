"""Columns of running text: found by the white between them, on newspapers and nowhere else."""

from typing import Any

import cv2
import numpy as np
import pytest

from model.box import Box
from ocr.image.orientation import Pieces
from ocr.image.prepare import prepare_pixels
from ocr.layout.columns import around_tables, gutters_of, level
from ocr.line_reader.reader import LineReader
from tests.ocr.drawn import Drawing, slanted

LETTER = 14.0
NOTHING: Any = None  # the source of a page that is read from its image


def line(left, foot, right, size=LETTER):
    """Letters side by side from `left` to `right` at the foot of a line."""
    lefts = np.arange(left, right - 0.7 * size + 1, 0.8 * size)
    return np.stack(
        [lefts, np.full_like(lefts, foot - size), lefts + 0.7 * size, np.full_like(lefts, foot)], 1
    )


def column(left, right, first, last, *, ragged=0.15, step=34, seed=1):
    """Lines of running text whose ends are ragged."""
    dice = np.random.default_rng(seed)
    return [
        line(left, foot, right - ragged * (right - left) * dice.random()) for foot in range(first, last, step)
    ]


def pieces(*lines):
    return Pieces(np.concatenate(lines), LETTER, 1240, 1754)


def gutters(*lines, slope=0.0):
    return [(one.left, one.top, one.right, one.bottom) for one in gutters_of(pieces(*lines), slope)]


def three_columns(first=300, last=1600):
    return [
        one
        for at, left in enumerate((60, 440, 820))
        for one in column(left, left + 350, first, last, seed=at)
    ]


def test_three_columns_of_a_newspaper():
    first, second = gutters(*three_columns())
    assert 400 < first[0] < first[2] <= 440
    assert 780 < second[0] < second[2] <= 820
    assert first[1] <= 300
    assert first[3] >= 1570


def test_a_running_head_is_in_no_column_and_a_heading_ends_the_columns_above_it():
    head = [line(60, 100, 300), line(880, 100, 1170)]
    first, *others = gutters(*head, *three_columns(last=900), line(440, 1000, 1170, 30), *three_columns(1100))
    assert first[1] >= 100
    assert [(one[0] > 700, one[1] < 1000 < one[3]) for one in (first, *others)] == [
        (False, True), (True, False), (True, False),
    ]  # fmt: skip


def test_columns_that_lie_askew():
    edges = level(np.concatenate(three_columns()), -0.02)
    assert len(gutters(edges, slope=0.02)) == 2


def test_the_white_between_columns_of_a_small_table_is_no_neighbour_of_a_gutter():
    columns = [one for left in (60, 640) for one in column(left, left + 540, 200, 700, seed=left)]
    columns += [one for left in (60, 640) for one in column(left, left + 540, 1100, 1600, seed=left)]
    cells = [line(left, foot, left + 100) for foot in (800, 860, 920, 980) for left in (100, 400, 700, 1000)]
    (gutter,) = gutters(*columns, *cells)
    assert (gutter[1] < 200, 580 < gutter[0] < gutter[2] <= 640, gutter[3] > 1570) == (True, True, True)


def test_a_title_above_a_running_head_is_in_no_column_either():
    title = line(100, 120, 500, 60)
    head = [line(60, 220, 300), line(880, 220, 1170)]
    first, second = gutters(title, *head, *three_columns(400))
    assert min(first[1], second[1]) >= 220


@pytest.mark.parametrize("widths", [(350, 120, 350), (150, 150, 150)])
def test_cells_of_a_table_without_rules_are_no_columns(widths):
    dice = np.random.default_rng(4)
    cells = [
        line(left, foot, left + width * (0.3 + 0.7 * dice.random()))
        for foot in range(300, 1600, 40)
        for left, width in zip((60, 440, 820), widths, strict=True)
    ]
    assert gutters(*cells) == []


def test_one_column_has_no_gutter():
    assert gutters(*column(60, 1180, 200, 1600, ragged=0.0)) == []
    assert gutters_of(Pieces(np.zeros((0, 4)), 0.0, 1240, 1754)) == ()


def test_a_ruled_table_across_the_columns_parts_their_gutter():
    gutter, table = Box(400, 100, 430, 1000), Box(50, 400, 900, 500)
    assert around_tables([gutter], [table]) == (Box(400, 100, 430, 400), Box(400, 500, 430, 1000))
    assert around_tables([gutter], [Box(450, 400, 900, 500)]) == (gutter,)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [0.0, 0.5])
def test_a_page_of_a_newspaper_is_read_column_by_column(degrees):
    said = (
        "เทศบาลตำบลกำแพงจัดการ", "ประชุมประชาคมเพื่อรับฟัง", "ความเห็นเรื่องถนนสายใหม่", "ซึ่งผ่านหมู่ที่ ๔ และหมู่ที่ ๗",
        "งดการส่งน้ำคลองสายใหญ่", "ขอให้ผู้ใช้น้ำเตรียมน้ำไว้", "โรงพยาบาลอำเภอออกหน่วย", "ตรวจสุขภาพผู้สูงอายุถึงบ้าน",
    )  # fmt: skip
    page = Drawing(1760, 1400, size=44)
    page.text(60, 90, "ข่าวท้องถิ่นสตูล").text(1550, 90, "หน้า ๓").across(60, 1700, 110)
    page.text(300, 230, "ชาวบ้านรับน้ำประปาถึงบ้านก่อนสิ้นเดือนกันยายน")
    wanted = ["ข่าวท้องถิ่นสตูล\tหน้า ๓", "ชาวบ้านรับน้ำประปาถึงบ้านก่อนสิ้นเดือนกันยายน"]
    for number, left in enumerate((60, 620, 1180)):
        lines = [said[(at + number * (at + 3)) % 8] for at in range(16)]
        wanted += lines
        for at, words in enumerate(lines):
            page.text(left, 340 + 64 * at, words)
    image = page.pixels if not degrees else slanted(page.pixels, degrees)
    image = np.asarray(cv2.GaussianBlur(np.ascontiguousarray(image), (0, 0), 0.7), np.uint8)
    (reading,) = LineReader().read(NOTHING, 1, prepare_pixels(image, 300), 300)
    found = reading.text.strip().split("\n")
    assert [one for one in found if one != "……"] == wanted
