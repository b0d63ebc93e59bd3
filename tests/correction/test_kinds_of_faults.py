"""Small texts of the kinds of faults that are seen in public: each is found, and its sound sister is left alone."""

import base64
import re

import pytest

from correction.engine import propose
from tests.correction.texts import reading

DAMAGED = [
    # Text in escapes, and characters that were lost.
    ("ENC012", "องค์การบริหารส่วนตำบล&#3594;มภู"),
    ("ENC012", "การประชุม&nbsp;สภา&amp;เทศบาล"),
    ("ENC012", "\\u3585?\\u3634?\\u3619?\\u3611?\\u3619?\\u3632?\\u3594?\\u3640?\\u3617?"),
    ("LOW004", "การ\ufffdระชุมสภาเทศบาล"),
    ("LOW004", "รายงานการประช?มสภาเทศบาล"),
    # Other scripts.
    ("LAT002", "ประจำปี 25б7"),
    ("LAT002", "พ.ศ. ២៥៦៧"),
    ("LAT002", "องค์การบริหารส่วu จังหวัดสตูล"),
    ("LAT002", "โครงnารก่อสร้างถนน"),
    ("LAT002", "sายงานการประชุม"),
    ("LAT002", "ประชุม ครั้งที่ З/2567"),
    ("LAT002", "พ.ศ. 256Ο"),
    # Dates and times.
    ("DAT005", "ประชุมเมื่อ 2567-13-01"),
    ("DAT005", "วันที่ 15 เดือน 13 พ.ศ. 2567"),
    ("DAT007", "เวลา ๑๓.๗๕ น."),
    ("DAT006", "ปีงบประมาณ 2570 - 2566"),
    ("DAT005", "ส่งข้อมูลเมื่อ 2025-02-30"),
    ("DAT005", "ณ วันที่สามสิบเอ็ด เดือนมิถุนายน"),
    ("DAT001", "ประจำเดือน เมษาบน 2568"),
    ("DAT001", "ภายในวันที่ ๓๑ กันยาคม ๒๕๖๘"),
    ("DIG002", "เวลา 08.3o น."),
    ("GAZ501", "อำเภอแม่สาย จังหวัดเชียงราย 5713"),
    ("DAT006", "ประชุมเวลา 13.00 ถึง 12.00 น."),
    # Sums, products and parts.
    ("DIG008", "ชาย 12 คน หญิง 15 คน รวม 28 คน"),
    ("DIG008", "๑,๒๐๐ + ๘๐๐ = ๒,๑๐๐ บาท"),
    ("DIG008", "ค่าวัสดุ 3 ชุด ชุดละ 500 บาท เป็นเงิน 1,600 บาท"),
    ("DIG014", "ร้อยละ 120.5 ของผู้ตอบแบบสอบถาม"),
    # Numbers and their words.
    ("DIG006", "เป็นเงิน (ห้าร้อยหมื่นบาทถ้วน)"),
    ("DIG007", "ค่าปรับวันละ 12,00 บาท"),
    ("DIG007", "ราคากลาง 1.250,00 บาท"),
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
    ("GAZ203", "เทศบาลตำบลกำแพง จังหวัดตรัง"),
    ("GAZ203", "เทศบาลนครหาดใหญ่ อำเภอเมืองสงขลา จังหวัดสงขลา"),
    ("GAZ203", "จังหวัด.....ลำพูน..... อำเภอ.....แม่จัน....."),
    ("GAZ201", "ตำบล/แขวง กำแพง อำเภอ/เขต ละงู จังหวัด ภูเก็ต"),
    ("GAZ201", "ตำบล(แขวง): กำแพง อำเภอ(เขต): ละงู จังหวัด: ภูเก็ต"),
    ("GAZ202", "แขวง/ตำบล: ลาดยาว เขต/อำเภอ: บางกะปิ จังหวัด: กรุงเทพมหานคร"),
    ("GAZ201", "ตำบล : กำแพง\nอำเภอ : ละงู\nจังหวัด : ภูเก็ต"),
    # Letters.
    ("REP004", "ร่างข้อบัญญัติงบบประมาณรายจ่าย"),
    ("REP004", "โครงกาารก่อสร้างถนน"),
    # Marks.
    ("ENC014", "ข้อกำ าหนดของเทศบาล"),
    ("ENC008", "การประช\u25ccุมสภาเทศบาล"),
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
    "ตำบล/แขวง กำแพง อำเภอ/เขต ละงู จังหวัด สตูล รหัสไปรษณีย์ 91110",
    "เทศบาลเมืองเขารูปช้าง อำเภอเมืองสงขลา จังหวัดสงขลา",
    "เวรเวลา 16.30 - 08.30 น. และกะดึก 22.00 น. ถึง 06.00 น.",
    "ชาย 12 คน หญิง 15 คน รวม 27 คน ค่าอาหาร 27 คน คนละ 80 บาท เป็นเงิน 2,160 บาท",
    "อำเภอแม่สาย จังหวัดเชียงราย 2567",
    "คณะกรรมการรับรองรายงานนายกรัฐมนตรีตามมติที่ประชุม",
    "จังหวัด ลำพูน\nอำเภอ บ้านโฮ่ง\nตำบล ศรีเตี้ย",
    "เปนปีที่ ๑๐ ในรัชชกาลปัตยุบัน พระพุทธศักราช ๒๔๗๗",
    "ตัวแปรnของสมการ 2x + 3 = 11 และวิตามินCกับค่าpH",
    "ธนบัตร 500,1000 บาท และค่าผ่านทาง 10,20 บาท",
    "เทศบาลนครเชียงใหม่ จังหวัดเชียงใหม่ และเทศบาลเมืองสตูล จังหวัดสตูล",
]


@pytest.mark.parametrize(("rule", "text"), DAMAGED)
def test_damage_of_each_kind_is_found(rule, text):
    assert rule in {one.rule for one in propose(reading(text), strict=True).all}


@pytest.mark.parametrize("text", SOUND)
def test_what_is_sound_is_left_alone(text):
    assert propose(reading(text), strict=True).all == ()


_TEXT = "องค์การบริหารส่วนตำบลขอประกาศแผนการจัดหาพัสดุ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"


@pytest.mark.parametrize(
    "written",
    [
        _TEXT.encode("utf-7").decode(),
        _TEXT.encode("utf-16-le").decode("utf-16-be"),
        "".join(one if one.isascii() else f"<U+{ord(one):04X}>" for one in _TEXT),
        "".join(one if one.isascii() else f"\\{ord(one):04x} " for one in _TEXT),
        "".join(one if one.isascii() else f"/uni{ord(one):04X}" for one in _TEXT),
        " ".join(f"U+{ord(one):04X}" for one in _TEXT),
        _TEXT.encode().hex(" "),
        base64.b64encode(_TEXT.encode()).decode(),
        _TEXT.encode("cp874").decode("iso8859-15"),
        "".join(one if one.isascii() else chr(0xE000 + ord(one) - 0xE00) for one in _TEXT),
    ],
    ids=[
        "UTF-7",
        "swapped bytes",
        "code points",
        "style sheet",
        "glyph names",
        "code points apart",
        "hexadecimal",
        "Base64",
        "ISO 8859-15",
        "moved font",
    ],
)
def test_a_text_in_another_writing_has_one_exact_repair(written):
    (only,) = propose(reading(written), strict=True).proposals
    assert (only.rule, only.edit.after) == ("ENC012", _TEXT)


def test_lines_that_stand_there_from_behind_have_one_exact_repair():
    rows = ["เทศบาลตำบลแม่ใจ ขอแจ้งให้ผู้เสียภาษีทราบ", "ให้ยื่นแบบแสดงรายการภายในเดือนเมษายนของทุกปี"]
    by_letter = [row[::-1] for row in rows]
    by_glyph = ["".join(reversed(re.findall(".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", row))) for row in rows]
    for written in (by_letter, by_glyph):
        (only,) = propose(reading("\n".join(written)), strict=True).proposals
        assert (only.rule, only.edit.after) == ("ENC012", "\n".join(rows))


@pytest.mark.parametrize("codec", ["cp932", "cp1254", "cp1258"])
def test_a_text_that_was_read_as_one_of_another_land_has_one_exact_repair(codec):
    text = "คณะกรรมการพิจารณาแผนงานของเทศบาลนคร"
    (only,) = propose(reading(text.encode("cp874").decode(codec)), strict=True).proposals
    assert (only.rule, only.edit.after) == ("ENC012", text)


@pytest.mark.parametrize(
    ("codec", "written_in"), [("gbk", "utf-8"), ("gbk", "cp874"), ("shift_jis", "utf-8")]
)
def test_where_such_a_reading_has_lost_bytes_one_flag_says_so(codec, written_in):
    (only,) = propose(reading(_TEXT.encode(written_in).decode(codec, "replace")), strict=True).all
    assert (only.rule, only.after) == ("ENC012", None)


def test_a_loop_within_which_something_stands_twice_is_one_finding():
    rows = [
        "ค่าวัสดุสำนักงาน จำนวน 20,000 บาท",
        "ค่าวัสดุไฟฟ้าและวิทยุ จำนวน 10,000 บาท",
        "ค่าวัสดุงานบ้าน จำนวน 5,000 บาท",
    ]
    found = [one.rule for one in propose(reading("\n".join(rows * 20)), strict=True).all]
    assert found == ["REP003"]
