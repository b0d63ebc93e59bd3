"""Times of day that no clock shows, and that nobody says: 25.00 น., 08.70-16.30 น., 13 นาฬิกา 75 นาที, 7 ทุ่ม."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.facts.numbers import DIGIT, arabic

_LAST_HOUR, _MINUTES = 24, 60
_FREE = rf"(?<!{DIGIT})(?<![.,:/])"
_TIME = rf"(?P<hour>{DIGIT}{{1,2}})[.:](?P<minute>{DIGIT}{{2}})(?:[.:](?P<second>{DIGIT}{{2}}))?(?!{DIGIT})"
_OCLOCK = r"\s?(?:น\.|นาฬิกา)"
_TO = r"\s?(?:[-–]|ถึง|และ|หรือ)\s?(?:เวลา\s?)?"
_PATTERNS = (
    re.compile(rf"{_FREE}{_TIME}(?={_OCLOCK})"),
    re.compile(rf"{_FREE}{_TIME}(?={_TO}{DIGIT}{{1,2}}[.:]{DIGIT}{{2}}{_OCLOCK})"),
    re.compile(rf"{_FREE}(?P<hour>{DIGIT}{{1,2}})\s?นาฬิกา(?:\s?(?P<minute>{DIGIT}{{1,2}})\s?นาที)?"),
)
_SAID = (
    (re.compile(rf"{_FREE}(?P<number>{DIGIT}{{1,2}})\s?ทุ่ม(?!เท|เถียง)"), range(1, 7)),
    (re.compile(rf"บ่าย\s?(?P<number>{DIGIT}{{1,2}})\s?โมง"), range(1, 6)),
    (re.compile(rf"{_FREE}(?P<number>{DIGIT}{{1,2}})\s?โมงเช้า"), range(1, 12)),
    (re.compile(rf"{_FREE}(?P<number>{DIGIT}{{1,2}})\s?โมงเย็น"), range(3, 8)),
)
"""Hours as they are spoken, with those that there are."""


def impossible_times(text: str) -> Iterator[tuple[int, int]]:
    """The times that cannot be, as (start, end), in order of place."""
    found: set[tuple[int, int]] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = {name: value for name, value in match.groupdict().items() if value}
            hour, minute, second = (
                int(arabic(parts.get(name, "0"))) for name in ("hour", "minute", "second")
            )
            midnight = (hour, minute, second) == (_LAST_HOUR, 0, 0)
            if not midnight and (hour >= _LAST_HOUR or minute >= _MINUTES or second >= _MINUTES):
                found.add(match.span())
    for pattern, hours in _SAID:
        found |= {
            match.span() for match in pattern.finditer(text) if int(arabic(match["number"])) not in hours
        }
    yield from sorted(found)
