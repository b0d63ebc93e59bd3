"""ENC016: tone marks that stand one letter early (`ห้นา` for `หน้า`)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from correction.diagnosis.early_tones import early_tones
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_MOST = 0.99


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, gain in early_tones(text):
        confidence = round(_MOST / (1 + math.exp(-gain / 2)), 3)
        after = text[start + 1 : end] + text[start]
        yield Match(start, end, after, (Evidence(EvidenceKind.LIKELIER, score=gain),), confidence)


RULE = Rule(
    code="ENC016",
    name="early tone mark",
    version=1,
    message="The tone mark stands one letter early; it belongs on the consonant behind.",
    message_th="วรรณยุกต์อยู่ก่อนตำแหน่งหนึ่งตัวอักษร ควรอยู่บนพยัญชนะถัดไป",
    stage=Stage.LATE_TONES,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "เจ้าห[้น→น้]าที่ไ[้ด→ด้]รับแ[้จ→จ้]งจาก [้ผู→ผู้]ใหญ่[้บ→บ้]าน",
    ),
    negative=examples(
        "เจ้าหน้าที่ได้รับแจ้งจาก ผู้ใหญ่บ้าน",
        "ไ้ดรับแ้จง",
        "่ก ้ข ๊ค",
    ),
)
