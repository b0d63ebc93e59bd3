"""DIG001: Thai digits that Tesseract has read.

Its Thai model holds ๐ ๑ ๒ ๓ ๕ and none of ๔ ๖ ๗ ๘ ๙: it gives one of the five, or a letter, in their place and
is as sure of it as of any other (๒๕๔๘ was read ๒๕๕๕). So each number in Thai digits needs other eyes, unless its words
in brackets or the line reader have confirmed it, or a proposal speaks of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from correction.example import Example, examples
from correction.facts.bracketed import proven
from correction.facts.numbers import THAI_DIGITS, thai_numbers
from correction.facts.witness_numbers import NumberCheck, WitnessNumber, line_reader_evidence, witness_numbers
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence

# The columns of a table: what parts two numbers of one row and is no word.
_DIGIT = re.compile(f"[{THAI_DIGITS}]")
_COLUMNS = re.compile(r"[ \t\u00a0|]+")


def _find(context: Context) -> Iterator[Match]:
    """One flag a number, one for neighbouring columns of numbers: that is how a person compares them."""
    text = context.text
    numbers = sorted(witness_numbers(context), key=lambda one: one.start)
    places = list(proven(context))
    places += [(one.start, one.end) for one in numbers if _settled(context, one)]
    settled = {at for place in places for at in range(*place)}
    start = end = -1
    for first, last in thai_numbers(text):
        if not settled.isdisjoint(range(first, last)):
            continue
        if end >= 0 and _COLUMNS.fullmatch(text, end, first):
            end = last
            continue
        if end >= 0:
            yield Match(start, end, None, _evidence(numbers, start, end))
        start, end = first, last
    if end >= 0:
        yield Match(start, end, None, _evidence(numbers, start, end))


def _settled(context: Context, one: WitnessNumber) -> bool:
    """Confirmed, or the subject of a standing proposal that the line reader bears out: that brings a person here."""
    if one.check is NumberCheck.CONFIRMED:
        return True
    digits = [at for at in range(one.start, one.end) if _DIGIT.match(context.text, at)]
    written = all(context.view.origin(at) is None for at in digits)
    return written and one.reading.text == context.text[one.start : one.end]


def _evidence(numbers: Sequence[WitnessNumber], start: int, end: int) -> tuple[Evidence, ...]:
    first = bisect_right(numbers, start, key=lambda one: one.end)
    last = bisect_left(numbers, end, key=lambda one: one.start)
    return tuple(line_reader_evidence(one.reading) for one in numbers[first:last])


RULE = Rule(
    code="DIG001",
    name="Thai digits nobody has read",
    version=2,
    message=(
        "Tesseract's Thai model has no ๔ ๖ ๗ ๘ ๙ and gives other digits in their place: "
        "compare each digit with the scan."
    ),
    message_th="Tesseract ไม่รู้จักเลข ๔ ๖ ๗ ๘ ๙ และใส่เลขอื่นแทน โปรดเทียบทุกตัวกับภาพสแกน",
    stage=Stage.REMAINDER,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ประจำปี พ.ศ. [๒๕๐๕]",
        "มีผู้มาใช้สิทธิ [๑๑๐,๒๒๓] คน",
        "[๑.๒] บัตรเสีย   [๒,๕๒๕] ใบ",
        "ทุ่งใหญ่ [๑๒   ๓๕๐ | ๒๒]",
        "หมู่ที่ [๑2]",
    ),
    negative=examples(
        Example("ปี ๒๕๐๒", witness="ปี ๒๕๐๒"),
        Example("ปี ๒๕๐๒", witness="ปี ๒๕๐๘"),
        "ประจำปี 2569",
        "จำนวน 1,250 คน",
        "เด็ก ๆ",
        "๑๒ คน (สิบสอง)",
        "๑๒ คน (สิบหก)",
    ),
    source="tesseract-ocr/langdata_lstm, issue 42; the character set of tha.traineddata 4.1.0.",
    readers=("tesseract",),
)
