"""Weekdays beside dates, in front and behind, in full and short, alone and in lists: which of them the date did not
fall on.

`วันจันทร์ที่ 8 - วันพุธที่ 10 กุมภาพันธ์ 2569`, `8 ก.พ. 69 (อาทิตย์)`, `จันทร์ 8/2/2569`. What a list leaves out of a date
is that of its last one; where no year is written, the days of a list are still held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.calendar import (
    ANY_MONTH,
    ERA,
    WEEKDAY,
    WEEKDAYS,
    christian_years,
    falls_on,
    month_number,
    weekday_number,
)
from correction.facts.numbers import DIGIT, arabic

_DAY = rf"(?<!{DIGIT}){DIGIT}{{1,2}}"
_GAP = "[ \u00a0]{0,2}"
_MONTH_YEAR = (
    rf"{_GAP}(?:เดือน\s?)?(?P<month>{ANY_MONTH})"
    rf"(?:{_GAP}(?P<era>{ERA})?{_GAP}(?P<year>{DIGIT}{{4}}|{DIGIT}{{2}}(?![.,:)]))(?!{DIGIT}))?"
)
_FIGURES = rf"/(?P<figure_month>{DIGIT}{{1,2}})/(?P<figure_year>{DIGIT}{{4}}|{DIGIT}{{2}})(?![/{DIGIT[1:]})"
_THAI = "[\u0e01-\u0e4e]"
_NAMED = rf"(?:วัน\s?{WEEKDAY}|(?<!{_THAI})(?<!\.){WEEKDAY})"
_LEAD = rf"{_NAMED}\s?(?:ที่|,)?\s?(?:วันที่)?\s?"
_JOIN = r"\s?(?:[-–,]|และ|ถึง|หรือ|กับ)\s?"
_BEFORE = re.compile(rf"(?:{_LEAD}{_DAY}{_JOIN})*{_LEAD}(?P<last>{_DAY})(?:{_MONTH_YEAR}|{_FIGURES})")
_ITEM = re.compile(rf"{_LEAD}(?P<day>{_DAY})")
_JOINED = re.compile(
    rf"{_NAMED}\s?(?:[-–]|ถึง)\s?(?:วัน)?(?P<second>{WEEKDAY})\s?(?:ที่|วันที่)\s?"
    rf"(?P<first>{_DAY})\s?(?:[-–]|ถึง)\s?(?P<last>{DIGIT}{{1,2}}){_MONTH_YEAR}"
)
_BRACKET_END = r"\s?(?:[-–]|ถึง)\s?(?:วัน)?(?P<second>{})\s?\)"
_BEHIND_RANGE = re.compile(
    rf"(?P<first>{_DAY})\s?(?:[-–]|ถึง)\s?(?P<last>{DIGIT}{{1,2}}){_MONTH_YEAR}\s?\(\s?(?:วัน)?(?P<name>{WEEKDAY})"
    + _BRACKET_END.format(WEEKDAY)
)
_BEHIND = re.compile(
    rf"(?<![.,/–-])(?<![–-] )(?P<last>{_DAY})(?:{_MONTH_YEAR}|{_FIGURES})[ \u00a0]?"
    rf"(?:(?P<open>\()\s?(?:ซึ่ง)?(?:ตรงกับ)?(?:วัน)?|,?\s?(?:ซึ่ง|อัน)?(?:ตรงกับ|เป็น)\s?วัน)(?P<name>{WEEKDAY})"
    rf"(?(open)\s?\)|(?!\s?(?:ที่|{DIGIT}|[-–])))"
)


class Contradiction(NamedTuple):
    """A date at `start..end` with a weekday, and the weekday, Monday 0, that it did fall on."""

    start: int
    end: int
    fell_on: int


def weekday_contradictions(text: str) -> Iterator[Contradiction]:
    """The dates that did not fall on the weekday beside them, in order of place."""
    found = [*_in_front(text), *_spans(text), *_behind(text)]
    yield from sorted(set(found))


def _in_front(text: str) -> Iterator[Contradiction]:
    for match in _BEFORE.finditer(text):
        items = list(_ITEM.finditer(text, match.start(), match.end("last")))
        days = [int(arabic(one["day"])) for one in items]
        names = [_name(one[0]) for one in items]
        ends = [one.end() for one in items[:-1]] + [match.end()]
        years = _years(match)
        if not years:
            yield from _against_each_other([one.start() for one in items], ends, days, names)
            continue
        for item, end, day, name in zip(items, ends, days, names, strict=True):
            of_this_month = day <= days[-1]  # วันพุธที่ 31 - วันศุกร์ที่ 2 speaks of two months
            fell_on = _mismatch(day, match, years, name) if of_this_month else None
            if fell_on is not None:
                yield Contradiction(item.start(), end, fell_on)


def _against_each_other(
    starts: list[int], ends: list[int], days: list[int], names: list[int]
) -> Iterator[Contradiction]:
    """The days of one list, of which nobody says the year."""
    for at in range(1, len(days)):
        ahead = days[at] - days[at - 1]
        fell_on = (names[at - 1] + ahead) % 7
        if ahead > 0 and fell_on != names[at]:
            yield Contradiction(starts[at], ends[at], fell_on)


def _spans(text: str) -> Iterator[Contradiction]:
    """วันจันทร์-พุธที่ 8-10 กุมภาพันธ์, 8-10 กุมภาพันธ์ (วันจันทร์-วันพุธ): days and weekdays apart from each other."""
    for pattern in (_JOINED, _BEHIND_RANGE):
        for match in pattern.finditer(text):
            first, last = int(arabic(match["first"])), int(arabic(match["last"]))
            name = match["name"] if pattern is _BEHIND_RANGE else match[0]
            names = _name(name), _name(match["second"])
            if first >= last:
                continue
            if not (years := _years(match)):
                yield from _against_each_other(
                    [match.start()] * 2, [match.end()] * 2, [first, last], [*names]
                )
                continue
            for day, weekday in zip((first, last), names, strict=True):
                fell_on = _mismatch(day, match, years, weekday)
                if fell_on is not None:
                    yield Contradiction(match.start(), match.end(), fell_on)
                    break


def _behind(text: str) -> Iterator[Contradiction]:
    for match in _BEHIND.finditer(text):
        fell_on = _mismatch(int(arabic(match["last"])), match, _years(match), _name(match["name"]))
        if fell_on is not None:
            yield Contradiction(match.start(), match.end(), fell_on)


def _name(text: str) -> int:
    """The number of the first weekday in the text."""
    found = re.search(WEEKDAY, text)
    return 0 if found is None else weekday_number(found[0])


def _years(match: re.Match[str]) -> tuple[int, ...]:
    """The Christian years that the date may mean."""
    written = match.groupdict()
    year = written["year"] or written.get("figure_year")
    return christian_years(year, written["era"] or "") if year else ()


def _mismatch(day: int, match: re.Match[str], years: tuple[int, ...], weekday: int) -> int | None:
    """The weekday that the date fell on, where it is another one in every year that may be meant."""
    written = match.groupdict()
    month = month_number(written["month"]) if written["month"] else int(arabic(written["figure_month"]))
    fell = [falls_on(day, month, year) for year in years]
    if not fell or None in fell or weekday in fell:
        return None
    return fell[0]


NAMES = tuple(f"วัน{name}" for name in WEEKDAYS)
"""The weekdays with the word before them, Monday first."""
