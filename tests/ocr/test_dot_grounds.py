"""Print on a ground of dots: the dots are neither leaders nor signs; rows of dots to be written on stay."""

from typing import Any

import numpy as np
import pytest

from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.line_reader.reader import LineReader
from tests.ocr.drawn import Drawing

NOTHING: Any = None  # the source of a page that is read from its image
LINES = ("ประกาศเทศบาลตำบลเวียงพางคำ", "ตั้งแต่วันที่ ๑ ถึง ๓๑ ตุลาคม ๒๕๖๗", "ค่าธรรมเนียม ๒๕๐ บาท ต่อ ๑ ปี")


def page(pitch, side, font="Laksaman", offset=0):
    drawing = Drawing(font=font)
    for number, y in enumerate(range(300, 1500, pitch)):
        drawing.dots(200 + offset * (number % 2), 2300, y, pitch, side)
    for number in range(6):
        drawing.text(300, 400 + 130 * number, LINES[number % 3])
        drawing.text(300, 1700 + 130 * number, LINES[number % 3])
    return drawing


def read(drawing):
    pixels = np.ascontiguousarray(drawing.pixels)
    prepared = prepare(encode_grey(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 300))
    (reading,) = LineReader().read(NOTHING, 1, prepared, 300)
    return reading.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pitch", "side", "font", "offset"),
    [(24, 4, "Laksaman", 0), (30, 6, "Garuda", 15), (40, 8, "Norasi", 0), (36, 5, "Loma", 18)],
)
def test_dots_under_print_are_no_leaders_and_no_signs(pitch, side, font, offset):
    text = read(page(pitch, side, font, offset))
    assert "…" not in text
    assert len(text.strip().split("\n")) == 12
    assert text.count("๒๕๐ บาท") == 4
    assert text.count("๓๑ ตุลาคม ๒๕๖๗") == 4


@pytest.mark.slow
def test_rows_of_dots_to_be_written_on_stay():
    drawing = Drawing().prose()
    for number in range(8):
        drawing.dots(300, 1900, 1200 + 90 * number)
    assert read(drawing).count("……") == 8
