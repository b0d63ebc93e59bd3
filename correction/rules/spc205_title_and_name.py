"""SPC205: no space between a title and the name of a person. The name itself is never touched."""

from __future__ import annotations

from correction.rule import Example, Rule, Stage
from correction.words.usage import NAMES, usage_finder
from model.edit import Safety

SPC205 = Rule(
    code="SPC205",
    name="space behind a title",
    version=1,
    message="Usage asks for no space between นาย, นาง or นางสาว and the name.",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(NAMES, lambda _: ""),
    fires=(
        Example("โดย นาย กอบ ขวัญดี เป็นประธาน", 7, 8, ""),
        Example("และนางสาว กอบ ขวัญดี", 9, 10, ""),
    ),
    silent=("โดย นายกอบ ขวัญดี เป็นประธาน", "นาย ก และนาย ข", "เจ้านาย ฝ่ายเหนือ และ", "พ.ต.อ. กอบ ขวัญดี"),
    source="Office of the Royal Society, rules on spacing: none between a title and the name.",
    usual=False,
)
