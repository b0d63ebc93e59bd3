"""SPC201: spaces before and behind mai yamok."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.usage import YAMOK, spaced_yamok, usage_finder
from model.edit import Safety

SPC201 = Rule(
    code="SPC201",
    name="mai yamok",
    version=1,
    message="Usage asks for a space before and behind mai yamok.",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(YAMOK, spaced_yamok),
    fires=(
        Example("โครงการต่างๆ ของเทศบาล", 11, 12, " ๆ"),
        Example("โครงการต่างๆของเทศบาล", 11, 12, " ๆ "),
        Example("ในวันหนึ่ง ๆมีผู้มาติดต่อ", 11, 12, "ๆ "),
    ),
    silent=("โครงการต่าง ๆ ของเทศบาล", "เครื่องหมาย (ๆ) คือไม้ยมก", "ๆ", "โครงการต่าง ๆ, และอื่น ๆ)"),
    source="Office of the Royal Society, rules on spacing: before and behind mai yamok.",
    usual=False,
)
