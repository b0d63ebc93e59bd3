"""Calculations that stand in one line: `ชาย 12 คน หญิง 15 คน รวม 28 คน`, `3 x 500 = 1,600`,
`3 ชุด ชุดละ 500 บาท เป็นเงิน 1,600 บาท`.

Only frames that leave no number out are looked at. Where the result is a multiple of what is calculated, or differs
by a number that stands nearby, a part of the calculation stands elsewhere, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Hamming

from correction.facts.numbers import DIGIT, THAI_DIGITS, value_of

_GAP = "[ \u00a0]"
_NUMBER = rf"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?:\.{DIGIT}{{1,2}})?|{DIGIT}+(?:\.{DIGIT}{{1,2}})?"
_FREE, _ENDED = rf"(?<![{THAI_DIGITS}0-9A-Za-z.,/^×*=+–-])", rf"(?![{THAI_DIGITS}0-9A-Za-z/^%]|[.,:]{DIGIT})"
_UNIT = r"[\u0e01-\u0e4e]{0,14}"
_TOTAL = r"(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|เป็นจำนวน|จำนวน|เป็น)*"
_ITEM = rf"{_FREE}(?P<value>{_NUMBER}){_ENDED}{_GAP}?(?P<unit>{_UNIT})"
_ITEMS = re.compile(_ITEM)
_SUM = re.compile(rf"{_TOTAL}{_GAP}?{_ITEM}")
_SEXES = re.compile(
    rf"(?:ชาย(?P<way>{_GAP}?(?:จำนวน{_GAP}?)?)|หญิง{_GAP}?(?:จำนวน{_GAP}?)?)(?P<first>{_NUMBER}){_ENDED}{_GAP}?(?P<unit>{_UNIT})[,{_GAP[1:-1]}]*"
    rf"(?:และ)?(?:เพศ)?(?:หญิง|ชาย){_GAP}?(?:จำนวน{_GAP}?)?(?P<second>{_NUMBER}){_ENDED}{_GAP}?(?P=unit)[,(]?{_GAP}*"
    rf"{_TOTAL}{_GAP}?(?P<total>{_NUMBER}){_ENDED}(?={_GAP}?(?P=unit))"
)
_OPERATORS = {"+": "+", "-": "-", "–": "-", "−": "-", "x": "x", "X": "x", "×": "x", "*": "x", "คูณ": "x"}
_OPERATOR = r"\+|(?<=[ \u00a0])[-–−](?=[ \u00a0])|[xX×*]|คูณ"
_TERM = rf"(?:{_NUMBER}){_ENDED}{_GAP}?{_UNIT}{_GAP}?"
_EQUATION = re.compile(
    rf"{_FREE}(?P<terms>{_TERM}(?:(?:{_OPERATOR}){_GAP}?{_TERM})+)={_GAP}?(?P<total>{_NUMBER}){_ENDED}(?!{_GAP}?(?:{_OPERATOR}|[(/÷=%]))"
)
_TERMS = re.compile(rf"(?P<operator>{_OPERATOR})?{_GAP}?(?P<value>{_NUMBER}){_ENDED}{_GAP}?{_UNIT}{_GAP}?")
_HANGS_ON = re.compile(r"(?:[-+–−xX×*/÷=(^]|คูณ|ละ)[ \u00a0]?\Z")
_EACH = re.compile(
    rf"{_FREE}(?P<count>{_NUMBER}){_ENDED}{_GAP}?(?P<unit>[\u0e01-\u0e4e]{{2,14}}?)[,{_GAP[1:-1]}]*(?:ๆ{_GAP}?|(?P=unit){_GAP}?)ละ"
    rf"{_GAP}?(?P<price>{_NUMBER}){_ENDED}{_GAP}?บาท[,{_GAP[1:-1]}]*(?:รวม)?(?:เป็น)?(?:จำนวน)?เงิน(?:ทั้งสิ้น)?(?:จำนวน)?{_GAP}?"
    rf"(?P<total>{_NUMBER}){_ENDED}(?={_GAP}?บาท)"
)
_LABEL = re.compile(rf"[^{THAI_DIGITS}0-9\n]{{2,40}}\Z")
_CENT = 0.011
"""What rounding in the parts may make besides that of the result."""
_NEAR = 300
"""Characters in front in which a number may stand that belongs to the calculation."""


class WrongResult(NamedTuple):
    """The number at `start..end` is given as the result of what makes `comes_to`."""

    start: int
    end: int
    comes_to: float


def wrong_results(text: str) -> Iterator[WrongResult]:
    """The results that cannot be right whichever way they are read, in order of place."""
    found: dict[int, WrongResult] = {}
    for one in (*_of_equations(text), *_of_prices(text), *_of_sexes(text), *_of_lists(text)):
        found.setdefault(one.start, one)
    yield from (found[start] for start in sorted(found))


def _of_equations(text: str) -> Iterator[WrongResult]:
    for match in _EQUATION.finditer(text):
        if _HANGS_ON.search(text[max(match.start() - 8, 0) : match.start()]):
            continue
        result = _calculated(match["terms"])
        if result is not None:
            yield from _doubted(text, match, result)


def _calculated(terms: str) -> float | None:
    """What sums, or products, of numbers make; None where the two stand side by side."""
    result = 0.0
    seen: set[str] = set()
    for at, term in enumerate(_TERMS.finditer(terms)):
        operator = _OPERATORS[term["operator"]] if term["operator"] else ""
        if (at == 0) != (operator == ""):
            return None
        value = value_of(term["value"])
        seen.add(operator)
        result = result * value if operator == "x" else result - value if operator == "-" else result + value
    return result if "x" not in seen or seen == {"", "x"} else None


def _of_prices(text: str) -> Iterator[WrongResult]:
    for match in _EACH.finditer(text):
        yield from _doubted(text, match, value_of(match["count"]) * value_of(match["price"]))


def _of_sexes(text: str) -> Iterator[WrongResult]:
    for match in _SEXES.finditer(text):
        yield from _doubted(text, match, value_of(match["first"]) + value_of(match["second"]))


def _doubted(text: str, match: re.Match[str], result: float) -> Iterator[WrongResult]:
    """The total of a match, unless it is the result, or one that more numbers have made."""
    start, end = match.span("total")
    total = value_of(match["total"])
    decimals = len(match["total"].partition(".")[2])
    if abs(total - result) <= 0.5 * 10**-decimals + _CENT:
        return
    if result > 0 and (round(total / result) > 1 and abs(total / result - round(total / result)) < 1e-9):
        return
    if abs(total - result) not in _around(text, match.start(), match.end()):
        yield WrongResult(start, end, result)


def _around(text: str, start: int, end: int) -> set[float]:
    """The numbers in front, and behind in the same line."""
    line_end = text.find("\n", end)
    behind = text[end : line_end if line_end >= 0 else len(text)]
    return {
        value_of(one["value"])
        for part in (text[max(start - _NEAR, 0) : start], behind)
        for one in _ITEMS.finditer(part)
    }


def _of_lists(text: str) -> Iterator[WrongResult]:
    """Sums of what stands before them in their line, each with a label and all in one unit."""
    before = 0
    for match in _SUM.finditer(text):
        start = max(text.rfind("\n", 0, match.start()) + 1, before)
        before = match.end()
        items = _labelled(text, start, match.start(), match["unit"])
        sums = list(accumulate(value_of(one["value"]) for one in reversed(items)))
        total = value_of(match["value"])
        if len(items) < 2 or not match["unit"] or total in sums[1:] or not _nearly(total, sums[-1]):
            continue
        if match["unit"].startswith("บาท") and abs(total - sums[-1]) * 2 <= len(items):
            continue  # amounts of which the satang were left out
        if abs(total - sums[-1]) not in _around(text, items[0].start(), match.end()):
            yield WrongResult(*match.span("value"), sums[-1])


def _labelled(text: str, start: int, end: int, unit: str) -> Sequence[re.Match[str]]:
    """The numbers before a sum, each with a label in front and the sum's unit behind, from the last that has not."""
    items: list[re.Match[str]] = []
    at = start
    for one in _ITEMS.finditer(text, start, end):
        if one["unit"] == unit and _LABEL.search(text[at : one.start()]):
            items.append(one)
        else:
            items = []
        at = one.end()
    return items if items and not text[items[-1].end() : end].strip(" \u00a0,(") else ()


def _nearly(one: float, other: float) -> bool:
    """Whether two whole numbers of as many digits differ in one digit."""
    first, second = f"{one:.0f}", f"{other:.0f}"
    if one != int(one) or other != int(other) or len(first) != len(second) or len(first) < 2:
        return False
    return Hamming.distance(first, second) == 1
