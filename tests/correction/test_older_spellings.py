"""What older papers spell in their own way, and what lists part in two, is no error."""

import pytest

from correction.engine import propose
from dictionaries.gazetteer import Level, load_gazetteer
from tests.correction.texts import reading


def rules(text):
    return {one.rule for one in propose(reading(text), strict=True).proposals}


@pytest.mark.parametrize(
    "text",
    [
        "เขตป่าสงวนแห่งชาติในท้องที่ตำบลตะโหมด อำเภอเขาไชยสน จังหวัดพัทลุง",
        "ยกฐานะสุขาภิบาลบางจัก อำเภอวิเศษไชยชาญ จังหวัดอ่างทอง",
        "ป่าครบุรี ในท้องที่ตำบลจรเข้หิน อำเภอครบุรี จังหวัดนครราชสีมา",
    ],
)
def test_names_as_older_papers_spell_them_are_accepted(text):
    assert not {one for one in rules(text) if one.startswith("GAZ")}


def test_a_damaged_name_is_still_repaired_and_a_former_one_still_told():
    assert "GAZ102" in rules("ตำบลตะโหมด อำเภอเขาชัยสม จังหวัดพัทลุง")
    gazetteer = load_gazetteer()
    assert "ไชยนาท" not in gazetteer.accepted[Level.PROVINCE]
    assert "ไชยนาท" in gazetteer.former[Level.PROVINCE]


def test_a_long_word_that_is_listed_is_not_made_another():
    assert "LEX101" not in rules("การค้ากับประเทศเวียตนามในปีที่ผ่านมา")


def test_a_word_that_stands_bare_is_no_damaged_province():
    assert "GAZ101" not in rules("อำเภออ่าวลึก จังหวัดกระบี่\nกระบิ\nถ้วย")


NAMES = [
    "ชานุ มาตรศรี",
    "วิไล ทองคำ",
    "สมชาย ใจดี",
    "อรุณ แสงทอง",
    "มานะ พากเพียร",
    "ปิติ สุขใจ",
    "ชูใจ งามตา",
    "วีระ กล้าหาญ",
]


def test_the_one_space_of_each_line_of_a_list_parts_it():
    assert "SPC102" not in rules("\n".join(NAMES))
    # Where the lines are not all of two parts, it may be spurious.
    assert "SPC102" in rules("\n".join(NAMES[:3]) + "\nมีการแบ่งปันและ แลกเปลี่ยนเรียนรู้ร่วมกัน")
