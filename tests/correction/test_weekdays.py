"""Weekdays beside dates: found only where no reading of the date fell on them."""

import pytest

from correction.facts.weekdays import NAMES, weekday_contradictions


def found(text):
    return [(text[one.start : one.end], NAMES[one.fell_on]) for one in weekday_contradictions(text)]


@pytest.mark.parametrize(
    "date",
    [
        "วัน{}ที่ 8 กุมภาพันธ์ 2569",
        "วัน{} ที่ 8 ก.พ. 2569",
        "วัน{}ที่ 8 เดือนกุมภาพันธ์ พ.ศ. 2569",
        "วัน{}ที่ 8 กพ 69",
        "วัน{}ที่ ๘/๒/๒๕๖๙",
        "{}ที่ 8 กุมภาพันธ์ 2026",
        "8 กุมภาพันธ์ 2569 (วัน{})",
        "8 ก.พ. 2569 ({})",
        "8 กุมภาพันธ์ 2569 ตรงกับวัน{}",
        "8 กุมภาพันธ์ 2569 เป็นวัน{}",
    ],
)
def test_the_weekday_of_a_date_stands_in_front_or_behind(date):
    assert found("กำหนด " + date.format("จันทร์")) == [(date.format("จันทร์"), "วันอาทิตย์")]
    assert found("กำหนด " + date.format("อาทิตย์")) == []


def test_short_weekdays_are_weekdays_beside_dates_alone():
    assert found("กำหนด จ. 8 ก.พ. 69") == [("จ. 8 ก.พ. 69", "วันอาทิตย์")]
    assert found("เลือกตั้ง ส.ส. 14 พ.ค. 66 และ ศ. 8 คน") == []


def test_two_digits_of_a_year_are_believed_in_either_era():
    assert found("วันศุกร์ที่ 14 กุมภาพันธ์ 20") == []  # 2020; 2520 would be a Monday
    assert found("วันจันทร์ที่ 14 กุมภาพันธ์ 20") == []
    assert found("วันอังคารที่ 14 กุมภาพันธ์ 20") == [("วันอังคารที่ 14 กุมภาพันธ์ 20", "วันจันทร์")]


def test_the_items_of_a_list_share_month_and_year():
    text = "วันจันทร์ที่ 9 และวันพุธที่ 10 กุมภาพันธ์ 2569"
    assert found(text) == [("วันพุธที่ 10 กุมภาพันธ์ 2569", "วันอังคาร")]
    assert found("วันอังคารที่ 9 และวันอังคารที่ 10 กุมภาพันธ์ 2569") == [("วันอังคารที่ 9", "วันจันทร์")]


def test_without_a_year_the_items_are_held_against_each_other():
    assert found("วันจันทร์ที่ 9 - วันพุธที่ 11 กุมภาพันธ์") == []
    assert found("วันจันทร์ที่ 9 - วันพุธที่ 12 กุมภาพันธ์") == [("วันพุธที่ 12 กุมภาพันธ์", "วันพฤหัสบดี")]
    assert found("วันเสาร์ที่ 31 - วันพุธที่ 1 กุมภาพันธ์") == []


def test_the_number_of_the_next_item_is_no_year():
    assert found("วันอาสาฬหบูชา วันอังคารที่ 1 สิงหาคม\n12. วันเข้าพรรษา") == []
