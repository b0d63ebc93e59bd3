"""DIG005: a number and its words in brackets say different things."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.bracketed import Relation, pairs
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    for pair in pairs(context):
        if pair.relation is Relation.CONTRADICTS:
            evidence = (Evidence(EvidenceKind.WORDS_SAY, (pair.expected,)),)
            yield Match(pair.start, pair.end, None, evidence)


RULE = Rule(
    code="DIG005",
    name="number against its words",
    version=4,
    message="The number and its words in brackets say different things: one of them is misread, or was misprinted.",
    message_th="ตัวเลขกับตัวหนังสือในวงเล็บไม่ตรงกัน อาจอ่านผิดหรือพิมพ์ผิด",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "วงเงิน [๑๐๐,๐๐๐] บาท (สองแสนบาทถ้วน)",
        "จำนวน [1,250] คน (หนึ่งพันสองร้อยห้าสิบเอ็ด)",
        "ราคา [99.50] บาท (เก้าสิบเก้าบาทถ้วน)",
        "วงเงิน [3,000] บาท (-สี่พันบาทถ้วน-)",
        "วงเงิน [3,000] บาท / สี่พันบาทถ้วน และ [3,000] บาท “สี่พันบาทถ้วน”",
        "จำนวนเงิน [3,000] บาท (ตัวอักษร) สี่พันบาทถ้วน",
        "ภายใน [๑๕] (สิบหก) วัน หรือ [30] วัน (สามสิบเอ็ดวัน) จำนวน [๒] (สาม) ฉบับ",
        "จำนวนหนึ่งร้อยสามสิบ ([๑๔๐]) คน [๓,๐๐๐.๐๐] บาท (สี่พันบาทศูนย์สตางค์)",
        "(ห้าล้านสองแสนบาทถ้วน) [5,020,000] บาท และสิบเอ็ด ([12]) คน",
        "(-หนึ่งแสนบาทถ้วน-) [10,000] บาท",
        "วงเงินสี่พันบาทถ้วน ([3,000] บาท) และสี่พันบาทถ้วน (=[๓,๐๐๐].-บาท=)",
    ),
    negative=examples(
        "วงเงิน ๒๐๐,๐๐๐ บาท (สองแสนบาทถ้วน)",
        "จำนวน 1,250 คน (หนึ่งพันสองร้อยห้าสิบ)",
        "ราคา 99.50 บาท (เก้าสิบเก้าบาทห้าสิบสตางค์)",
        "งบประมาณ 1.5 ล้านบาท (หนึ่งล้านห้าแสนบาทถ้วน)",
        "มาตรา ๑๔ (สอง) และ (สาม)",
        "ข้อ 7 (หนึ่ง) ของระเบียบ",
        "วงเงิน 4,021 บาท (-สี่พันยี่สิบเอ็ดบาทถ้วน-)",
        "วงเงินสี่พันบาทถ้วน (4,000 บาท) และสี่พันบาทถ้วน (=๔,๐๐๐.-บาท=)",
        "ราคาหนึ่งลานสองแสนบาท (1,200,000 บาท)",
        "ข้อ 7 (สอง) วันที่ 3 และ มาตรา ๑๔ (สอง) วันใด",
        "วงเงิน 4,000 บาท / สี่พันบาทถ้วน และ 4,000 บาท (ตัวอักษร) สี่พันบาทถ้วน ภายใน ๑๕ (สิบห้า) วัน",
        "ราคา 3,000 บาท - สองร้อยบาทเป็นส่วนลด และ 15 วัน (สองคน)",
        "ลูกหนี้ค้างชำระสองพันบาท (2 ราย)",
        "(ห้าล้านสองแสนบาทถ้วน) 5,200,000 บาท และสิบสอง (12) คน",
        "ค่าจ้าง (สองพันบาทถ้วน) งวดละ 500 บาท และมาตราสิบเอ็ด (๑๒)",
    ),
)
