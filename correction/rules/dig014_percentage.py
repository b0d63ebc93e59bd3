"""DIG014: a percentage that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.percentages import contradicted_by_words, more_than_the_whole
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text, reader = context.text, context.reading.reader.name
    for start, end in more_than_the_whole(text):
        if not read_by_guess(text[start:end], reader):
            yield Match(start, end, None)
    for start, end, words in contradicted_by_words(text):
        if not read_by_guess(text[start:end], reader):
            evidence = (Evidence(EvidenceKind.WORDS_SAY, (words,)),)
            yield Match(
                start, end, None, evidence, message="The percentage and its words say different things."
            )


RULE = Rule(
    code="DIG014",
    name="impossible percentage",
    version=2,
    message="This is more than the whole of which it is a part.",
    message_th="ร้อยละเกินหนึ่งร้อยทั้งที่เป็นส่วนของทั้งหมด หรือไม่ตรงกับตัวหนังสือ",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "คิดเป็นร้อยละ [120] ของครัวเรือนทั้งหมด และ [105.5] % ของนักเรียนทั้งสิ้น",
        "ผู้มาใช้สิทธิเลือกตั้ง คิดเป็นร้อยละ [๑๖๕.๓๐] บัตรเสีย [101]%",
        "ร้อยละ [120.5] ของผู้ตอบแบบสอบถาม และ [๑๐๕]% ของจำนวนผู้เข้าสอบ",
        "อัตราร้อยละ [15] (สิบสองจุดห้า) และร้อยละ [๗.๕] (เจ็ด)",
        "เบี้ยปรับร้อยละสิบห้า ([12]) และ [20] % (ร้อยละสามสิบ)",
    ),
    negative=examples(
        "ขยายตัวร้อยละ 120 ของแผนทั้งหมด เบิกจ่ายร้อยละ 106 ของเป้าหมาย",
        "โตขึ้นเป็นร้อยละ 120 ของผู้ใช้บริการในปีก่อน และร้อยละ 103 ของกลุ่มตัวอย่างเดิม",
        "หนี้ครัวเรือนร้อยละ 117 ของ GDP คิดเป็นร้อยละ 100 ของครัวเรือนทั้งหมด",
        "ผู้มาใช้สิทธิ คิดเป็นร้อยละ 65.30 เพิ่มขึ้นร้อยละ 150",
        "ผู้มาใช้สิทธิเพิ่มขึ้นร้อยละ 150",
        "อัตราร้อยละ 15 (สิบห้า) และร้อยละเจ็ดจุดห้า (7.5) ร้อยละ 7.50 (เจ็ดจุดห้า)",
        "ร้อยละ 5 (ห้าแสนบาท) ร้อยละ 2 (ข้อเสนอ) ร้อยละ 69 (เป้าหมายร้อยละ 75)",
    ),
)
