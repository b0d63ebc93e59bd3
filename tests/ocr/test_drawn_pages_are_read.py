"""Pages with tables, leaders, check boxes and raised numbers, read from their image by the line reader alone."""

from typing import Any

import numpy as np
import pytest

from model.box import Box
from ocr.image.png import encode_grey
from ocr.image.prepare import prepare
from ocr.letters import ReadLetter
from ocr.line_reader.raised import with_raised
from ocr.line_reader.reader import LineReader
from tests.ocr.drawn import Drawing

pytestmark = pytest.mark.slow

NOTHING: Any = None  # the source of a page that is read from its image


def lines(drawing):
    pixels = np.ascontiguousarray(drawing.pixels)
    image = prepare(encode_grey(pixels.tobytes(), pixels.shape[1], pixels.shape[0], 300))
    (reading,) = LineReader().read(NOTHING, 1, image, 300)
    return reading.text.split("\n")[6:-1]


def test_cells_end_at_their_rules_and_a_dash_is_a_cell():
    drawing = Drawing().prose().grid([300, 500, 740, 940, 1140], [1300, 1400, 1500])
    for y, row in ((1378, ("๒๕๖๖", "๑๒,๔๐๐", "-", "๑๕๖")), (1478, ("๒๕๖๗", "๑๓,๙๐๕", "๙๗๕", "-"))):
        for x, cell in zip((308, 512, 770, 970), row, strict=True):
            if cell == "-":
                drawing.across(x + 40, x + 60, y - 24, width=5)
            else:
                drawing.text(x, y, cell)
    assert lines(drawing) == ["๒๕๖๖\t๑๒,๔๐๐\t-\t๑๕๖", "๒๕๖๗\t๑๓,๙๐๕\t๙๗๕\t-"]


def test_the_words_of_a_form_are_read_and_its_dots_are_one_sign():
    drawing = Drawing().prose().text(300, 1300, "ชื่อ").dots(400, 1000, 1300).text(1020, 1300, "นามสกุล")
    drawing.dots(1230, 1900, 1300).square(300, 1402).text(370, 1440, "อนุมัติ")
    drawing.square(700, 1402).text(770, 1440, "ไม่อนุมัติ").line((706, 1420), (716, 1438), (760, 1380))
    assert lines(drawing) == ["ชื่อ …… นามสกุล ……", "☐ อนุมัติ\t☑ ไม่อนุมัติ"]


@pytest.mark.parametrize(("digit", "sign"), [("2", "²"), ("3", "³")])
def test_a_raised_number_is_in_its_line_and_marked(digit, sign):
    drawing = Drawing().prose().text(300, 1300, "ครัวเรือนยากจน 12")
    x = 300 + drawing.width_of("ครัวเรือนยากจน 12")
    drawing.small_text(x + 4, 1274, digit).text(x + 50, 1300, "ครัวเรือน")
    assert lines(drawing) == [f"ครัวเรือนยากจน 12{sign} ครัวเรือน"]


def letters(text, left=0):
    return [
        ReadLetter(one, None if one == " " else Box(left + 20 * at, 0, left + 20 * at + 18, 40))
        for at, one in enumerate(text)
    ]


def test_where_a_raised_number_comes_in():
    def said(row):
        return "".join(one.text for one in row)

    assert said(with_raised(letters("มาตรา 7 แห่ง"), letters("3", left=140))) == "มาตรา 7³ แห่ง"
    assert said(with_raised(letters("รวมเงิน", left=100), letters("12", left=0))) == "¹² รวมเงิน"
    assert said(with_raised(letters("ม"), letters("2", left=20))) == "ม²"
    assert said(with_raised(letters("ก"), letters("๓", left=20))) == "ก ๓"


def test_the_slashes_of_a_date_to_be_filled_in_are_no_digits():
    drawing = Drawing().prose().text(300, 1300, "วันที่").dots(400, 560, 1300)
    drawing.text(580, 1300, "/").dots(610, 770, 1300).text(790, 1300, "/").dots(820, 980, 1300)
    drawing.text(300, 1400, "ข้อ").text(700, 1400, "7").text(900, 1400, "1")
    date, numbers = lines(drawing)
    assert date.replace("\t", " ") == "วันที่ …… / …… / ……"
    assert numbers == "ข้อ\t7\t1"


def test_a_check_box_stands_before_the_words_beside_it_and_not_in_a_line_across_the_page():
    drawing = Drawing().prose().square(300, 1250).text(380, 1300, "เห็นชอบ")
    drawing.text(1500, 1272, "ผู้อำนวยการ")
    assert "☐ เห็นชอบ" in "\n".join(lines(drawing))


def test_a_check_box_close_to_the_words_beside_it_stands_between_them():
    drawing = Drawing().prose().text(300, 1300, "งบแผ่นดิน")
    x = 300 + drawing.width_of("งบแผ่นดิน")
    drawing.square(x + 14, 1262).text(x + 66, 1300, "รายได้อื่น")
    assert lines(drawing) == ["งบแผ่นดิน ☐ รายได้อื่น"]
