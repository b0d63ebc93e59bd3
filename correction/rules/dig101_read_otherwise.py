"""DIG101: a number in Thai digits that the line reader reads otherwise than Tesseract.

Tesseract's Thai model has no ๔ ๖ ๗ ๘ ๙ and reads others, or letters, in their place; the line reader has all ten. Which
of the two is right is a fact that only the scan tells: a proposal, or a flag where the line reader itself is unsure and
Tesseract saw no number at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.numbers import thai_numbers
from correction.facts.witness_numbers import is_proposed, line_reader_evidence, witness_numbers
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for place in witness_numbers(context):
        start, end, confidence = place.start, place.end, place.reading.confidence or 0.0
        before = text[start:end]
        if is_proposed(place, text):
            read = Evidence(
                EvidenceKind.READS, (context.reading.reader.name, before), _least(context, start, end)
            )
            evidence = (line_reader_evidence(place.reading), read)
            after = place.reading.text
            if before.isspace():  # a number that Tesseract lost between two words or two columns
                gap = "\t" if "\t" in before else " "
                after = f"{gap}{after}{gap}"
            yield Match(start, end, after, evidence, confidence=round(confidence, 4))
        elif confidence >= UNSEEN and not any(thai_numbers(before)):
            yield Match(start, end, None, (line_reader_evidence(place.reading),), message=_UNSEEN_MESSAGE)


def _least(context: Context, start: int, end: int) -> float | None:
    known = [c for c in map(context.confidence, range(start, end)) if c is not None]
    return min(known, default=None)


UNSEEN = 0.7
"""From this confidence on digits that Tesseract saw none of are flagged; noise read as digits is seldom so sure."""

_UNSEEN_MESSAGE = (
    "The line reader sees Thai digits where Tesseract read something else: compare with the scan."
)

RULE = Rule(
    code="DIG101",
    name="Thai digits read otherwise",
    version=2,
    message="The line reader, which knows all ten Thai digits, reads another number here.",
    message_th="ตัวอ่านบรรทัดซึ่งรู้จักเลขไทยครบสิบตัวอ่านจำนวนนี้ต่างไป",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        Example("พ.ศ. [๒๕๒๕→๒๕๖๙] นั้น", witness="พ.ศ. ๒๕๖๙ นั้น"),
        Example("จำนวน [ฒ๒,๕๓๓→๙๒,๕๙๗] บัตร", witness="จำนวน ๙๒,๕๙๗ บัตร"),
        Example("ส.ส. [b/๑→๖/๑]", witness="ส.ส. ๖/๑"),
        Example("รวม [๓๕→๓๕๔] คน", witness="รวม ๓๕๔ คน"),
        Example("เขต[ → ๒๔ ]คน", witness="เขต ๒๔ คน"),
        Example("ลำดับ[\t→\t๒๔\t]บัตร", witness="ลำดับ\t๒๔\tบัตร"),
        Example("เหลือ      [๕๕/อ๒๓→๔๕,๖๖๓] บัตร", witness="เหลือ ๔๕,๖๖๓ บัตร"),
        Example("ข้อ [g→๘] ให้", witness="ข้อ ๘ ให้"),
    ),
    negative=examples(
        Example("พ.ศ. ๒๕๒๕ นั้น", witness="พ.ศ. ๒๕๒๕ นั้น"),
        Example("วันที่ 8 มีนาคม", witness="วันที่ 8 มีนาคม"),
        "พ.ศ. ๒๕๒๕ นั้น",
    ),
    source="tesseract-ocr/langdata_lstm, issue 42; ocr/line_reader/model_card.md.",
    readers=("tesseract",),
)
