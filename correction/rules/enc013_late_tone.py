"""ENC013: tone marks and mai han akat that stand one letter late, as some programs keep them (`ตอ้ง` for `ต้อง`)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from correction.diagnosis.late_tones import late_tones
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_MOST = 0.99


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, gain in late_tones(text):
        over, tone = text[start], text[start + 1]
        confidence = round(_MOST / (1 + math.exp(-gain / 2)), 3)
        evidence = (Evidence(EvidenceKind.LIKELIER, score=gain),)
        yield Match(start, start + 2, tone + over, evidence, confidence)


RULE = Rule(
    code="ENC013",
    name="late mark",
    version=2,
    message="The mark stands one letter late; it belongs on the consonant before.",
    message_th="วรรณยุกต์หรือไม้หันอากาศเลื่อนไปหนึ่งตัวอักษร ควรอยู่บนพยัญชนะก่อนหน้า",
    stage=Stage.LATE_TONES,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "ผู[ใ้→้ใ]หญ่บ้านต[อ้→้อ]งมา",
        "เจ[า้→้า]หน[า้→้า]ที่ต[อ้→้อ]งไปที่บ[า้→้า]น",
        "คณะกรรมการได้พิจารณาแล[ว้→้ว]เห็นว่าสมควรให้จ[ดั→ัด]ทำบ[ญั→ัญ]ชีต่อไป",
        "ผู[ใ้→้ใ]หญ่บ[า้→้า]นว[า่→่า]ได[ร้→้ร]ับแจ[ง้→้ง]",
    ),
    negative=examples(
        "เจ้าหน้าที่ต้องไปที่บ้านของผู้ใหญ่บ้าน",
        "เจ้าหน้าท่ีได้ทํางาน",
        "ค่าจ้าง คะ่",
        "นางสารีย๊ะ รัตนเพชร",
        "เจ้าหนา้ที่",
    ),
)
