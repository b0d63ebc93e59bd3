"""DIG015: a number of thousands or millions that the number in brackets beside it contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.scaled import contradicted_scales
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, beside in contradicted_scales(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (Evidence(EvidenceKind.SAYS_BESIDE, (beside,)),))


RULE = Rule(
    code="DIG015",
    name="scaled number against the one beside it",
    version=1,
    message="The number and the one in brackets beside it are not the same.",
    message_th="จำนวนกับจำนวนในวงเล็บที่อยู่คู่กันไม่เท่ากัน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "งบประมาณ [1.5 ล้านบาท] (หนึ่งล้านสี่แสนบาทถ้วน)",
        "วงเงิน [๔,๘๔๑ ล้านบาท] (สี่พันแปดร้อยสี่สิบสองล้านบาท)",
        "งบประมาณ [1.5 ล้านบาท] (1,400,000 บาท) และ [2 พันล้านบาท] (200 ล้านบาท)",
        "เป็นเงิน [1,400,000 บาท] (1.5 ล้านบาท) ประชากร [2.3 แสนคน] (203,000 คน)",
        "วงเงินหนึ่งล้านสี่แสนบาทถ้วน ([1.5 ล้านบาท])",
    ),
    negative=examples(
        "งบประมาณ 1.5 ล้านบาท (หนึ่งล้านห้าแสนบาทถ้วน) และ 85.204 ล้านบาท (แปดสิบห้าล้านสองแสนสี่พันบาท)",
        "งบประมาณ 1.5 ล้านบาท (1,523,400 บาท) และ 2 พันล้านบาท (2,000 ล้านบาท)",
        "จาก 13,786.67 ล้านบาท (15,954.74 ล้านบาท) เป็น 24 ล้านบาท (ปีละ 3,000,000 บาท)",
        "27.06 ล้านดอลลาร์สหรัฐ (900 ล้านบาท) 528 ล้านบาท (ร้อยละ 1.2)",
        "วงเงินหนึ่งล้านห้าแสนบาทถ้วน (1.5 ล้านบาท) และ 5 แสนคน (500,000 คน)",
    ),
)
