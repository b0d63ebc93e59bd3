"""Dates in figures: found only where they are impossible in every way to read them."""

import pytest

from correction.facts.figure_dates import impossible_days, impossible_figures, impossible_words


def impossible(text):
    return [
        text[one.start : one.end]
        for one in (*impossible_figures(text), *impossible_words(text), *impossible_days(text))
    ]


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
        "31.13.2567",
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


@pytest.mark.parametrize(
    "date",
    [
        "31 เดือน 4 พ.ศ. 2567",
        "31 เมย. 2567",
        "31 เม.ย 2567",
        "31 เมษา 2567",
        "30 กพ 67",
        "31 April 2024",
        "Feb 30, 2024",
    ],
)
def test_careless_spoken_and_english_months_are_months(date):
    assert impossible(f"ลงวันที่ {date}, นั้น") == [date]
    assert impossible(f"ลงวันที่ {date.replace('31', '30').replace('30', '28')}, นั้น") == []
