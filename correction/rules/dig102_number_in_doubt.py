"""DIG102: a number that two readers read differently, or that one alone read without being sure of it.

A number is a fact, and no language says which digit is right. The line reader knows all ten Thai digits and is well
calibrated in them; among Arabic ones it errs now and then and shows it by its confidence, upon which Tesseract is
asked: where both agree the number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.numbers import THAI_DIGITS
from correction.rule import Context, Match, Rule, Stage
from correction.witness import WitnessReading
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

TESSERACT = "tesseract"

SURE = 0.9
"""From this confidence on, in every digit, the line reader's number stands for itself. Of 477 right numbers in Thai
digits on 30 pages of scans 7 are below, of 74 wrong ones 68; the others are check boxes read as digits."""

SEEN = 0.9
"""From this confidence on, in every digit, a number is flagged that Tesseract alone sees."""

_NUMBER = re.compile(f"[0-9{THAI_DIGITS}]+(?:[.,/:–-][0-9{THAI_DIGITS}]+)*")
_THAI = re.compile(f"[{THAI_DIGITS}]")
_DIGIT = re.compile(f"[0-9{THAI_DIGITS}]")
_ARABIC_NUMBER = re.compile("[0-9]{2,}(?:[.,/:–-][0-9]+)*")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in _NUMBER.finditer(text):
        other = _other(context, match.start(), match.end())
        if _doubtful(context, match, other):
            known = [c for c in map(context.confidence, range(*match.span())) if c is not None]
            evidence = [Evidence(EvidenceKind.READS, ("line-reader", match[0]), min(known, default=None))]
            if other is not None and other.text.strip():
                evidence.append(
                    Evidence(EvidenceKind.READS, (TESSERACT, other.text.strip()), other.confidence)
                )
            yield Match(match.start(), match.end(), None, tuple(evidence))
    for witness in context.witnesses:
        if witness.reader.name == TESSERACT:
            for span in witness.where(_ARABIC_NUMBER):
                start, end = context.view.shown(span)
                other = _other(context, start, end)
                if start < end and other is not None and _seen_by_tesseract_alone(text[start:end], other):
                    reads = Evidence(EvidenceKind.READS, (TESSERACT, other.text.strip()), other.confidence)
                    yield Match(start, end, None, (reads,))


def _doubtful(context: Context, number: re.Match[str], other: WitnessReading | None) -> bool:
    known = [c for c in map(context.confidence, range(*number.span())) if c is not None]
    if _THAI.search(number[0]) or other is None:
        return min(known, default=1.0) < SURE
    return _digits(number[0]) not in (_digits(other.text), _digits(other.text.strip(".,/:–-")))


def _digits(text: str) -> str:
    return "".join(text.split())


def _other(context: Context, start: int, end: int) -> WitnessReading | None:
    """What Tesseract reads there; None where it was not asked."""
    for reading in context.witness_readings(start, end):
        if reading.by == TESSERACT:
            return reading
    return None


def _seen_by_tesseract_alone(read: str, other: WitnessReading) -> bool:
    """Whether Tesseract sees an Arabic number where no digit was read."""
    if not read.strip() or _DIGIT.search(read) or "\n" in read:
        return False
    return bool(_ARABIC_NUMBER.fullmatch(other.text.strip())) and (other.confidence or 0.0) >= SEEN


RULE = Rule(
    code="DIG102",
    name="number in doubt",
    version=1,
    message="The readers differ about this number, or one alone read it and is not sure: compare it with the scan.",
    message_th="ตัวอ่านอ่านจำนวนนี้ไม่ตรงกัน หรืออ่านได้ตัวเดียวและไม่แน่ใจ โปรดเทียบกับภาพสแกน",
    stage=Stage.REMAINDER,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("งบประมาณ [1,250] บาท", tesseract="งบประมาณ 1,260 บาท"),
        Example("งบประมาณ [1,250] บาท", tesseract="งบประมาณ 11,250 บาท"),
        Example("งบประมาณ [1,250] บาท", tesseract="งบประมาณ l,2SO บาท"),
        Example("จำนวน [๔๕] ครัวเรือน", confidence=0.7),
        Example("จำนวน [45] ครัวเรือน", confidence=0.7),
        Example("เลขที่ [ฑฯ] หมู่ ๓", tesseract="เลขที่ 72 หมู่ ๓"),
    ),
    negative=examples(
        Example("งบประมาณ 1,250 บาท", tesseract="งบประมาณ 1,250 บาท"),
        Example("งบประมาณ 1,250 บาท", tesseract="งบประมาณ 1,250 บาท", confidence=0.6),
        Example("จำนวน ๔๕ ครัวเรือน", tesseract="จำนวน ๕๕ ครัวเรือน"),
        "จำนวน ๔๕ ครัวเรือน",
        "จำนวน 45 ครัวเรือน",
        Example("เลขที่บ้าน หมู่ ๓", tesseract="เลขที่บ้าน หมู่ 3"),
    ),
    source="Confidences and readings held against 37 pages with truth; ocr/line_reader/model_card.md.",
    readers=("cascade",),
)
