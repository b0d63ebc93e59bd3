"""Ranges that end before they begin: days, dates, months, years; pages, clauses, ages, numbers.

Only what stands in a frame that means a range is looked at, and what may be a short way of writing (หน้า 145-52) or
something else (279-3-10 ไร่) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.calendar import ANY_MONTH, ERA, christian_years, is_day, month_number
from correction.facts.numbers import DIGIT, arabic, value_of

_GAP = "[ \u00a0]?"
_DASH = rf"{_GAP}[-–]\s?"
_TO = rf"{_GAP}(?:[-–]|ถึง)\s?"
"""A dash at the beginning of a line lists something."""
_ENDS_A_MONTH = "[คมยน์.]"
_DAYS = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?<!{_ENDS_A_MONTH})(?<!{_ENDS_A_MONTH} )(?<!ปี)(?<!ปี )(?P<first>{DIGIT}{{1,2}})"
    rf"{_DASH}(?P<last>{DIGIT}{{1,2}})\s{{0,2}}(?={ANY_MONTH})"
)
_YEAR_WORD = r"(?:พ\.\s?ศ\.|ค\.\s?ศ\.|ปีงบประมาณ|ปีการศึกษา|ปี|ระหว่าง|ประจำปี)"
_YEARS = re.compile(
    rf"(?:{_YEAR_WORD}\s?|(?<=\())(?:พ\.\s?ศ\.\s?)?(?P<first>{DIGIT}{{4}}){_TO}(?:ปี|พ\.\s?ศ\.|ค\.\s?ศ\.)?\s?(?P<last>{DIGIT}{{4}})"
    rf"(?!{DIGIT})(?!\s?(?:บาท|คน|ราย|ไร่))(?![./,-]{DIGIT})"
)
_FIRST, _SECOND = (
    rf"(?P<day{at}>{DIGIT}{{1,2}})(?:{_GAP}{_GAP}(?P<month{at}>{ANY_MONTH}){_GAP}{_GAP}(?:{ERA}\s?)?"
    rf"(?P<year{at}>{DIGIT}{{4}}|{DIGIT}{{2}})|/(?P<figure{at}>{DIGIT}{{1,2}})/(?P<year_of{at}>{DIGIT}{{4}}))"
    for at in (1, 2)
)
_DATES = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?<![–-] ){_FIRST}{_TO}(?:วันที่\s?)?{_SECOND}(?!{DIGIT})(?![./,]{DIGIT})"
)
_MONTHS = re.compile(
    rf"(?:เดือน|ระหว่าง|ตั้งแต่)\s?(?:เดือน\s?)?(?P<month1>{ANY_MONTH})\s?(?:{ERA}\s?)?(?P<year1>{DIGIT}{{4}}){_TO}"
    rf"(?:เดือน\s?)?(?P<month2>{ANY_MONTH})\s?(?:{ERA}\s?)?(?P<year2>{DIGIT}{{4}})(?!{DIGIT})"
)
_NUMBER = rf"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?:\.{DIGIT}+)?|{DIGIT}+(?:\.{DIGIT}+)?"
_COUNTED = (
    "คน|ราย|บาท|แห่ง|ปี|วัน|เดือน|กิโลเมตร|เมตร|ไร่|ตัน|กิโลกรัม|ชั่วโมง|นาที|ครั้ง|หน้า|คะแนน|หน่วยกิต|ครัวเรือน|ชุด|เครื่อง"
)
_QUANTITIES = re.compile(
    rf"(?:จำนวน|ประมาณ|ระหว่าง|ตั้งแต่|อายุ|ราว)\s?(?P<first>{_NUMBER}){_TO}(?P<last>{_NUMBER})"
    rf"(?=\s?(?:{_COUNTED}))(?![,./-]{DIGIT})"
)
_LABEL = r"(?P<label>หน้าที่|หน้า|น\.|pp?\.|ข้อ|มาตรา|ลำดับที่|ลำดับ|บทที่|หมู่ที่|ชั้น|ตอนที่|ระดับ|ครั้งที่|เล่มที่|ฉบับที่|รายการที่)"
_LABELLED = re.compile(
    rf"(?<!ล่วง)(?<!ด้าน)(?<!ข้าง)(?<!หัว){_LABEL}\s?(?P<first>{DIGIT}{{1,4}}){_TO}(?:(?P=label)\s?)?(?P<last>{DIGIT}{{1,4}})"
    rf"(?!{DIGIT})(?![./,–-]{DIGIT})(?!\s?[./–-]\s?{DIGIT})"
)
_HOURS = re.compile(
    rf"(?<!{DIGIT})(?<![.,:/])(?P<hour1>{DIGIT}{{1,2}})[.:](?P<minute1>{DIGIT}{{2}})(?:\s?น\.)?{_TO}(?:เวลา\s?)?"
    rf"(?P<hour2>{DIGIT}{{1,2}})[.:](?P<minute2>{DIGIT}{{2}})(?=\s?(?:น\.|นาฬิกา))"
)
_DAY_BEGINS, _DAY_ENDS, _NIGHT = 8 * 60, 19 * 60, 6 * 60
"""Minutes of a day between which no duty lasts over midnight, and how long one does at least before it ends."""
_SHORTENED = 3
"""Digits of a number of which the next is written without its head."""


class Backward(NamedTuple):
    """What ends before it begins at `start..end`, and both ends as they are written."""

    start: int
    end: int
    first: str
    last: str


def backward_dates(text: str) -> Iterator[Backward]:
    """The ranges of days of one month, of dates, months and years that end before they begin."""
    for match in (*_DAYS.finditer(text), *_YEARS.finditer(text)):
        first, last = (int(arabic(match[name])) for name in ("first", "last"))
        if first > last and (len(match["first"]) < 4 or _one_era(match["first"], match["last"])):
            yield Backward(match.start("first"), match.end("last"), match["first"], match["last"])
    for match in _DATES.finditer(text):
        first_of, last_of = _possible(match, 1), _possible(match, 2)
        if first_of and last_of and min(first_of) > max(last_of):
            second = match.start("day2")
            joined = text[match.start("day1") : second]
            yield Backward(
                match.start(), match.end(), re.split(_TO, joined)[0].strip(), text[second : match.end()]
            )
    for match in _MONTHS.finditer(text):
        names, years = ([match[f"{part}{at}"] for at in (1, 2)] for part in ("month", "year"))
        possible = [christian_years(year) for year in years]
        if all(possible) and (possible[0][0], month_number(names[0])) > (
            possible[1][0],
            month_number(names[1]),
        ):
            begin, end = (f"{name} {year}" for name, year in zip(names, years, strict=True))
            yield Backward(match.start("month1"), match.end(), begin, end)


def backward_numbers(text: str) -> Iterator[Backward]:
    """The ranges of pages, clauses and quantities that end before they begin."""
    for match in _LABELLED.finditer(text):
        first, last = match["first"], match["last"]
        if int(arabic(first)) > int(arabic(last)) and not _shortened(first, last):
            yield Backward(match.start("first"), match.end("last"), first, last)
    for match in _QUANTITIES.finditer(text):
        first, last = (value_of(match[name]) for name in ("first", "last"))
        if first > last and not _scaled(match["first"], match["last"], first / max(last, 1e-9)):
            yield Backward(match.start("first"), match.end("last"), match["first"], match["last"])


def backward_times(text: str) -> Iterator[Backward]:
    """The ranges of times of a day that end before they begin, both by daylight: not duty from 16.30 to 08.30."""
    for match in _HOURS.finditer(text):
        first, last = (
            int(arabic(match[f"hour{at}"])) * 60 + int(arabic(match[f"minute{at}"])) for at in (1, 2)
        )
        if _DAY_BEGINS <= last < first <= _DAY_ENDS and first - last < _NIGHT:
            written = [f"{match[f'hour{at}']}.{match[f'minute{at}']}" for at in (1, 2)]
            yield Backward(match.start(), match.end(), *written)


def _one_era(first: str, last: str) -> bool:
    one, other = christian_years(first), christian_years(last)
    return bool(one and other) and abs(int(arabic(first)) - int(arabic(last))) < 300


def _possible(match: re.Match[str], at: int) -> list[tuple[int, int, int]]:
    """The dates, year first, that one end of a range may mean."""
    written = match.groupdict()
    month = written[f"month{at}"]
    number = month_number(month) if month else int(arabic(written[f"figure{at}"]))
    day = int(arabic(written[f"day{at}"]))
    years = christian_years(written[f"year{at}"] or written[f"year_of{at}"])
    return [(year, number, day) for year in years if is_day(day, number, year)]


def _shortened(first: str, last: str) -> bool:
    """หน้า 145-52 is 145 to 152."""
    if len(last) >= len(first) or len(first) < _SHORTENED:
        return False
    return int(arabic(first[: len(first) - len(last)] + last)) > int(arabic(first))


def _scaled(first: str, last: str, ratio: float) -> bool:
    """500 - 1 (พันบาท): what counts in other units, or is no range, is far off or written otherwise."""
    return ratio > 10 or ("." in first) != ("." in last)
