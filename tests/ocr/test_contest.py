"""A page's layer and OCR of the page: the one that is language is the page's text, and pictures count for nobody."""

import pytest

from model.box import Box
from model.edit import Span
from model.page import Line, Reader, Reading
from ocr.text_layer.contest import contest, is_thai, likelihood
from ocr.text_layer.judge import judge

SIZE = (2000, 1000)
PROSE = "ที่ประชุมสภาเทศบาลเห็นชอบให้ซ่อมแซมถนนและท่อระบายน้ำภายในปีงบประมาณนี้"
GARBLED = "ถี่ปลุะตฝบธาเถบญงใหสฮนศอบเห้จพ๊อมแฮษถททและถ้อลุงวายน็ำภาฎในปี่งบปลุงมาฉนี้"


def reading(*words, name="text-layer", confidence=None):
    """A reading of words at (x, y), each letter 20 by 30 pixels."""
    text = ""
    boxes: list[Box | None] = []
    for word, x, y in words:
        if text:
            text += "\n"
            boxes.append(None)
        for step, letter in enumerate(word):
            text += letter
            boxes.append(None if letter.isspace() else Box(x + 20 * step, y, x + 20 * step + 18, y + 30))
    unknown = (None,) * len(text)
    lines = (Line(Span(0, len(text)), None),)
    return Reading(1, Reader(name, "1"), text, lines, tuple(boxes), (confidence,) * len(text), unknown)


def ocr(*words, confidence=0.99):
    return reading(*words, name="tesseract", confidence=confidence)


def against(layer, other, *, pictures=()):
    return contest(layer, other, pictures, SIZE).against


def test_two_that_agree_leave_the_layer_its_page():
    found = contest(reading((PROSE, 50, 50)), ocr((PROSE, 50, 50)), (), SIZE)
    assert found.agreement == 1.0
    assert found.against == ()
    assert found.outcome == "OCR agrees on 100.0% of the characters"


def test_the_garbled_one_of_two_has_failed_whichever_it_is():
    assert against(reading((PROSE, 50, 50)), ocr((GARBLED, 50, 50))) == ()
    (why,) = against(reading((GARBLED, 50, 50)), ocr((PROSE, 50, 50)))
    assert "is likelier language" in why


def test_a_layer_with_a_few_wrong_letters_loses_to_ocr_that_has_them_right():
    damaged = PROSE.replace("น้ำ", "น�ำ").replace("ถนน", "ฐนน")
    assert against(reading((damaged, 50, 50)), ocr((PROSE, 50, 50)))
    assert against(reading((PROSE, 50, 50)), ocr((damaged, 50, 50))) == ()


def test_leader_dots_read_as_latin_are_not_likely_in_a_thai_text():
    assert likelihood("ceseseersescecesessesceserers", thai=True).mean == pytest.approx(-2.5)
    assert is_thai(PROSE + " PDF")
    assert not is_thai("Department of Local Administration กรม")
    assert against(reading((PROSE, 50, 50)), ocr(("ceseseersescecesesses" * 3, 50, 50))) == ()


LETTERS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮ"
MARKS = "ะ ั า ำ ิ ี ึ ื ุ ู เ แ โ ใ ไ ๅ ๆ ็ ่ ้ ๊ ๋ ์ ํ"


def test_a_list_of_the_alphabet_is_neither_damage_nor_unlikely():
    text = f"{PROSE}\n{LETTERS} {MARKS}\n{PROSE}"
    doubts = judge([], text, None).doubts
    assert doubts == ()
    assert likelihood(text).letters == 2 * likelihood(PROSE).letters
    misread = (
        LETTERS.replace("ฃ", "ข").replace("ฅ", "ค").replace("ฌ", "ณ").replace("ฎฏ", "ฎฎ").replace("ฦ", "ภ")
    )
    layer = reading((PROSE, 50, 50), (LETTERS, 50, 100), (MARKS, 50, 150))
    assert against(layer, ocr((PROSE, 50, 50), (misread, 50, 100))) == ()


@pytest.mark.parametrize("damaged", ["กั งิ จี", "ก ั ง ิ จ ี น ้ ำ ำ", "เแโใไ เ แ โ"])
def test_marks_on_nothing_out_of_the_alphabet_s_order_are_damage(damaged):
    judged = judge([], f"{PROSE} {damaged.replace('กั', 'ก ั').replace('งิ', 'ง ิ')}", None)
    assert any("stand where none can" in doubt for doubt in judged.doubts)


def test_words_that_only_ocr_has_are_missing_from_the_layer():
    more = [("เอกสารฉบับนี้ได้จัดทำและส่งข้อมูลให้แก่กรมสรรพากร", 50, 400 + 60 * row) for row in range(3)]
    (why, *_) = against(reading((PROSE, 50, 50)), ocr((PROSE, 50, 50), *more))
    assert "more letters where it has none" in why


def test_what_ocr_reads_in_a_picture_counts_for_nobody():
    more = [("เอกสารฉบับนี้ได้จัดทำและส่งข้อมูลให้แก่กรมสรรพากร", 50, 400 + 60 * row) for row in range(3)]
    picture = Box(0, 380, 1900, 700)
    found = contest(reading((PROSE, 50, 50)), ocr((PROSE, 50, 50), *more), (picture,), SIZE)
    assert (found.agreement, found.missing) == (1.0, 0.0)
    assert found.against == ()


def test_soup_where_the_layer_has_nothing_is_no_missing_text():
    soup = [("144ฉณ+%ณฒณญ1111111", 50, 400 + 60 * row) for row in range(5)]
    assert against(reading((PROSE, 50, 50)), ocr((PROSE, 50, 50), *soup, confidence=0.9)) == ()


def test_with_few_letters_the_two_must_agree_on_half():
    assert against(reading(("๑,๒๕๐ บาท", 50, 50)), ocr(("๑,๒๕๐ บาท", 50, 50))) == ()
    assert against(reading(("๑,๒๕๐ บาท", 50, 50)), ocr(("รวมทั้งสิ้น", 50, 50)))
    assert against(reading(("๑,๒๕๐ บาท", 50, 50)), ocr()) == ()


def test_ocr_that_read_next_to_nothing_says_nothing_about_a_layer_of_many_letters_that_is_language():
    dots = ("๑ ๑ ๑ ๑ ต น ก ๑ ๑ ๑", 50, 50)
    assert against(reading((PROSE, 50, 50)), ocr(dots)) == ()
    assert against(reading((GARBLED, 50, 50)), ocr(dots))
