"""DIG005: a number and its words in brackets say different things."""

from __future__ import annotations

from collections.abc import Iterator

from correction.facts.bracketed import Relation, pairs
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Evidence, Safety


def _find(context: Context) -> Iterator[Finding]:
    for pair in pairs(context):
        if pair.relation is Relation.CONTRADICTS:
            evidence = (Evidence("words", f"the words in brackets say {pair.expected}"),)
            yield Finding(pair.start, pair.end, None, evidence)


DIG005 = Rule(
    code="DIG005",
    name="number against its words",
    version=1,
    message="The number and its words in brackets say different things: one of them is misread, or was misprinted.",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    fires=(
        Example("วงเงิน ๑๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)", 7, 14, None),
        Example("จำนวน 1,250 คน (หนึ่งพันสองร้อยห้าสิบเอ็ด)", 6, 11, None),
        Example("ราคา 99.50 บาท (เก้าสิบเก้าบาทถ้วน)", 5, 10, None),
    ),
    silent=(
        "วงเงิน ๒๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)",
        "จำนวน 1,250 คน (หนึ่งพันสองร้อยห้าสิบ)",
        "ราคา 99.50 บาท (เก้าสิบเก้าบาทห้าสิบสตางค์)",
        "งบประมาณ 1.5 ล้านบาท (หนึ่งล้านห้าแสนบาทถ้วน)",
        "มาตรา ๑๔ (สอง) และ (สาม)",
        "ข้อ 7 (หนึ่ง) ของระเบียบ",
    ),
)
