"""What pages hand on to each other: headings and tables, and when they are at an end."""

import pytest

from correction.engine import propose
from model.carried import Carried, CarriedHeading, CarriedTable
from model.page import Reader, Reading

READER = Reader("test", "1")


def pages(*texts):
    """What the rules find on each page, examined under what the one before hands on."""
    found, under = [], None
    for number, text in enumerate(texts, 1):
        found.append(propose(Reading.of_text(text, READER, number), under=under, strict=True))
        under = found[-1].hands_on
    return found


def handed(*texts):
    return pages(*texts)[-1].hands_on


def repairs(found):
    return {one.edit.before: one.edit.after for one in found.proposals if one.rule.startswith("GAZ")}


TABLE = "บัญชีรายชื่ออำเภอ\nจังหวัดสตูล\nลำดับ\tอำเภอ\tหมู่บ้าน\n1\tเมืองสตูล\t70\n2\tควนโดน\t31\n"
TREE = "จังหวัด\tอำเภอ\tตำบล\nสตูล\tละงู\tกำแพง\n\t\tละงู\n"


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (TABLE, "3\tละงู\t61\n4\tมะนง\t20\n5\tทุ่งหวา\t34\n6\tท่าแพ\t31\n", {"มะนง": "มะนัง", "ทุ่งหวา": "ทุ่งหว้า"}),
        (TREE, "\t\tเขาขาว\n\t\tเขาขา\n\t\tปากน้ำ\n", {"เขาขา": "เขาขาว"}),
        ("๑. จังหวัดสตูล\n(๑) อำเภอละงู", "(๒) อำเภอทุ่งหวา\n(๓) อำเภอท่าแพ", {"ทุ่งหวา": "ทุ่งหว้า"}),
        ("อำเภอละงู จังหวัดสตูล\n- ตำบลกำแพง\n- ตำบลละงู", "- ตำบลเขาขา\n- ตำบลปากน้ำ", {"เขาขา": "เขาขาว"}),
        ("หน่วยเลือกตั้ง จังหวัดตรัง (๑๐ อำเภอ)\nอำเภอกันตัง", "อำเภอหวยยอด\nอำเภอสิเกา", {"หวยยอด": "ห้วยยอด"}),
    ],
)
def test_a_list_that_goes_on_is_read_under_what_stands_on_the_page_before(before, text, expected):
    _, found = pages(before, text)
    assert repairs(found) == expected
    assert all(one.evidence[-1].named["page"] == 1 for one in found.proposals)


def test_a_heading_goes_on_over_several_pages_and_ends_with_the_next():
    first = "จังหวัดสตูล\nอำเภอควนโดน"
    headings = handed(first, "อำเภอละงู มีตำบลหลายตำบล และมีหมู่บ้านอีกหลายหมู่บ้านในทุกตำบล").headings
    assert headings == (CarriedHeading(1, "จังหวัดสตูล", "91"),)
    headings = handed(first, "จังหวัดตรัง\nอำเภอกันตัง").headings
    assert headings[0] == CarriedHeading(2, "จังหวัดตรัง", "92")


@pytest.mark.parametrize(
    "text",
    [
        "ไม่มีสถานที่ใดในหน้านี้",
        "จังหวัดสตูล\nประชุมร่วมกับเจ้าหน้าที่ของอำเภอกันตัง ซึ่งเป็นผู้ประสานงานของโครงการในครั้งนี้",
        "จังหวัดสตูล\nอำเภอละงู" + "\nข้อความอื่นที่ไม่เกี่ยวข้องกับสถานที่" * 20,
        "ในการประชุมครั้งนี้มีผู้แทนจากหลายหน่วยงานเข้าร่วม รวมทั้งผู้แทนจากจังหวัดสตูล ซึ่งเป็นเจ้าภาพ",
        "จังหวัดสตลู\nกลุ่มงาน",
    ],
)
def test_what_is_no_heading_or_is_at_an_end_is_not_handed_on(text):
    assert handed(text) is None


def test_text_of_another_kind_at_the_top_of_the_page_ends_a_list():
    text = "เรื่องอื่น\n" * 15 + "อำเภอละงู"
    _, found = pages(TABLE, text + "\nอำเภอทุ่งหวา")
    assert "heading before" not in str(found.proposals)


def test_a_table_of_other_things_is_not_taken_for_the_one_that_goes_on():
    _, found = pages(TABLE, "3\tค่าน้ำมัน\t500\n4\tค่าเช่า\t20\n5\tทุ่งหวา\t34\n")
    assert found.proposals == ()
    assert found.hands_on is None


def test_a_province_of_its_own_stands_above_what_was_handed_on():
    _, found = pages(TABLE, "จังหวัดตรัง\nอำเภอหวยยอด\nอำเภอกันตัง")
    assert all(one.evidence[-1].kind != "heading before" for one in found.proposals)


def test_what_is_handed_on_says_what_stands_in_the_columns():
    assert handed(TABLE) == Carried(
        (CarriedHeading(1, "จังหวัดสตูล", "91"),), CarriedTable(("", "district", ""), wide=True)
    )
    assert [one.text for one in handed(TREE).headings] == ["สตูล", "ละงู"]


def test_the_same_page_under_the_same_gives_the_same():
    under = Carried((CarriedHeading(4, "จังหวัดสตูล", "91"),))
    reading = Reading.of_text("๕. อำเภอทุ่งหวา", READER, 5)
    assert propose(reading, under=under) == propose(reading, under=under)
    assert propose(reading, under=under) != propose(reading)


def test_a_name_that_nothing_on_its_page_explains_is_found_by_the_heading_before_it_alone():
    before, text = "จังหวัดสตูล\nอำเภอควนโดน", "อำเภอละง"
    assert [repairs(found) for found in pages(text)] == [{}]
    assert [repairs(found) for found in pages(before, text)] == [{}, {"ละง": "ละงู"}]


@pytest.mark.parametrize("first", ["กรุงเทพมหานคร\tบางรัก\tสีลม", "สตูล\tละงู\tกำแพง"])
def test_the_head_of_a_table_announces_no_place_of_its_first_row(first):
    (found,) = pages(f"จังหวัด\tอำเภอ\tตำบล\n{first}\n")
    assert [one.rule for one in found.all] == []
