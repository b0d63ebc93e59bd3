"""Words that a rule strikes out on a scan are read and told; rules under lines and in tables strike nothing."""

import io

import pytest
from PIL import Image

from model.account import UnseenKind
from ocr.accounting.account import account
from ocr.image.prepare import prepare
from ocr.line_reader.reader import LineReader, find_lines
from tests.ocr.drawn import Drawing

LINE = "เทศบาลตำบลกำแพงจัดทำแผนพัฒนาท้องถิ่นเพื่อใช้เป็นกรอบ"


def prepared(drawing):
    data = io.BytesIO()
    Image.fromarray(drawing.pixels).save(data, "PNG", dpi=(300, 300))
    return prepare(data.getvalue())


def struck(drawing):
    """The lines that are read, and the words of them that are told to be struck out."""
    page = prepared(drawing)
    reader = LineReader()
    lines = find_lines(page)
    reading = reader.reading(1, page, lines, reader.letters(page, lines))
    told = [one for one in account(page, reading).unseen if one.kind is UnseenKind.STRUCK]
    return reading.text.splitlines(), [reading.text[one.span.start : one.span.end] for one in told]


@pytest.mark.slow
def test_a_struck_word_is_read_and_told():
    drawing = Drawing().prose()
    left = 300 + drawing.width_of("เทศบาลตำบล")
    right = 300 + drawing.width_of("เทศบาลตำบลกำแพงจัดทำ")
    drawing.across(left, right, 410 - 22, 5)
    lines, told = struck(drawing)
    assert lines == [LINE] * 6
    (words,) = told
    assert "กำแพงจัดท" in words
    assert len(words) <= len("ลกำแพงจัดทำแ")


@pytest.mark.slow
@pytest.mark.parametrize("font", ["Laksaman", "Garuda", "Norasi"])
def test_words_of_two_letters_are_told_with_their_first_letter_and_their_marks(font):
    drawing, words, y = Drawing(font=font).prose(), ("ไม่อนุมัติ", "ใช้", "ไม่มี", "๑๒๕"), 1100
    for word in words:
        left = 300 + drawing.width_of("ผลคือ ")
        drawing.text(300, y, "ผลคือ").text(left, y, word)
        drawing.text(left + drawing.width_of(word + " "), y, "และแจ้งผล")
        drawing.across(left, left + drawing.width_of(word), y - 20, 5)
        y += 130
    assert struck(drawing)[1] == list(words)


@pytest.mark.parametrize("height", [10, 14, 22])
def test_a_rule_through_words_strikes_them_low_and_high(height):
    drawing = Drawing().prose()
    left = 300 + drawing.width_of("เทศบาลตำบล")
    right = 300 + drawing.width_of("เทศบาลตำบลกำแพงจัดทำแผน")
    (strike,) = prepared(drawing.across(left, right, 410 - height, 5)).drawn.strikes
    assert abs(strike.left - left) <= 8
    assert abs(strike.right - right) <= 8


def test_rules_under_lines_between_rows_and_of_tables_strike_nothing():
    under = Drawing().prose()
    under.across(300, 1500, 410 + 6, 4)
    between = Drawing().prose().across(300, 1500, 410 - 70, 4)
    table = Drawing().prose(lines=2)
    for row in range(5):
        table.text(320, 1000 + 90 * row, "ตำบลกำแพงญูฎฐปฏิบัติ")
    table.grid((300, 1200, 1900), [930 + 90 * row for row in range(6)])
    for drawing in (under, between, table):
        assert prepared(drawing).drawn.strikes == ()
