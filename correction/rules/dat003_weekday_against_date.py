"""DAT003: a weekday that the date did not fall on."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.weekdays import NAMES, weekday_contradictions
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, fell_on in weekday_contradictions(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (Evidence(EvidenceKind.FELL_ON, (NAMES[fell_on],)),))


RULE = Rule(
    code="DAT003",
    name="weekday against date",
    version=2,
    message="This date did not fall on this weekday.",
    message_th="วันที่นี้ไม่ตรงกับวันในสัปดาห์ที่เขียนไว้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ประชุม[วันจันทร์ที่ 8 กุมภาพันธ์ พ.ศ. 2569]",
        "เมื่อ[วันศุกร์ที่ ๑ ม.ค. ๒๕๖๙] ณ",
        "ประชุม[วันจันทร์ที่ 8 ก.พ. 69] และ[วันพุธที่ 8/2/2569] หรือ [พฤหัสบดีที่ 8 กุมภาพันธ์ 2569]",
        "กำหนดส่ง [8 กุมภาพันธ์ 2569 (วันจันทร์)] และวันที่ [9 ก.พ. 2569 (อังคาร)]",
        "วันที่ [8 กุมภาพันธ์ 2569 ซึ่งตรงกับวันพุธ] เวลา 9.00 น.",
        "ระหว่าง[วันจันทร์ที่ 8] - วันอังคารที่ 10 กุมภาพันธ์ 2569",
        "ระหว่างวันจันทร์ที่ 9 - [วันพฤหัสบดีที่ 11 กุมภาพันธ์]",
        "[วันจันทร์-พุธที่ 10-12 กุมภาพันธ์ 2569] และ [10-12 กุมภาพันธ์ 2569 (วันจันทร์-วันพุธ)]",
    ),
    negative=examples(
        "ประชุมวันอาทิตย์ที่ 8 กุมภาพันธ์ พ.ศ. 2569",
        "ประชุมวันจันทร์ที่ 8 กุมภาพันธ์",
        "วันจันทร์ที่ 30 กุมภาพันธ์ 2569",
        "วันจันทร์ที่ 1 เมษายน พ.ศ. 2400",
        "วันอาทิตย์ที่ 8 ก.พ. 69 วันอาทิตย์ที่ 8/2/2569 และ 8 ก.พ. 2569 (อา.)",
        "วันที่ 8 กุมภาพันธ์ 2569 ตรงกับวันอาทิตย์ ส่วนวันที่ 8 กุมภาพันธ์ 2569 วันจันทร์ที่ 9",
        "วันที่ 9 – 13 กุมภาพันธ์ 2569 (วันจันทร์-วันศุกร์) ทุกวันจันทร์",
        "ระหว่างวันเสาร์ที่ 31 - วันอาทิตย์ที่ 1 กุมภาพันธ์ 2569",
        "8 กุมภาพันธ์ 2569 (จันทร์-ศุกร์ เวลาราชการ) ถนนพระจันทร์ 8/2/2569",
    ),
    source="Proleptic Gregorian calendar; years before 2484 began in April and are left alone.",
)
