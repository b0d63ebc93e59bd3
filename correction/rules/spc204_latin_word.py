"""SPC204: a space between Thai letters and a word in Latin letters."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.usage import LATIN, parted, usage_finder
from model.edit import Safety

RULE = Rule(
    code="SPC204",
    name="space beside a Latin word",
    version=1,
    message="Usage asks for a space between Thai letters and letters of another script.",
    message_th="ตามหลักเกณฑ์ เว้นวรรคระหว่างตัวหนังสือไทยกับตัวหนังสือภาษาอื่น",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(LATIN, parted),
    positive=examples(
        "ระบ[บ→บ ]E-Service ของเทศบาล",
        "เมือง Smart City[น→ น]ำร่อง",
    ),
    negative=examples(
        "ระบบ E-Service ของเทศบาล",
        "วิตามินซี C",
        "แผน A และ B",
        "กลุ่มA",
    ),
    source="Office of the Royal Society, rules on spacing: between Thai letters and those of other languages.",
    enabled_by_default=False,
)
