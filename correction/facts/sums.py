"""Lists of figures with their sum beneath: `รวม 110,263` under the rows that it adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Hamming

from correction.facts.numbers import DIGIT, THAI_DIGITS, arabic

# A label without figures, but for the number of the row in front of it; one figure; perhaps what is counted.
_ROW = re.compile(
    rf"[ \t\u00a0]*(?:{DIGIT}{{1,2}}(?:[.)]{DIGIT}{{1,2}})*[.)]?[ \t\u00a0]+)?(?P<label>[^0-9{THAI_DIGITS}\n]{{2,80}}?)"
    rf"[ \t\u00a0:=]+(?P<figure>{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+|{DIGIT}+)(?P<cents>\.{DIGIT}{{2}})?"
    rf"[ \t\u00a0]*(?P<unit>[^0-9{THAI_DIGITS}\n(]{{0,12}}?)[ \t\u00a0]*(?:\([^)\n]*\))?[ \t\u00a0]*"
)
_SUM = re.compile(r"(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|เงิน|เป็น)*")
_MOST_ROWS = 60


class WrongSum(NamedTuple):
    """The figure at `start..end` is given as the sum of `rows` rows whose figures add up to `adds_up_to`."""

    start: int
    end: int
    rows: int
    adds_up_to: int


class _TableRow(NamedTuple):
    start: int
    end: int
    value: int
    unit: str
    is_sum: bool


def wrong_sums(text: str) -> Iterator[WrongSum]:
    """Every sum that is not the sum of the rows above it, where nearly all of its digits are.

    A sum that agrees with any number of the rows right above it is right. One that is far from all of them adds up
    something else. So what is left is a digit or two misread or misprinted.
    """
    above: list[_TableRow] = []
    at = 0
    for line in text.split("\n"):
        row = _row(line, at)
        at += len(line) + 1
        if row is None:
            if line.strip():
                above = []
        elif row.is_sum:
            yield from _wrong(row, above)
            above = []
        else:
            above = [*above, row][-_MOST_ROWS:] if not above or above[-1].unit == row.unit else [row]


def _row(line: str, at: int) -> _TableRow | None:
    match = _ROW.fullmatch(line)
    if match is None or match["cents"]:
        return None
    start, end = match.span("figure")
    value = int(arabic(match["figure"]).replace(",", ""))
    is_sum = _SUM.fullmatch(match["label"].strip()) is not None
    return _TableRow(at + start, at + end, value, match["unit"].strip(), is_sum)


def _wrong(total: _TableRow, above: list[_TableRow]) -> Iterator[WrongSum]:
    rows = [row for row in above if row.unit == total.unit]
    if len(rows) != len(above) or len(rows) < 2:
        return
    sums = list(accumulate(row.value for row in reversed(rows)))
    if total.value not in sums[1:] and _nearly(total.value, sums[-1]):
        yield WrongSum(total.start, total.end, len(rows), sums[-1])


def _nearly(one: int, other: int) -> bool:
    """True when the two differ in one digit of three or more, or in two of five or more."""
    first, second = str(one), str(other)
    if len(first) != len(second):
        return False
    wrong = Hamming.distance(first, second)
    return (wrong == 1 and len(first) > 2) or (wrong == 2 and len(first) > 4)
