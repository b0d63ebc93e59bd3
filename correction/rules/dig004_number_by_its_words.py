"""DIG004: a number in Thai digits that Tesseract has misread, repaired by its words in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from correction.facts.bracketed import Relation, pairs
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Evidence, Safety

_SURE = 0.99
_PER_LETTER_FORGIVEN = 0.03
_UNFIT = 0.2


def _find(context: Context) -> Iterator[Finding]:
    for pair in pairs(context):
        if pair.relation is Relation.FITS:
            confidence = _SURE - _PER_LETTER_FORGIVEN * pair.spoken.cost - _UNFIT * pair.unfit
            evidence = (
                Evidence("words", f"the words in brackets say {pair.expected}", pair.spoken.cost),
                Evidence("digits", "share of the digits that must have been misread", round(pair.unfit, 2)),
            )
            yield Finding(pair.start, pair.end, pair.expected, evidence, round(confidence, 3))


DIG004 = Rule(
    code="DIG004",
    name="number by its words",
    version=1,
    message="The words in brackets behind it say another number, and this one may be a misreading of it.",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    fires=(
        Example("มาแสดงตน ๑๑๐,๒๒๓ คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)", 9, 16, "๑๑๐,๒๖๓"),
        Example("บัตรเสีย ๒,๕๒๕ บัตร (หกพันสี่ร้อยยี่สิบเก้า)", 9, 14, "๖,๔๒๙"),
        Example("จัดสรร ๑๕๕,๕๒๐ บัตร เ(หนึ่งแสนห้วหมื่นห้าพันเก้าร้อยยี่สิบหก)", 7, 14, "๑๕๕,๙๒๖"),
        Example("ที่เหลือ momo บัตร (สามพันหกร้อยสามสิบหก)", 9, 13, "๓๖๓๖"),
        Example("วงเงิน ๕๐,๐๐๐ บาท (แปดหมื่นบาทถ้วน)", 7, 13, "๘๐,๐๐๐"),
    ),
    silent=(
        "มาแสดงตน ๒๒,๑๑๒ คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)",
        "วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)",
        "มาตรา ๕๓ (สอง)",
        "ข้อ ๒ (ข้อความต่อไปนี้)",
    ),
    source="Thai number words as the Royal Society's dictionary gives them; four election announcements of 2569.",
    reader="tesseract",
)
