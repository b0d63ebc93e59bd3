"""LOW005: a picture stands beside this that seems to hold writing, which is not in the text."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.marked import marked
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.mark import MarkKind


def _find(context: Context) -> Iterator[Match]:
    return marked(context, MarkKind.PICTURE)


RULE = Rule(
    code="LOW005",
    name="letters in a picture",
    version=1,
    message="Beside this stands a picture with letters that are not in the text.",
    message_th="มีภาพที่มีตัวอักษรอยู่ข้างข้อความนี้ ตัวอักษรในภาพไม่ได้อยู่ในข้อความ",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("ภาพ[ที่ ๑] แผนที่เขตเทศบาล", mark=MarkKind.PICTURE),
    ),
    negative=examples(
        "ภาพที่ ๑ แผนที่เขตเทศบาล",
    ),
)
