"""SPC203: a space between Thai letters and a number. The number itself is never touched."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.usage import NUMBERS, parted, usage_finder
from model.edit import Safety

RULE = Rule(
    code="SPC203",
    name="space beside a number",
    version=1,
    message="Usage asks for a space between Thai letters and a number.",
    message_th="ตามหลักเกณฑ์ เว้นวรรคระหว่างตัวหนังสือไทยกับตัวเลข",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(NUMBERS, parted),
    positive=examples(
        "จำนว[น→น ]25 หมู่บ้าน",
        "มี 25[ค→ ค]รัวเรือน",
        "หมู่ที[่→่ ]๓ ตำบลชมภู",
    ),
    negative=examples(
        "จำนวน 25 หมู่บ้าน",
        "ชั้น ป.5",
        "แบบ ก1",
        "ข้อ ๓ก",
        "๑๐%",
    ),
    source="Office of the Royal Society, rules on spacing: between letters and figures.",
    enabled_by_default=False,
)
