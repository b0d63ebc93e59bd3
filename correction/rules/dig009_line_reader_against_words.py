"""DIG009: the line reader reads one number, and its words in brackets prove another.

DIG101 trusts the one and DIG004 the other. Which of the two proposals stands is no proof of anything, nor is it when
only one of them is made: the line reader may err, and so may the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from correction.example import Example, examples
from correction.facts.bracketed import Pair, Relation, pairs
from correction.facts.numbers import arabic
from correction.facts.witness_numbers import (
    NumberCheck,
    WitnessNumber,
    is_proposed,
    line_reader_evidence,
    witness_numbers,
)
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_NOT_COUNTED = re.compile(r"\.0+(?!\d)|\D")
_PEOPLE = 2


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    proven = [p for p in pairs(context) if p.relation is not Relation.CONTRADICTS]
    if not proven or not context.witnesses:
        return
    numbers = sorted(witness_numbers(context), key=lambda one: one.start)
    for pair in proven:
        here = [one for one in numbers if one.start < pair.end and pair.start < one.end]
        if not here or not all(_counts(one, text) for one in here):
            continue
        start, end = min(pair.start, here[0].start), max(pair.end, here[-1].end)
        if _digits(_with(text, start, end, here)) != _digits(_with_words(text, start, end, pair)):
            words = Evidence(EvidenceKind.WORDS_SAY, (pair.expected,), pair.spoken.cost)
            yield Match(start, end, None, (*map(_evidence, here), words), people=_PEOPLE)


def _evidence(one: WitnessNumber) -> Evidence:
    return line_reader_evidence(one.reading)


def _counts(one: WitnessNumber, text: str) -> bool:
    return one.check is NumberCheck.CONFIRMED or is_proposed(one, text)


def _with(text: str, start: int, end: int, numbers: Sequence[WitnessNumber]) -> str:
    """`start..end` as the line reader has it."""
    parts = []
    for one in numbers:
        parts += [text[start : one.start], one.reading.text]
        start = one.end
    return "".join((*parts, text[start:end]))


def _with_words(text: str, start: int, end: int, pair: Pair) -> str:
    return text[start : pair.start] + pair.expected + text[pair.end : end]


def _digits(text: str) -> str:
    """What two spellings of one number have in common: neither separators nor an empty fraction count."""
    return _NOT_COUNTED.sub("", arabic(text))


RULE = Rule(
    code="DIG009",
    name="line reader against the words",
    version=1,
    message="The line reader reads one number here, and the words in brackets behind it say another.",
    message_th="ตัวอ่านบรรทัดอ่านได้จำนวนหนึ่ง แต่ตัวหนังสือในวงเล็บบอกอีกจำนวนหนึ่ง โปรดเทียบทั้งสองกับภาพสแกน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example(
            "มาแสดงตน [๑๑๐,๒๒๓] คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
            witness="มาแสดงตน ๑๑๐,๒๘๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
        ),
        Example(
            "มาแสดงตน [๑๑๐,๒๒๓] คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
            witness="มาแสดงตน ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
        ),
        Example(
            "มาแสดงตน [๒๒,๑๑๒] คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)",
            witness="มาแสดงตน ๒๒,๑๗๒ คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)",
        ),
    ),
    negative=examples(
        Example(
            "มาแสดงตน ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
            witness="มาแสดงตน ๑๑๐,๒๖๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
        ),
        Example(
            "มาแสดงตน ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
            witness="มาแสดงตน ๑๑๐๒๖๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
        ),
        Example("วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)", witness="วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)"),
        "มาแสดงตน ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
    ),
    source="DIG004 and DIG101, of which each alone would decide.",
    readers=("tesseract",),
)
