"""DIG102: a number that two readers read differently, or that one alone read without being sure of it.

A number is a fact, and no language says which digit is right. The line reader knows all ten Thai digits and is well
calibrated in them; among Arabic ones it errs now and then and shows it by its confidence, upon which Tesseract is
asked: where both agree the number stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from correction.example import Example, examples
from correction.facts.numbers import DIGIT, THAI_DIGITS
from correction.facts.witness_numbers import LINE_READER, NUMBER, line_reader_evidence
from correction.rule import Context, Match, Rule, Stage
from correction.witness import WitnessReading
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

TESSERACT = "tesseract"

SURE = 0.9
"""From this confidence on, in every digit, the line reader's number stands for itself. Of 477 right numbers in Thai
digits on 30 pages of scans 7 are below, of 74 wrong ones 68; the others are check boxes read as digits."""

_BOTH = (0.5, 0.95)
"""Confidences of the line reader and of Tesseract, in every digit, from which a lone ๑ that both read stands. Of the
digits that Tesseract calls ๑ 19 in 20 are ones, which is so of no other digit it knows; on 68 pages 7 such numbers that
the line reader alone is unsure of are right, and none of the 60 that are wrong is among them."""
_ONES = re.compile("๑+")

SEEN = 0.9
"""From this confidence on, in every digit, a number is flagged that Tesseract alone sees."""

_THAI = re.compile(f"[{THAI_DIGITS}]")
_DIGIT = re.compile(DIGIT)
_ARABIC_NUMBER = re.compile("[0-9]{2,}(?:[.,/:–-][0-9]+)*")


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for match in NUMBER.finditer(text):
        known = [sure for at in range(*match.span()) if (sure := context.confidence(at)) is not None]
        least = min(known, default=None)
        other = _other(context, match.start(), match.end())
        if _doubtful(match[0], least, other):
            evidence = [Evidence(EvidenceKind.READS, (LINE_READER, match[0]), least)]
            if other is not None and other.text.strip():
                evidence.append(_reads(other))
            yield Match(match.start(), match.end(), None, tuple(evidence))
    for witness in context.witnesses:
        if witness.reader.name == TESSERACT:
            for span in witness.where(_ARABIC_NUMBER):
                start, end = context.view.shown(span)
                other = _other(context, start, end)
                if start < end and other is not None and _seen_by_tesseract_alone(text[start:end], other):
                    yield Match(start, end, None, (_reads(other),))


def _doubtful(number: str, least: float | None, other: WitnessReading | None) -> bool:
    """`least` is the line reader's confidence in the number, None where somebody else wrote it: that is a proposal,
    which brings a person here."""
    if _THAI.search(number) or other is None:
        return least is not None and least < SURE and not _both_read_ones(number, least, other)
    read = "".join(other.text.split())
    return number not in (read, read.strip(".,/:–-"))


def _both_read_ones(number: str, least: float, other: WitnessReading | None) -> bool:
    if other is None or other.text.strip() != number or not _ONES.fullmatch(number):
        return False
    return least >= _BOTH[0] and (other.confidence or 0.0) >= _BOTH[1]


def _reads(other: WitnessReading) -> Evidence:
    return line_reader_evidence(replace(other, text=other.text.strip()))


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
        Example("จำนวน [๒] แห่ง", tesseract="จำนวน ๒ แห่ง", confidence=0.7),
        Example("จำนวน [45] ครัวเรือน", confidence=0.7),
        Example("เลขที่ [ฑฯ] หมู่ ๓", tesseract="เลขที่ 72 หมู่ ๓"),
    ),
    negative=examples(
        Example("งบประมาณ 1,250 บาท", tesseract="งบประมาณ 1,250 บาท"),
        Example("งบประมาณ 1,250 บาท", tesseract="งบประมาณ 1,250 บาท", confidence=0.6),
        Example("จำนวน ๔๕ ครัวเรือน", tesseract="จำนวน ๕๕ ครัวเรือน"),
        "จำนวน ๔๕ ครัวเรือน",
        "จำนวน 45 ครัวเรือน",
        Example("เขต ๑ คน", tesseract="เขต ๑ คน", confidence=0.7),
        Example("เลขที่บ้าน หมู่ ๓", tesseract="เลขที่บ้าน หมู่ 3"),
    ),
    source="Confidences and readings held against 37 pages with truth; ocr/line_reader/model_card.md.",
    readers=("cascade",),
)
