"""Notes in small print beside larger type: read to the last digit, and told where a reader loses one."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.edit import Span
from model.page import Line
from ocr.accounting.account import account
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.line_reader.reader import LineReader
from tests.ocr.drawn import Drawing

NOTHING: Any = None  # the source of a page that is read from its image

NOTES = (
    "หมายเหตุ งบประมาณทั้งสิ้น ๔๙๘,๐๐๐ บาท",
    "(๑) ค่าใช้สอย ๑๐๐,๕๐๐ บาท (๒) ค่าวัสดุ ๙๐,๐๐๐ บาท",
    "โทร. ๐ ๕๓๖๔ ๐๐๐๑ ต่อ ๑๐๐",
)
TYPES = [("Laksaman", 64, 34), ("Garuda", 80, 34), ("Loma", 96, 40), ("Norasi", 110, 40)]


def page(font, large, small, beside=True):
    """Seven lines of large type, the notes under them, and one of them beside a large word."""
    drawing = Drawing(font=font, size=large)
    notes = Drawing(font=font, size=small)
    notes.image, notes._pen = drawing.image, drawing._pen
    for number in range(7):
        drawing.text(250, 300 + round(1.7 * large) * number, "เทศบาลตำบลกำแพงจัดทำแผนพัฒนาท้องถิ่น")
    y = 300 + round(1.7 * large) * 8
    for note in NOTES:
        notes.text(250, y, note)
        y += round(1.9 * small)
    y += 2 * large
    if beside:
        drawing.text(250, y, "รวมเงิน")
        notes.text(310 + drawing.width_of("รวมเงิน"), y, NOTES[0])
    return drawing


def made_ready(drawing):
    pixels = np.ascontiguousarray(drawing.pixels)
    return prepare(encode_grey(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 300))


def read(prepared):
    (reading,) = LineReader().read(NOTHING, 1, prepared, 300)
    return reading


@pytest.mark.slow
@pytest.mark.parametrize(("font", "large", "small"), TYPES)
def test_notes_are_read_whole_under_large_type_and_beside_it(font, large, small):
    prepared = made_ready(page(font, large, small))
    reading = read(prepared)
    words = ["".join(line.split()) for line in reading.text.strip().split("\n")[7:]]
    assert words == ["".join(note.split()) for note in (*NOTES, "รวมเงิน" + NOTES[0])]
    assert account(prepared, reading).missing == ()


@pytest.mark.slow
@pytest.mark.parametrize(("font", "large", "small"), TYPES)
def test_what_a_reader_loses_of_a_note_is_told(font, large, small):
    prepared = made_ready(page(font, large, small, beside=False))
    reading = read(prepared)
    at = reading.text.index("๔๙๘,๐๐๐")
    lost = without(reading, at, at + 7)
    (place,) = account(prepared, lost).missing
    box = reading.box_of(Span(at, at + 7))
    assert box is not None
    assert place.box.left < box.right
    assert place.box.right > box.left
    assert place.box.top < box.bottom
    assert place.box.bottom > box.top


@pytest.mark.parametrize("font", ["Laksaman", "Garuda", "Norasi", "Purisa"])
def test_a_page_of_one_type_has_no_small_print_whatever_its_marks(font):
    drawing = Drawing(font=font).prose(lines=20)
    drawing.text(300, 2600, "ทั้งนี้ตั้งแต่วันที่ ๑ เมื่อสิ้นปีที่ผ่านมา").dots(300, 1900, 2800)
    assert made_ready(drawing).small_print == 0


def test_the_height_of_small_print_is_measured():
    assert made_ready(page("Laksaman", 64, 34)).small_print == pytest.approx(21, abs=2)
    assert made_ready(page("Garuda", 80, 34)).small_print == pytest.approx(20, abs=2)


def without(reading, start, end):
    """The reading that has lost some letters of one of its lines."""
    text = reading.text[:start] + reading.text[end:]
    lines, at = [], 0
    for row in text.split("\n"):
        lines.append(Line(Span(at, at + len(row)), None))
        at += len(row) + 1
    kept = {
        name: tuple(one for number, one in enumerate(getattr(reading, name)) if not start <= number < end)
        for name in ("boxes", "confidences", "gaps")
    }
    return replace(reading, text=text, lines=tuple(lines), **kept)
