"""Dates in figures: found only where they are impossible in every way to read them."""

import pytest

from correction.facts.figure_dates import backward_ranges, impossible_days, impossible_figures


def impossible(text):
    return [text[one.start : one.end] for one in (*impossible_figures(text), *impossible_days(text))]


@pytest.mark.parametrize(
    "date",
    [
        "31/02/2567",
        "๓๑/๔/๒๕๖๗",
        "30-02-2567",
        "12/13/2567",
        "0/1/2567",
        "31/02/2024",
        "13/13/2024",
        "29/02/2566",
    ],
)
def test_a_day_that_no_calendar_has_is_found(date):
    assert impossible(f"ลงวันที่ {date} นั้น") == [date]


@pytest.mark.parametrize(
    "text",
    [
        "ลงวันที่ 29/02/2567",
        "ลงวันที่ 12/31/2024",
        "เลขที่ 31/02/2567",
        "31/02/99",
        "หน้า 31/02/1234",
        "1/31/02/2567",
        "31.02.2567",
        "ลงวันที่ 29 ก.พ. 20",
        "29 ก.พ. 66 คน",
        "วันที่ 31/4/2567/1",
    ],
)
def test_what_may_be_right_or_no_date_is_left_alone(text):
    assert impossible(text) == []


@pytest.mark.parametrize(
    ("year", "found"), [("66", True), ("67", False), ("63", False), ("20", False), ("21", True)]
)
def test_a_short_year_is_buddhist_or_of_this_century(year, found):
    assert bool(impossible(f"ลงวันที่ 29 ก.พ. {year}")) is found


def test_a_range_is_backward_only_within_one_month_and_one_era():
    text = "31-28 เมษายน, 28-30 เมษายน, พ.ศ. 2570-2566, พ.ศ. 2566-2570, พ.ศ. 2567-2024"
    assert [text[one.start : one.end] for one in backward_ranges(text)] == ["31-28", "2570-2566"]
