"""Dates in figures, with years of two digits, spoken and English months: what of them cannot be.

Only what is impossible in every way to read it is found: ๒๙ ก.พ. ๖๖ is no day of พ.ศ. ๒๕๖๖, and the paper is not of
ค.ศ. 2066; 12/13/2024 may be the American order, 12/13/2567 may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.calendar import (
    ANY_MONTH,
    ENGLISH_MONTHS,
    ERA,
    MONTHS,
    SHORT_MONTHS,
    christian_years,
    days_in,
    is_buddhist,
    is_day,
    month_number,
)
from correction.facts.number_words import read_number
from correction.facts.numbers import DIGIT, arabic
from model.evidence import Evidence, EvidenceKind

_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_ENGLISH = rf"(?i:{'|'.join(ENGLISH_MONTHS)}|(?:Sept|{'|'.join(name[:3] for name in ENGLISH_MONTHS)})\b\.?)"
_FIGURES = re.compile(
    rf"(?<!{DIGIT})(?<![./,–-])(?P<day>{DIGIT}{{1,2}})(?P<between>\s?/\s?|[.-])(?P<month>{DIGIT}{{1,2}})(?P=between)"
    rf"(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}})(?!{DIGIT})(?![./–-]{DIGIT})"
)
_YEAR_FIRST = re.compile(
    rf"(?<!{DIGIT})(?<![./,–-])(?P<year>{DIGIT}{{4}})(?P<between>[/-])(?P<month>{DIGIT}{{2}})(?P=between)"
    rf"(?P<day>{DIGIT}{{2}})(?!{DIGIT})(?![./–-]{DIGIT})"
)
_NUMBERED_MONTH = re.compile(
    rf"(?<!{DIGIT})(?P<day>{DIGIT}{{1,2}})\s?เดือน(?:ที่)?\s?(?P<month>{DIGIT}{{1,2}})\s?{ERA}\s?(?P<year>{DIGIT}{{4}})(?!{DIGIT})"
)
_ON_THE_DAY = re.compile(
    r"(?:วันที่|เมื่อ|ณ|ลงวัน|ลว\.|ภายใน|ถึง|ตั้งแต่|กำหนดส่ง|วันเกิด|เกิดวัน|หมดอายุ|สิ้นสุด|ว/ด/ป|วัน/เดือน/ปี|[Dd]ate)\s?:?\s?\Z"
)
_NUMBERED = re.compile(r"(?:(?<!วัน)ที่|เลข|บ้าน|ห้อง|รุ่น|แบบ)\s?\Z")
"""What a number with strokes in it may stand behind that is no date: เลขที่ 99/13/2560."""
_LOOSE = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?P<day>{DIGIT}{{1,2}})\s{{0,2}}(?:เดือน\s?)?(?P<month>{ANY_MONTH})\s{{0,2}}"
    rf"(?:{ERA}\s{{0,2}})?(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}}(?=\s*(?:\Z|[\n),;]|และ|ถึง|เวลา|[-–])))(?!{DIGIT})"
)
_IN_ENGLISH = re.compile(
    rf"(?<!\d)(?<![.,/–-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{_ENGLISH}),?\s(?P<year>\d{{4}})(?!\d)"
    rf"|\b(?P<month_first>{_ENGLISH})\s(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?,\s(?P<year_behind>\d{{4}})(?!\d)"
)
_ENDS_A_MONTH = "[คมยน์.]"
"""Behind a month stands a year: 1 ต.ค. 63 – 30 ก.ย. 64, 1 มกราคม 63 – 30 กันยายน 64."""
_DAY_OF_MONTH = re.compile(rf"วันที่\s?(?P<day>{DIGIT}{{1,2}})/(?P<month>{DIGIT}{{1,2}})(?!{DIGIT})(?!\s?/)")
_MONTH_OF_YEAR = re.compile(rf"เดือน\s?(?P<month>{DIGIT}{{1,2}})/(?P<year>{DIGIT}{{4}})(?!{DIGIT})")
_LUNAR = re.compile(
    rf"(?P<said>(?P<phase>ขึ้น|แรม)\s?(?P<day>{DIGIT}{{1,2}})\s?ค่ำ)"
    rf"(?:\s?เดือน\s?(?P<month>{DIGIT}{{1,2}}|อ้าย|สาม|ห้า|เก้า|สิบเอ็ด)(?!{DIGIT}))?"
)
_LAST_LUNAR_DAY = 15
_SHORT_LUNAR_MONTHS = frozenset({"1", "3", "5", "9", "11", "อ้าย", "สาม", "ห้า", "เก้า", "สิบเอ็ด"})
"""Months whose waning moon has 14 days; the seventh has 15 in some years."""
_IN_WORDS = re.compile(
    rf"วันที่\s?(?P<day>(?:[หสจกยแศ][\u0e01-\u0e4e]*?)?(?:สิบ|เอ็ด|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า))\s?(?:เดือน\s?)?(?P<month>{'|'.join(MONTHS)})"
)
_OF_COMPUTERS = range(1950, 2100)
"""Christian years of dates as computers write them: 2025-02-30."""
_DAYS = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?<!{_ENDS_A_MONTH})(?<!{_ENDS_A_MONTH} )(?<!ปี)(?<!ปี )(?P<first>{DIGIT}{{1,2}})"
    rf"\s?[-–]\s?(?P<last>{DIGIT}{{1,2}})\s{{0,2}}(?P<month>{_MONTH})"
)
_BEHIND = 12


class Impossible(NamedTuple):
    """What cannot be at `start..end`, and why."""

    start: int
    end: int
    why: Evidence


def impossible_figures(text: str) -> Iterator[Impossible]:
    """The dates in figures, and in words with a short year, that no calendar has."""
    for match in _FIGURES.finditer(text):
        head = text[max(match.start() - _BEHIND, 0) : match.start()]
        short = len(match["year"]) == 2
        dated = _ON_THE_DAY.search(head) is not None
        if _NUMBERED.search(head) or (short and not (dated and match["between"].strip() == "/")):
            continue
        if match["between"].strip() == "/" or dated or _in_full(match):
            yield from _impossible(match, american=not is_buddhist(match["year"]))
    for pattern in (_YEAR_FIRST, _NUMBERED_MONTH):
        for match in pattern.finditer(text):
            head = text[max(match.start() - _BEHIND, 0) : match.start()]
            if pattern is _NUMBERED_MONTH or _ON_THE_DAY.search(head) or _in_full(match):
                yield from _impossible(match)


def impossible_words(text: str) -> Iterator[Impossible]:
    """The dates with a month in letters that are no day, and that `calendar.dates` does not know by their spelling."""
    for match in _LOOSE.finditer(text):
        day, month, years = (
            int(arabic(match["day"])),
            month_number(match["month"]),
            christian_years(match["year"]),
        )
        plain = match["month"] in MONTHS or match["month"] in SHORT_MONTHS
        if years and not any(is_day(day, month, year) for year in years) and not (plain and _plainly(match)):
            yield Impossible(match.start(), match.end(), _why(day, month, match["year"]))
    for match in _IN_ENGLISH.finditer(text):
        day = int(match["day"] or match["day_behind"])
        month = month_number(match["month"] or match["month_first"])
        written = match["year"] or match["year_behind"]
        years = christian_years(written)
        if years and not any(is_day(day, month, year) for year in years):
            yield Impossible(match.start(), match.end(), _why(day, month, written))


def _in_full(match: re.Match[str]) -> bool:
    """Whether the figures are a date by their form alone, with a day and a month that some date has: 31-09-2565."""
    day, month = int(arabic(match["day"])), int(arabic(match["month"]))
    padded = len(match["day"]) == len(match["month"]) == 2
    iso = match["between"] == "-" and match.re is _YEAR_FIRST and int(arabic(match["year"])) in _OF_COMPUTERS
    known_year = iso or is_buddhist(match["year"])
    return padded and known_year and 1 <= month <= len(MONTHS) and 1 <= day <= days_in(1)


def _plainly(match: re.Match[str]) -> bool:
    """Whether it is a date that is looked at where dates are read, with its month and without this year."""
    day, month = int(arabic(match["day"])), month_number(match["month"])
    return len(match["year"]) == 4 or not is_day(day, month)


def _impossible(match: re.Match[str], *, american: bool = False) -> Iterator[Impossible]:
    day, month = int(arabic(match["day"])), int(arabic(match["month"]))
    years = christian_years(match["year"])
    orders = [(day, month, year) for year in years]
    orders += [(month, day, year) for year in years if american]
    if years and not any(is_day(*order) for order in orders):
        yield Impossible(match.start(), match.end(), _why(day, month, match["year"]))


def impossible_days(text: str) -> Iterator[Impossible]:
    """The ranges of days of which the last is no day of its month."""
    for match in _DAYS.finditer(text):
        last, month = int(arabic(match["last"])), month_number(match["month"])
        if not 1 <= last <= days_in(month):
            yield Impossible(match.start(), match.end(), _why(last, month, ""))


def impossible_parts(text: str) -> Iterator[Impossible]:
    """What cannot be of a date that is not whole: a day and a month in figures, the day in words, a month and a year, a
    day of the waxing or waning moon."""
    for match in _DAY_OF_MONTH.finditer(text):
        day, month = int(arabic(match["day"])), int(arabic(match["month"]))
        if not is_day(day, month) and not is_day(month, day):
            yield Impossible(match.start("day"), match.end(), _why(day, month, ""))
    for match in _MONTH_OF_YEAR.finditer(text):
        month = int(arabic(match["month"]))
        if is_buddhist(match["year"]) and not 1 <= month <= len(MONTHS):
            yield Impossible(match.start("month"), match.end(), _why(1, month, ""))
    for match in _IN_WORDS.finditer(text):
        spoken, month = read_number(match["day"]), month_number(match["month"])
        if spoken is not None and not spoken.cost and not is_day(spoken.whole, month):
            yield Impossible(match.start("day"), match.end(), _why(spoken.whole, month, ""))
    for match in _LUNAR.finditer(text):
        day = int(arabic(match["day"]))
        short = match["phase"] == "แรม" and arabic(match["month"] or "").lstrip("0") in _SHORT_LUNAR_MONTHS
        if not 1 <= day <= _LAST_LUNAR_DAY - short:
            why = Evidence(EvidenceKind.NO_SUCH_DAY, (day, match["phase"]))
            yield Impossible(*match.span("said"), why)


def _why(day: int, month: int, year: str) -> Evidence:
    if not 1 <= month <= len(MONTHS):
        return Evidence(EvidenceKind.NO_SUCH_MONTH, (month,))
    return Evidence(EvidenceKind.NO_SUCH_DAY, (day, f"{MONTHS[month - 1]} {year}".strip()))
