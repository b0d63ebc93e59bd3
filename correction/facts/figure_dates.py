"""Dates in figures, with years of two digits, and ranges of days and years: what of them cannot be.

Only what is impossible in every way to read it is found: ๒๙ ก.พ. ๖๖ is no day of พ.ศ. ๒๕๖๖, and the paper is not of
ค.ศ. 2066; 12/13/2024 may be the American order, 12/13/2567 may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.calendar import MONTHS, SHORT_MONTHS, days_in
from correction.facts.numbers import DIGIT, arabic
from correction.places.dates import BUDDHIST
from model.evidence import Evidence, EvidenceKind

_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
_FIGURES = re.compile(
    rf"(?<!{DIGIT})(?<![./,–-])(?P<day>{DIGIT}{{1,2}})(?P<between>[/.-])(?P<month>{DIGIT}{{1,2}})(?P=between)"
    rf"(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}})(?!{DIGIT})(?![./–-]{DIGIT})"
)
_ON_THE_DAY = re.compile(r"(?:วันที่|เมื่อ|ณ)\s?\Z")
_NUMBERED = re.compile(r"(?:(?<!วัน)ที่|เลข|บ้าน|ห้อง|รุ่น|แบบ)\s?\Z")
"""What a number with strokes in it may stand behind that is no date: เลขที่ 99/13/2560."""
_SHORT_YEAR = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?P<day>{DIGIT}{{1,2}})\s{{0,2}}(?P<month>{_MONTH})\s{{0,2}}(?P<year>{DIGIT}{{2}})"
    r"(?=\s*(?:\Z|[\n),;]|และ|ถึง|เวลา|[-–]))"
)
_ENDS_A_MONTH = "[คมยน์.]"
"""Behind a month stands a year: 1 ต.ค. 63 – 30 ก.ย. 64, 1 มกราคม 63 – 30 กันยายน 64."""
_DAYS = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-])(?<!{_ENDS_A_MONTH})(?<!{_ENDS_A_MONTH} )(?P<first>{DIGIT}{{1,2}})"
    rf"\s?[-–]\s?(?P<last>{DIGIT}{{1,2}})\s{{0,2}}(?P<month>{_MONTH})"
)
_YEARS = re.compile(
    rf"(?:พ\.\s?ศ\.|ปี|ระหว่าง)\s?(?P<first>{DIGIT}{{4}})\s?(?:[-–]|ถึง)\s?(?:ปี|พ\.\s?ศ\.)?\s?(?P<last>{DIGIT}{{4}})(?!{DIGIT})"
)
_BEHIND = 12
_BUDDHIST_YEARS, _CHRISTIAN_YEARS = range(2400, 2700), range(1850, 2150)
_THIS_CENTURY = range(2000, 2036)
"""Christian years that two digits may mean besides a Buddhist one."""


class Impossible(NamedTuple):
    """What cannot be at `start..end`, and why."""

    start: int
    end: int
    why: Evidence


def impossible_figures(text: str) -> Iterator[Impossible]:
    """The dates in figures, and in words with a short year, that no calendar has."""
    for match in _FIGURES.finditer(text):
        head = text[max(match.start() - _BEHIND, 0) : match.start()]
        day, month = int(arabic(match["day"])), int(arabic(match["month"]))
        short = len(match["year"]) == 2
        dated = _ON_THE_DAY.search(head) is not None
        if _NUMBERED.search(head) or (short and not (dated and match["between"] == "/")):
            continue
        years = _years(match["year"])
        if not years or (match["between"] != "/" and not dated):
            continue
        orders = [(day, month, year) for year in years]
        orders += [(month, day, year) for year in years if not _is_buddhist(match["year"])]
        if not any(_is_day(*order) for order in orders):
            yield Impossible(match.start(), match.end(), _why(day, month, match["year"]))
    for match in _SHORT_YEAR.finditer(text):
        day, month = int(arabic(match["day"])), _number(match["month"])
        if (day, month) == (29, 2) and not any(_is_day(day, month, year) for year in _years(match["year"])):
            yield Impossible(match.start(), match.end(), _why(day, month, match["year"]))


def impossible_days(text: str) -> Iterator[Impossible]:
    """The ranges of days of which the last is no day of its month."""
    for match in _DAYS.finditer(text):
        last, month = int(arabic(match["last"])), _number(match["month"])
        if not 1 <= last <= days_in(month):
            yield Impossible(match.start(), match.end(), _why(last, month, ""))


def backward_ranges(text: str) -> Iterator[Impossible]:
    """The ranges of days of one month, and of years, that end before they begin."""
    for match in (*_DAYS.finditer(text), *_YEARS.finditer(text)):
        first, last = (int(arabic(match[name])) for name in ("first", "last"))
        same_era = len(match["first"]) < 4 or {first, last} <= set(_BUDDHIST_YEARS)
        if first > last and same_era:
            why = Evidence(EvidenceKind.RUNS_BACKWARDS, (match["first"], match["last"]))
            yield Impossible(match.start("first"), match.end("last"), why)


def _why(day: int, month: int, year: str) -> Evidence:
    if not 1 <= month <= len(MONTHS):
        return Evidence(EvidenceKind.NO_SUCH_MONTH, (month,))
    return Evidence(EvidenceKind.NO_SUCH_DAY, (day, f"{MONTHS[month - 1]} {year}".strip()))


def _number(month: str) -> int:
    return (MONTHS if month in MONTHS else SHORT_MONTHS).index(month) + 1


def _is_buddhist(year: str) -> bool:
    return len(year) == 4 and int(arabic(year)) in _BUDDHIST_YEARS


def _years(year: str) -> tuple[int, ...]:
    """The Christian years that a year in figures may mean; none where it is no year of a paper."""
    number = int(arabic(year))
    if len(year) == 2:
        christian = (2000 + number,) if 2000 + number in _THIS_CENTURY else ()
        return (2500 + number - BUDDHIST, *christian)
    if number in _BUDDHIST_YEARS:
        return (number - BUDDHIST,)
    return (number,) if number in _CHRISTIAN_YEARS else ()


def _is_day(day: int, month: int, year: int) -> bool:
    return 1 <= month <= len(MONTHS) and 1 <= day <= days_in(month, year)
