"""SPC203: a space between Thai letters and a number. The number itself is never touched."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.usage import NUMBERS, parted, usage_finder
from model.edit import Safety

SPC203 = Rule(
    code="SPC203",
    name="space beside a number",
    version=1,
    message="Usage asks for a space between Thai letters and a number.",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(NUMBERS, parted),
    fires=(
        Example("จำนวน25 หมู่บ้าน", 4, 5, "น "),
        Example("มี 25ครัวเรือน", 5, 6, " ค"),
        Example("หมู่ที่๓ ตำบลชมภู", 6, 7, "่ "),
    ),
    silent=("จำนวน 25 หมู่บ้าน", "ชั้น ป.5", "แบบ ก1", "ข้อ ๓ก", "๑๐%"),
    source="Office of the Royal Society, rules on spacing: between letters and figures.",
    usual=False,
)
