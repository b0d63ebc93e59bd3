"""SPC201: spaces before and behind mai yamok."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.usage import YAMOK, spaced_yamok, usage_finder
from model.edit import Safety

RULE = Rule(
    code="SPC201",
    name="mai yamok",
    version=1,
    message="Usage asks for a space before and behind mai yamok.",
    message_th="ตามหลักเกณฑ์ เว้นวรรคหน้าและหลังไม้ยมก",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(YAMOK, spaced_yamok),
    positive=examples(
        "โครงการต่าง[ๆ→ ๆ] ของเทศบาล",
        "โครงการต่าง[ๆ→ ๆ ]ของเทศบาล",
        "ในวันหนึ่ง [ๆ→ๆ ]มีผู้มาติดต่อ",
    ),
    negative=examples(
        "โครงการต่าง ๆ ของเทศบาล",
        "เครื่องหมาย (ๆ) คือไม้ยมก",
        "ๆ",
        "โครงการต่าง ๆ, และอื่น ๆ)",
    ),
    source="Office of the Royal Society, rules on spacing: before and behind mai yamok.",
    enabled_by_default=False,
)
