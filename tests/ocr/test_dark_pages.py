"""Pages printed light on dark as a whole are read; what is dark for another reason is left as it is."""

from typing import Any

import numpy as np
import pytest

from ocr.accounting.account import account
from ocr.image.dark_pages import is_dark_page
from ocr.image.orientation import thumbnail
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.line_reader.reader import LineReader
from tests.ocr.drawn import Drawing

NOTHING: Any = None  # the source of a page that is read from its image
STEP = "light print on a dark page turned dark"
LINES = ("ประกาศเทศบาลตำบลเวียงพางคำ", "รับสมัครตั้งแต่วันที่ ๑ ถึง ๓๑ ตุลาคม ๒๕๖๗", "โทร. ๐ ๕๓๗๓ ๑๑๘๗ ต่อ ๑๐๑")


def dark_page(font="Laksaman", ground=20, shade=255, size=64):
    drawing = Drawing(font=font, size=size)
    drawing.image.paste(ground, (0, 0, 2480, 3508))
    for number in range(9):
        drawing.text(300, 400 + 2 * size * number, LINES[number % 3], shade)
    return drawing


def prepared(pixels):
    return prepare(encode_grey(np.ascontiguousarray(pixels).tobytes(), pixels.shape[1], pixels.shape[0], 300))


def is_dark(pixels):
    return is_dark_page(thumbnail(np.asarray(pixels, np.uint8)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("font", "ground", "shade", "size"),
    [("Laksaman", 20, 255, 64), ("Garuda", 70, 245, 48), ("Norasi", 110, 250, 72)],
)
def test_a_page_light_on_dark_is_read_with_a_light_field_on_it(font, ground, shade, size):
    drawing = dark_page(font, ground, shade, size)
    drawing.image.paste(255, (300, 2700, 2100, 3000))
    drawing.text(340, 2870, "ค่าธรรมเนียม ๒๕๐ บาท")
    page = prepared(drawing.pixels)
    assert page.preparation.steps[0] == STEP
    (reading,) = LineReader().read(NOTHING, 1, page, 300)
    words = ["".join(line.split()) for line in reading.text.strip().split("\n")]
    assert words == ["".join(line.split()) for line in (*LINES * 3, "ค่าธรรมเนียม ๒๕๐ บาท")]
    assert account(page, reading).missing == ()


@pytest.mark.parametrize("noise", [0, 12])
def test_light_print_is_seen_by_its_rows_in_noise_too(noise):
    grain = np.random.default_rng(5).integers(0, noise + 1, (3508, 2480))
    assert is_dark(np.clip(dark_page(ground=40, shade=230).pixels + grain, 0, 255))


def test_dark_print_on_light_paper_is_left():
    assert not is_dark(Drawing().prose(lines=20).pixels)


def test_a_sheet_on_a_dark_table_is_left():
    table = np.full((5000, 4200), 30, np.uint8)
    table[700:4208, 800:3280] = Drawing().prose(lines=20).pixels
    assert not is_dark(table)


def test_a_photograph_at_night_is_left():
    dice = np.random.default_rng(7)
    night = dice.integers(10, 60, (3508, 2480)).astype(np.uint8)
    for x, y, side in dice.integers((0, 0, 8), (2400, 3400, 60), (200, 3)).tolist():
        night[y : y + side, x : x + side] = 240
    assert not is_dark(night)
