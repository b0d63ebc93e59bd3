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
SPOKEN_MONTHS = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_SHORT_WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
_ALSO_WEEKDAYS = {"พฤหัสฯ": 3, "พฤหัส": 3}
WEEKDAY = "(?:" + "|".join((*WEEKDAYS, *_ALSO_WEEKDAYS, *map(re.escape, reversed(_SHORT_WEEKDAYS)))) + ")"
"""A weekday without the word วัน, in full or short."""
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_CARELESS = "|".join(r"\.?\s?".join(name.split(".")[:-1]) + r"\.?" for name in SHORT_MONTHS)
_SPOKEN = "|".join(SPOKEN_MONTHS)
ANY_MONTH = rf"(?:{'|'.join(MONTHS)}|{_CARELESS}|(?:{_SPOKEN})(?:ฯ|(?![\u0e01-\u0e4e])))"
"""A month however it is written: เมษายน, เม.ย., เมย., เมษา, เมษาฯ. Short ones without stops are months beside a year
alone."""
ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช|ปี)"
_ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช)"
_DATE = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?P<day>{DIGIT}{{1,2}})\s{{0,2}}"
    rf"(?:เดือน\s?)?(?P<month>{_MONTH})(?:\s{{0,2}}(?P<era>{_ERA})?\s{{0,2}}(?P<year>{DIGIT}{{4}})(?!{DIGIT}))?"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2800
"""Years that a paper may speak of, whichever its era."""
_BUDDHIST_YEARS, _CHRISTIAN_YEARS = range(2400, 2700), range(1850, 2150)
"""Years that figures without an era may mean."""
_THIS_CENTURY = range(2000, 2036)
"""Christian years that two digits may mean besides a Buddhist one."""
_FIRST_WHOLE_YEAR = 1941
_SHARE = 0.34
_MARGIN = 1.0


class Written(NamedTuple):
    """A date as it stands at `start..end`; `year` is Christian and 0 where none is written."""

    start: int
    end: int
    day: int
    month: int
    year: int
    written_year: str


def dates(text: str) -> Iterator[Written]:
    """Every date with its month in letters, in order of place."""
    for match in _DATE.finditer(text):
        yield Written(
            match.start(),
            match.end(),
            int(arabic(match["day"])),
            month_number(match["month"]),
            christian(match["year"], match["era"] or ""),
            match["year"] or "",
        )


def month_number(name: str) -> int:
    """Which month, counted from 1, a name of `ANY_MONTH` or of `ENGLISH_MONTHS`, in capitals or not, means."""
    bare = _bare(name)
    return _MONTH_NUMBERS.get(bare) or _MONTH_NUMBERS[bare[:3].capitalize()]


def weekday_number(name: str) -> int:
    """Which weekday, Monday 0, a name of `WEEKDAY` means."""
    return _WEEKDAY_NUMBERS[name]


def christian(year: str | None, era: str) -> int:
    """The Christian year that four digits mean, 0 for none or for one that no paper speaks of."""
    if not year:
        return 0
    number = int(arabic(year))
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return 0
    buddhist = era.startswith("พ") or (not era.startswith("ค") and number > 2300)
    return number - BUDDHIST if buddhist else number


def christian_years(year: str, era: str = "") -> tuple[int, ...]:
    """The Christian years that a year of two or four digits may mean; none where it is no year of a paper."""
    number = int(arabic(year))
    if len(year) == 2:
        buddhist, this_century = 2500 + number - BUDDHIST, 2000 + number
        if era.startswith("ค"):
            return (this_century,)
        either = this_century in _THIS_CENTURY and not era.startswith("พ")
        return (buddhist, this_century) if either else (buddhist,)
    if is_buddhist(year):
        return (number - BUDDHIST,)
    return (number,) if number in _CHRISTIAN_YEARS else ()


def is_buddhist(year: str) -> bool:
    """True for four digits that are a year of the Buddhist era."""
    return len(year) == 4 and int(arabic(year)) in _BUDDHIST_YEARS


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


def is_day(day: int, month: int, year: int = 0) -> bool:
    """True for a day of the calendar, of a Christian year; without a year, of some year."""
    return 1 <= month <= len(MONTHS) and 1 <= day <= days_in(month, year)


def falls_on(day: int, month: int, year: int) -> int | None:
    """The weekday of a date, Monday 0; None where there is no such day, or the calendar of the time was another."""
    if year <= _FIRST_WHOLE_YEAR or not is_day(day, month, year):
        return None
    return datetime.date(year, month, day).weekday()


def nearest(read: str, names: tuple[str, ...]) -> tuple[str, float] | None:
    """The one of the names that damaged characters may be, with the distance; None where it is none or two of them."""
    ranked = sorted((distance(read, name), name) for name in names)
    (best, name), (second, _) = ranked[:2]
    if best > _SHARE * len(name) or second - best < _MARGIN:
        return None
    return name, best


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _bare(name: str) -> str:
    return re.sub(r"[.\sฯ]", "", name)


_MONTH_NUMBERS = {
    _bare(name): at + 1
    for names in (MONTHS, SHORT_MONTHS, SPOKEN_MONTHS, ENGLISH_MONTHS)
    for at, name in enumerate(names)
} | {name[:3]: at + 1 for at, name in enumerate(ENGLISH_MONTHS)}
_WEEKDAY_NUMBERS = {
    name: at for names in (WEEKDAYS, _SHORT_WEEKDAYS) for at, name in enumerate(names)
} | _ALSO_WEEKDAYS
