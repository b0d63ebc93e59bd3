"""Small texts of the kinds of faults that are seen in public: each is found, and its sound sister is left alone."""

import pytest

from correction.engine import propose
from tests.correction.texts import reading

DAMAGED = [
    # Text in escapes, and characters that were lost.
    ("ENC012", "องค์การบริหารส่วนตำบล&#3594;มภู"),
    ("ENC012", "การประชุม&nbsp;สภา&amp;เทศบาล"),
    ("ENC012", "\\u3585?\\u3634?\\u3619?\\u3611?\\u3619?\\u3632?\\u3594?\\u3640?\\u3617?"),
    ("LOW004", "การ\ufffdระชุมสภาเทศบาล"),
    ("REP003", "๑" * 120),
    # Other scripts.
    ("LAT002", "ประจำปี 25б7"),
    ("LAT002", "พ.ศ. ២៥៦៧"),
    # Dates and times.
    ("DAT005", "ประชุมเมื่อ 2567-13-01"),
    ("DAT005", "วันที่ 15 เดือน 13 พ.ศ. 2567"),
    ("DAT007", "เวลา ๑๓.๗๕ น."),
    ("DAT006", "ปีงบประมาณ 2570 - 2566"),
    # Numbers and their words.
    ("DIG005", "(ห้าล้านสองแสนบาทถ้วน) 5,020,000 บาท"),
    ("DIG005", "แต่งตั้งกรรมการ จำนวนสิบเอ็ด (12) คน"),
    ("DIG010", "(1) หนึ่ง\n(2) สอง\n(2) สาม\n(3) สี่"),
    ("DIG011", "เลขประจำตัวประชาชน ๓ ๑๐๐๕ ๐๑๔๓๑ ๑๖ ๕"),
    ("DIG013", "โทร. ๐๒-๑๒๓๔-๕๖๗๘๙"),
    ("DIG016", "รหัสไปรษณีย์ 9111"),
    # Places.
    ("GAZ203", "จังหวัดเชียงใหม่ อำเภอเมืองเชียงใหม่ ตำบลรอบเวียง"),
    ("GAZ203", "เทศบาลนครเชียงใหม่ จังหวัดเชียงราย"),
    ("GAZ203", "เทศบาลเมืองสตูล จังหวัดตรัง"),
    ("GAZ201", "ตำบล : กำแพง\nอำเภอ : ละงู\nจังหวัด : ภูเก็ต"),
    # Marks.
    ("ENC013", "คณะกรรมการตอ้งแกไ้ขปัญหานำ้ทว่มในหมูบ่า้นใหแ้ลว้เสร็จ"),
]
SOUND = [
    "อ่านเรื่อง &nbsp; และ &#3585; ในคู่มือการเขียนเว็บ",
    "วันที่ 29 กุมภาพันธ์ 2567 เวลา 08.30 - 16.30 น.",
    "มาตรา 31/2 และข้อ 2.30 เลขที่ 45/2567",
    "(ห้าล้านสองแสนบาทถ้วน) 5,200,000 บาท",
    "แต่งตั้งกรรมการ จำนวนสิบสอง (12) คน",
    "บริษัท ABC จำกัด และ µm, α, β, °C, Ω",
    "โทร. 0-7478-1234 ต่อ 12 โทรสาร 0 2123 4567",
    "รหัสไปรษณีย์ 91110",
    "ตำบลศรีภูมิ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่",
    "เทศบาลนครเชียงใหม่ จังหวัดเชียงใหม่ และเทศบาลเมืองสตูล จังหวัดสตูล",
]


@pytest.mark.parametrize(("rule", "text"), DAMAGED)
def test_damage_of_each_kind_is_found(rule, text):
    assert rule in {one.rule for one in propose(reading(text), strict=True).all}


@pytest.mark.parametrize("text", SOUND)
def test_what_is_sound_is_left_alone(text):
    assert propose(reading(text), strict=True).all == ()
