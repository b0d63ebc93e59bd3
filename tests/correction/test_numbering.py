"""The numbering of lists: doubted only where both sides go on in order and what is missing stands nowhere."""

import pytest

from correction.facts.numbering import out_of_order


def doubted(text):
    return [text[one.start : one.end] for one in out_of_order(text)]


def listed(marker, *numbers):
    about = ("แผนงาน", "งบประมาณ", "บุคลากร", "ทะเบียน", "อาคาร")
    return "\n".join(f"{marker.format(number)} {what}" for number, what in zip(numbers, about, strict=False))


MARKERS = ["ข้อ {}", "มาตรา {}", "({})", "{})", "{}.", "2.{}", "1.2.{}"]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_number_that_is_skipped_or_repeated_is_found_with_every_marker(marker):
    assert doubted(listed(marker, 1, 2, 4, 5)) == ["4"]
    assert doubted(listed(marker, "๑", "๒", "๔", "๕")) == ["๔"]
    assert doubted(listed(marker, 1, 2, 3, 3, 4)) == ["3"]
    assert doubted(listed(marker, 1, 2, 3, 4, 5)) == []


@pytest.mark.parametrize("marker", MARKERS)
def test_a_number_in_the_place_of_another_is_found(marker):
    assert doubted(listed(marker, 1, 2, 8, 4)) == ["8"]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_list_within_a_list_is_none_of_its_numbers(marker):
    inner = listed(marker, 1, 2)
    assert doubted("\n".join([listed(marker, 1, 2, 3), inner, listed(marker, 4, 5)])) == []


def test_letters_count_in_the_order_of_lists():
    assert doubted("(ก) อาคาร\n(ข) ถนน\n(ค) สะพาน\n(ง) ท่อ") == []
    assert doubted("(ก) อาคาร\n(ข) ถนน\n(ง) สะพาน\n(จ) ท่อ") == ["ง"]


def test_a_row_of_a_table_is_doubted_between_rows_alone():
    rows = [f"{number}\tหมู่บ้าน\t{number}0" for number in (1, 2, 3, 5, 6)]
    assert doubted("\n".join(rows)) == ["5"]
    assert doubted("\n".join(rows[:4])) == []


def test_references_and_versions_are_no_lists():
    assert doubted("ตามมาตรา ๑๐๙ (๑) (๒) (๔) หรือ (๖) และมาตรา ๑๑๐ (๑) (๓)") == []
    assert doubted("(๑) แผน\n(๒) งบ\nคงเดิม\n(๒) งบรวม\n(๓) ผล") == []
    assert doubted("ข้อ 1-2 ติดต่อกรมที่ดิน\nข้อ 3 ติดต่อกรมป่าไม้\nข้อ 4 ติดต่อจังหวัด") == []
    assert doubted("3.1 แผน\n3.2 งบ\nฯลฯ\n3.4 ผล\n3.5 สรุป") == []
