"""Closed classes of facts: what no clock, no numbering plan, no whole and no check digit allows; silent otherwise."""

import pytest

from correction.facts.clock import impossible_times
from correction.facts.identity_numbers import check_digit, wrong_identity_numbers
from correction.facts.percentages import contradicted_by_words, more_than_the_whole
from correction.facts.scaled import contradicted_scales
from correction.facts.telephone import AREAS, impossible_telephones


def at(found, text):
    return [text[one[0] : one[1]] for one in found(text)]


@pytest.mark.parametrize("time", ["25.00", "24:30", "08.60", "๒๔.๐๑", "12.30.75"])
def test_a_time_that_no_clock_shows_is_found_in_front_and_behind(time):
    assert at(impossible_times, f"เวลา {time} น.") == [time]
    assert at(impossible_times, f"ตั้งแต่ {time} - 16.30 น.") == [time]
    assert at(impossible_times, f"ราคา {time} บาท") == []


@pytest.mark.parametrize("said", ["7 ทุ่ม", "บ่าย 6 โมง", "12 โมงเช้า", "26 นาฬิกา", "9 นาฬิกา 60 นาที"])
def test_hours_that_nobody_says(said):
    assert at(impossible_times, f"เวลา {said}") == [said]


@pytest.mark.parametrize(
    "said", ["6 ทุ่ม", "บ่าย 5 โมง", "11 โมงเช้า", "24 นาฬิกา", "9 นาฬิกา 59 นาที", "20 ทุ่มเท", "00.00 น."]
)
def test_hours_that_are_said(said):
    assert at(impossible_times, f"เวลา {said}") == []


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_lines_of_nine_digits(area):
    number = f"0{area}" + "1234567"[: 8 - len(area)]
    assert at(impossible_telephones, f"โทร. {number}") == []
    assert at(impossible_telephones, f"โทร. {number[:-1]}") == [number[:-1]]
    assert at(impossible_telephones, f"โทร. {number}0") == [f"{number}0"]


@pytest.mark.parametrize("area", ["40", "41", "46", "50", "51", "57", "70", "71", "72", "78"])
def test_areas_that_the_plan_does_not_have(area):
    assert at(impossible_telephones, f"โทรศัพท์ 0{area}123456") == [f"0{area}123456"]


@pytest.mark.parametrize(
    "numbers",
    [
        "0 2272 9529-30",
        "0-2123-4567 ต่อ 12",
        "02 881 4840 02-887 5072",
        "081 837 5916, 0 2643 4471",
        "๐ ๒๔๔๘ ๙๑๒๘-๓๙",
        "(02) 273-9020",
        "0 2345 xxxx",
        "281-1234",
        "001 66 2 123 4567",
        "1800 123 456",
    ],
)
def test_numbers_of_the_plan_and_what_hides_digits_say_nothing(numbers):
    assert at(impossible_telephones, f"โทร. {numbers} ในเวลาราชการ") == []


def test_mobile_lines_had_nine_digits_until_2549():
    assert at(impossible_telephones, "พ.ศ. 2545 โทร. 01-234-5678") == []
    assert at(impossible_telephones, "พ.ศ. 2565 โทร. 01-234-5678") == ["01-234-5678"]


def test_a_hotline_has_three_or_four_digits():
    assert at(impossible_telephones, "สายด่วน 11115 หรือสายด่วน 1111 กด 1 สายด่วน 191") == ["11115"]


@pytest.mark.parametrize("first", range(9))
def test_one_last_digit_of_ten_is_right(first):
    twelve = f"{first}20019900123"
    right = check_digit([int(digit) for digit in f"{twelve}0"])
    for last in range(10):
        written = f"เลขประจำตัวประชาชน {twelve}{last}"
        assert bool(list(wrong_identity_numbers(written))) is (last != right)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("คิดเป็นร้อยละ 120 ของครัวเรือนทั้งหมด", ["120"]),
        ("๑๐๑ % ของนักเรียนทั้งสิ้น", ["๑๐๑"]),
        ("ผู้มาใช้สิทธิ คิดเป็นร้อยละ 165.30", ["165.30"]),
        ("คิดเป็นร้อยละ 100 ของครัวเรือนทั้งหมด", []),
        ("เบิกจ่ายร้อยละ 125 ของแผนทั้งหมด", []),
        ("ขยายตัวร้อยละ 420.3 เมื่อเทียบกับปีก่อน", []),
        ("ผู้มาใช้สิทธิเพิ่มขึ้นร้อยละ 150", []),
    ],
)
def test_a_part_is_no_more_than_its_whole(text, found):
    assert at(more_than_the_whole, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ร้อยละ 15 (สิบสอง)", ["15"]),
        ("ร้อยละ ๗.๕ (เจ็ดจุดหก)", ["๗.๕"]),
        ("ร้อยละสิบห้า (12%)", ["12"]),
        ("20 % (ร้อยละสามสิบ)", ["20"]),
        ("ร้อยละ 15 (สิบห้า) ร้อยละ 7.50 (เจ็ดจุดห้า)", []),
        ("ร้อยละ 5 (ห้าแสนบาท) ร้อยละ 2 (ข้อเสนอ)", []),
    ],
)
def test_a_percentage_and_its_words(text, found):
    assert at(contradicted_by_words, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.5 ล้านบาท (หนึ่งล้านสี่แสนบาทถ้วน)", ["1.5 ล้านบาท"]),
        ("1.5 ล้านบาท (1,400,000 บาท)", ["1.5 ล้านบาท"]),
        ("2 พันล้านบาท (200 ล้านบาท)", ["2 พันล้านบาท"]),
        ("๒.๓ แสนคน (๒๐๓,๐๐๐ คน)", ["๒.๓ แสนคน"]),
        ("1.5 ล้านบาท (1,523,400 บาท)", []),
        ("2 พันล้านบาท (2,000 ล้านบาท)", []),
        ("13,786.67 ล้านบาท (15,954.74 ล้านบาท)", []),
        ("27 ล้านดอลลาร์สหรัฐ (900 ล้านบาท)", []),
        ("20 บาท (239.47 ล้านบาท)", []),
    ],
)
def test_a_scaled_number_may_be_rounded_and_no_more(text, found):
    assert at(contradicted_scales, text) == found
