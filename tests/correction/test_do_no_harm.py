"""Legitimate texts of many kinds in which the rules about glyphs and spaces find nothing at all."""

import pytest

from correction.catalogue import rules_of
from correction.clusters import find_wandering_marks, legal, marks_wander, names_a_letter
from correction.engine import propose
from correction.glyphs import drawn
from model.private_use import PRIVATE_USE
from tests.correction.texts import context, reading

LEGITIMATE = {
    "prose": (
        "องค์การบริหารส่วนตำบลทุ่งใหญ่ได้จัดทำแผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖–๒๕๗๐) ตามระเบียบกระทรวงมหาดไทย\n"
        "ว่าด้วยการจัดทำแผนพัฒนาขององค์กรปกครองส่วนท้องถิ่น โดยมีน้ำประปาครบ 12 หมู่บ้าน ต่ำกว่าเป้าหมายร้อยละ 4.5 ๆ ละ\n"
        "ทั้งนี้ ฯพณฯ ก็ได้ให้สัมภาษณ์ว่า “ห่วงโซ่ ส่วนร่วม” นั้น สำคัญยิ่ง ณ ที่ว่าการอำเภอ เป็นต้น ฯลฯ"
    ),
    "rare letters": "ฤๅษี ฦๅชา พฤกษ์ อังกฤษ ฎีกา ปฏิญญา ฐาน ญาณ ศีรษะ กฤษฎีกา ณัฐวุฒิ ประทุษฐ์ บุฤๅษี พันธุ์ สิทธิ์ ศักดิ์ศรี",
    "pali": "นโม ตสฺส ภควโต อรหโต สมฺมาสมฺพุทฺธสฺส พุทฺธํ สรณํ คจฺฉามิ สงฺฆํ นมามิ เอวํ เม สุตํ กึ อิทํ ธมฺมํ",
    "pali with tone-like marks": "ตถาคโต อรหํ สมฺมาสมฺพุทฺโธ วิชฺชาจรณสมฺปนฺโน สุคโต โลกวิทู พฺราหฺมโณ สฺวากฺขาโต",
    "sanskrit": "อาตฺมนฺ ปฺรชฺญาปารมิตา สํสฺกฺฤต ศฺรี คเณศาย นมะ มหาภารตมฺ",
    "primer": "สระ ะ า ิ ี ึ ื ุ ู เ แ โ ใ ไ ำ\nไม้เอก ่ ไม้โท ้ ไม้ตรี ๊ ไม้จัตวา ๋\nรูป \u25cc์ เรียกว่า ทัณฑฆาต",
    "letters spoken of": "สระ า กับ สระ ำ ต่างกัน ไม้มลาย ไ ใช้เขียนคำว่า ไป ไม้ม้วน ใ ใช้เขียนยี่สิบคำ",
    "the alphabet": (
        "อักขระไทยประกอบด้วย ก ข ฃ ค ฅ ฆ ง จ ฉ ต ถ ท ธ น บ ป ผ\nฝ พ ฟ ภ ม ย ร ฤ ล ฦ ว ศ ษ ส ห ฬ อ ฮ ฯ ะ ั า ำ ิ ี "
        "ึ ื ุ ู เ แ โ ใ ไ ๅ ๆ ็ ่ ้ ๊ ๋"
    ),
    "chat": "555555 ขำาาา มากกกก ค่ะะะ ฮ่าๆๆๆ จ้าาา ไปป่าวว เออออ โอเคร้าบบบ ดีจ้า 😀😀😀",
    "tone marks spoken of": "วรรณยุกต์ ่ ้ ๊ ๋ มีสี่รูป",
    "table": "ลำดับ\tชื่อตำบล\tจำนวนหมู่บ้าน\n1\tชมภู\t9\r\n2\tกำแพง\t12\r\n\f3   สารภี      1 250   ก. ข.\n",
    "latin": "ISO/IEC 27001:2022 (Information security) e-mail: info@tambon.example.th naïve ÉCOLE Ête",
    "arabic and emoji": "มัสยิด \u0645\u06cc\u200c\u062e\u0648\u0627\u0647 \U0001f468\u200d\U0001f469",
    "other languages in thai letters": "กะเญอ เป็อง เก็บ ก็อง ปะ์ ซู็ง ฮ็อง ตฺรี",
    "abbreviations": "พ.ร.บ. อบต. จ.เชียงใหม่ อ.สารภี ต.ชมภู ม.9 ผอ.กกต. น.ส.3 ก. สปสช. โทร. 0-5333-1234 ต่อ 12",
    "broken lines": "เทศบาล\nตำบลศีขรภูมิ ที่ตั้งอยู่ใน\nอำเภอ\n  และ แ\nล้ว",
    "empty": "",
    "white": " \n\t\n  \r\n",
}


@pytest.mark.parametrize("kind", LEGITIMATE)
def test_legitimate_text_is_left_alone(kind):
    findings = propose(reading(LEGITIMATE[kind]), rules_of("ENC", "SPC0"), strict=True)
    assert [(p.rule, p.edit) for p in findings.proposals] == []
    assert [(f.rule, f.span) for f in findings.flags] == []


@pytest.mark.parametrize("marks", ["", "ี", "ี่", "์", "ุ์", "็", "ํ", "ิํ", "ุํ", "่ำ", "ำ", "ฺ", "๎", "ั้"])
def test_one_consonant_can_carry_these(marks):
    assert legal(marks)


@pytest.mark.parametrize("marks", ["ีี", "่ี", "่้", "ีุ", "่์", "ำ่", "็่่", "ํี", "ีำ"])
def test_no_consonant_carries_these(marks):
    assert not legal(marks)


def test_three_marks_on_nothing_say_that_a_pages_marks_have_wandered():
    assert find_wandering_marks("7 ํ 38 ่ 38") == ((1, 3), (6, 8))
    assert not marks_wander(context("7 ํ 38 ่ 38"))
    assert marks_wander(context("7 ํ 38 ่ 38\nืÉ"))
    assert find_wandering_marks("สระ \u25ccี พุทฺธํ ที่ดิน ก ่า") == ()


def test_a_word_that_names_a_letter_counts_only_right_before_it():
    text = "สระ ิ และไม้เอก ่ แล้ว ี"
    assert names_a_letter(text, text.index(" ิ"))
    assert names_a_letter(text, text.index(" ่"))
    assert not names_a_letter(text, text.index(" ี"))
    assert names_a_letter('สระ "', 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ตําบล", "ตำบล"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ท่ี", "ที่"),
        ("ที่่", "ที่"),
        ("เเละ", "และ"),
        ("ก\u200b\u2060ข\u0003", "กข"),
        ("ก ี", "กี"),
        ("ญ", "\uf70f"),
        ("12 บาท", "12บาท"),
    ],
)
def test_texts_that_are_drawn_alike_have_one_key(one, other):
    assert drawn(one) == drawn(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ตาบล", "ตำบล"),
        ("ที", "ที่"),
        ("ที้", "ที่"),
        ("ใ", "ไ"),
        ("๑", "1"),
        ("12 500", "12500"),
        ("๑๒ ๕๐๐", "๑๒๕๐๐"),
        ("1\u00a02", "12"),
        ("ก\nข", "กข"),
        ("ก\tข", "กข"),
        ("ก\u00adข", "กข"),
        ("ก\u0097ข", "กข"),
        ("หนา้", "หน้า"),
        ("กก", "ก"),
        ("a", "A"),
    ],
)
def test_texts_that_are_drawn_differently_have_different_keys(one, other):
    assert drawn(one) != drawn(other)


def test_every_private_form_is_known_once_and_stands_for_one_letter():
    """27 forms of Windows and 27 of the Macintosh."""
    assert set(PRIVATE_USE) == {chr(c) for c in (*range(0xF700, 0xF71B), *range(0xF884, 0xF89F))}
    assert set(PRIVATE_USE.values()) == set("ฐญ") | {
        chr(c) for c in (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4E))
    }
