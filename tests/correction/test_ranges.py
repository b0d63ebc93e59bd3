"""Ranges that end before they begin: found in frames that mean a range, and nowhere else."""

import pytest

from correction.facts.ranges import backward_dates, backward_numbers


def backward(text):
    return [text[one.start : one.end] for one in (*backward_dates(text), *backward_numbers(text))]


def test_a_range_is_backward_only_within_one_month_and_one_era():
    text = "31-28 เมษายน, 28-30 เมษายน, พ.ศ. 2570-2566, พ.ศ. 2566-2570, พ.ศ. 2567-2024"
    assert backward(text) == ["31-28", "2570-2566"]


@pytest.mark.parametrize(
    "both",
    [
        "5 มีนาคม 2567 - 4 กุมภาพันธ์ 2567",
        "5 มี.ค. 67 ถึง 4 ก.พ. 67",
        "5/3/2567 - 4/3/2567",
        "๕ มีนาคม ๒๕๖๗ – ๔ มีนาคม ๒๕๖๗",
        "5 มีนาคม 2567 ถึงวันที่ 4 กุมภาพันธ์ 2567",
    ],
)
def test_a_range_of_dates_with_both_years_is_held_against_the_calendar(both):
    assert backward(f"ตั้งแต่วันที่ {both} ณ") == [both]
    assert backward(f"ตั้งแต่วันที่ {both.replace('67', '66', 1).replace('๖๗', '๖๖', 1)} ณ") == []


def test_a_dash_that_begins_a_line_lists_something():
    assert backward("ลงวันที่ 30 เมษายน 2564\n- วันที่ 16 เมษายน 2564") == []
    assert backward("ตั้งแต่ 30 เมษายน 2564 -\n16 เมษายน 2564") == ["30 เมษายน 2564 -\n16 เมษายน 2564"]


@pytest.mark.parametrize("text", ["หน้า 45-32", "หน้าที่ ๔๕ – ๓๒", "ข้อ 8-5", "มาตรา ๗๐ ถึงมาตรา ๖๙", "ลำดับที่ 10-3"])
def test_labels_count_upwards(text):
    assert len(backward(text)) == 1


@pytest.mark.parametrize(
    "text", ["หน้า 145-52", "ข้อ 12-5/2567", "หมู่ที่ 9-3-10", "ล่วงหน้า 10-5 วัน", "อายุ 1.5 - 1 ปี"]
)
def test_what_may_be_something_else_is_left_alone(text):
    assert backward(text) == []
