"""SPC205: no space between a title and the name of a person. The name itself is never touched."""

from __future__ import annotations

from correction.example import examples
from correction.rule import Rule, Stage
from correction.words.usage import NAMES, usage_finder
from model.edit import Safety

RULE = Rule(
    code="SPC205",
    name="space behind a title",
    version=1,
    message="Usage asks for no space between นาย, นาง or นางสาว and the name.",
    message_th="ตามหลักเกณฑ์ ไม่เว้นวรรคระหว่างคำนำหน้าชื่อกับชื่อ",
    stage=Stage.REMAINDER,
    level=Safety.REVIEW,
    find=usage_finder(NAMES, lambda _: ""),
    positive=examples(
        "โดย นาย[ →]กอบ ขวัญดี เป็นประธาน",
        "และนางสาว[ →]กอบ ขวัญดี",
    ),
    negative=examples(
        "โดย นายกอบ ขวัญดี เป็นประธาน",
        "นาย ก และนาย ข",
        "เจ้านาย ฝ่ายเหนือ และ",
        "พ.ต.อ. กอบ ขวัญดี",
    ),
    source="Office of the Royal Society, rules on spacing: none between a title and the name.",
    enabled_by_default=False,
)
