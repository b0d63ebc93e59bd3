"""Thai identity, tax and company numbers: thirteen digits, of which the last follows from the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.numbers import DIGIT, arabic

_LENGTH = 13
_NEARLY = range(11, 16)
"""Tax numbers had ten until B.E. 2555."""
_GROUPED = re.compile(
    rf"(?<!{DIGIT})(?<!{DIGIT}[ -]){DIGIT}([ -]){DIGIT}{{4}}\1{DIGIT}{{5}}\1{DIGIT}{{2}}\1{DIGIT}(?![ -]?{DIGIT})"
)
_ANNOUNCED = re.compile(
    r"(?:เลข(?:ที่)?(?:บัตร)?(?:ประจำตัว)?(?:ของ)?ประชาชน|บัตร(?:ประจำตัว)?ประชาชน(?:เลขที่|หมายเลข)?|เลขประจำตัว\s?(?:13|๑๓)\s?หลัก"
    r"|เลขประจำตัวผู้เสียภาษี(?:อากร)?|เลขผู้เสียภาษี|เลขทะเบียนนิติบุคคล|ทะเบียนนิติบุคคลเลขที่|[Tt]ax ID)"
    r"(?:\s?(?:เลขที่|หมายเลข|คือ))?\s?[:.]?\s?"
)
_RUN = re.compile(rf"{DIGIT}(?:[ \u00a0-]{{0,2}}{DIGIT}){{9,17}}(?![ -]?[0-9\u0e50-\u0e59xX*])")


class Wrong(NamedTuple):
    """A number at `start..end` that cannot be; the last digit that the others ask for, None where not thirteen."""

    start: int
    end: int
    last: int | None


def wrong_identity_numbers(text: str) -> Iterator[Wrong]:
    """The identity, tax and company numbers that cannot be, in order of place."""
    places = {match.span() for match in _GROUPED.finditer(text)}
    for announced in _ANNOUNCED.finditer(text):
        run = _RUN.match(text, announced.end())
        if run is not None:
            places.add(run.span())
    for start, end in sorted(places):
        digits = [int(digit) for digit in arabic(re.sub(r"[^0-9\u0e50-\u0e59]", "", text[start:end]))]
        if len(digits) == _LENGTH:
            last = check_digit(digits)
            if digits[-1] != last:
                yield Wrong(start, end, last)
        elif len(digits) in _NEARLY:
            yield Wrong(start, end, None)


def check_digit(digits: list[int]) -> int:
    """The thirteenth digit that belongs to the twelve before it."""
    weighed = sum(digit * (_LENGTH - at) for at, digit in enumerate(digits[: _LENGTH - 1]))
    return (11 - weighed % 11) % 10
