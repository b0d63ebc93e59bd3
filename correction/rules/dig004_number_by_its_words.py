"""DIG004: a number in Thai digits that Tesseract has misread, repaired by its words in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.bracketed import Relation, pairs
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_SURE = 0.99
_PER_LETTER_FORGIVEN = 0.03
_UNFIT = 0.2


def _find(context: Context) -> Iterator[Match]:
    for pair in pairs(context):
        if pair.relation is Relation.FITS:
            confidence = _SURE - _PER_LETTER_FORGIVEN * pair.spoken.cost - _UNFIT * pair.unfit
            evidence = (
                Evidence(EvidenceKind.WORDS_SAY, (pair.expected,), pair.spoken.cost),
                Evidence(EvidenceKind.DIGITS_MISREAD, score=round(pair.unfit, 2)),
            )
            yield Match(pair.start, pair.end, pair.expected, evidence, round(confidence, 3))


RULE = Rule(
    code="DIG004",
    name="number by its words",
    version=1,
    message="The words in brackets behind it say another number, and this one may be a misreading of it.",
    message_th="ตัวหนังสือในวงเล็บบอกจำนวนอื่น จำนวนนี้อาจอ่านผิด",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "มาแสดงตน [๑๑๐,๒๒๓→๑๑๐,๒๖๓] คน (หนึ่งแสนหนึ่งหมื่นสองร้อยหกสิบสาม)",
        "บัตรเสีย [๒,๕๒๕→๖,๔๒๙] บัตร (หกพันสี่ร้อยยี่สิบเก้า)",
        "จัดสรร [๑๕๕,๕๒๐→๑๕๕,๙๒๖] บัตร เ(หนึ่งแสนห้วหมื่นห้าพันเก้าร้อยยี่สิบหก)",
        "ที่เหลือ [momo→๓๖๓๖] บัตร (สามพันหกร้อยสามสิบหก)",
        "วงเงิน [๕๐,๐๐๐→๘๐,๐๐๐] บาท (แปดหมื่นบาทถ้วน)",
    ),
    negative=examples(
        "มาแสดงตน ๒๒,๑๑๒ คน (สองหมื่นสองพันหนึ่งร้อยสิบสอง)",
        "วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)",
        "มาตรา ๕๓ (สอง)",
        "ข้อ ๒ (ข้อความต่อไปนี้)",
    ),
    source="Thai number words as the Royal Society's dictionary gives them; four election announcements of 2569.",
    readers=("tesseract",),
)
