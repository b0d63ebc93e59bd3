"""SPC204: a space between Thai letters and a word in Latin letters."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.usage import LATIN, parted, usage_finder
from model.edit import Safety

SPC204 = Rule(
    code="SPC204",
    name="space beside a Latin word",
    version=1,
    message="Usage asks for a space between Thai letters and letters of another script.",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(LATIN, parted),
    fires=(
        Example("ระบบE-Service ของเทศบาล", 3, 4, "บ "),
        Example("เมือง Smart Cityนำร่อง", 16, 17, " น"),
    ),
    silent=("ระบบ E-Service ของเทศบาล", "วิตามินซี C", "แผน A และ B", "กลุ่มA"),
    source="Office of the Royal Society, rules on spacing: between Thai letters and those of other languages.",
    usual=False,
)
