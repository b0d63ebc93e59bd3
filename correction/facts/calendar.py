"""Days, months, years and weekdays as Thai papers write them, in both eras and both kinds of digits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.damaged import distance
from correction.facts.numbers import DIGIT, arabic
from correction.places.dates import BUDDHIST
from model.evidence import Evidence, EvidenceKind

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
    "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)"
_DATE = re.compile(
    rf"(?:วัน(?P<weekday>{'|'.join(WEEKDAYS)})(?:ที่)?\s*)?(?<!{DIGIT})(?<![.,/–-])(?P<day>{DIGIT}{{1,2}})\s{{0,2}}"
    rf"(?:เดือน\s?)?(?P<month>{_MONTH})(?:\s{{0,2}}(?P<era>{_ERA})?\s{{0,2}}(?P<year>{DIGIT}{{4}})(?!{DIGIT}))?"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2800
"""Years that a paper may speak of, whichever its era."""
_SHARE = 0.34
_MARGIN = 1.0


class Written(NamedTuple):
    """A date as it stands at `start..end`; `year` is Christian and 0 where none is written."""

    start: int
    end: int
    day: int
    month: int
    year: int
    weekday: int | None
    written_year: str


def dates(text: str) -> Iterator[Written]:
    """Every date with its month in letters, in order of place."""
    for match in _DATE.finditer(text):
        name = match["month"]
        names = MONTHS if name in MONTHS else SHORT_MONTHS
        weekday = match["weekday"]
        yield Written(
            match.start(),
            match.end(),
            int(arabic(match["day"])),
            names.index(name) + 1,
            christian(match["year"], match["era"] or ""),
            None if weekday is None else WEEKDAYS.index(weekday),
            match["year"] or "",
        )


def christian(year: str | None, era: str) -> int:
    """The Christian year that four digits mean, 0 for none or for one that no paper speaks of."""
    if not year:
        return 0
    number = int(arabic(year))
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return 0
    buddhist = era.startswith("พ") or (not era and number > 2300)
    return number - BUDDHIST if buddhist else number


def why_impossible(date: Written) -> Evidence | None:
    """What is wrong with a date that cannot be, None for one that can."""
    month = MONTHS[date.month - 1]
    if not 1 <= date.day <= _DAYS[date.month - 1]:
        return Evidence(EvidenceKind.NO_SUCH_DAY, (date.day, month))
    if date.written_year and not date.year:
        return Evidence(EvidenceKind.NO_SUCH_YEAR, (date.written_year,))
    if (date.month, date.day) == (2, 29) and date.year and not _leap(date.year):
        return Evidence(EvidenceKind.NO_SUCH_DAY, (29, f"{month} {date.written_year}"))
    return None


def days_in(month: int, year: int = 0) -> int:
    """How many days a month has, counted from 1, in a Christian year; in its longest where no year is given."""
    return 28 if month == 2 and year and not _leap(year) else _DAYS[month - 1]


def weekday_of(date: Written) -> int | None:
    """The weekday of a full date, Monday 0; None where it has no year, or the calendar of the time was another."""
    if date.year <= 1941 or why_impossible(date):
        return None
    return datetime.date(date.year, date.month, date.day).weekday()


def nearest(read: str, names: tuple[str, ...]) -> tuple[str, float] | None:
    """The one of the names that damaged characters may be, with the distance; None where it is none or two of them."""
    ranked = sorted((distance(read, name), name) for name in names)
    (best, name), (second, _) = ranked[:2]
    if best > _SHARE * len(name) or second - best < _MARGIN:
        return None
    return name, best


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
