"""LOW003: a rule goes through these letters: somebody has struck them out."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.marked import marked
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.mark import MarkKind


def _find(context: Context) -> Iterator[Match]:
    return marked(context, MarkKind.STRUCK_OUT)


RULE = Rule(
    code="LOW003",
    name="struck out",
    version=1,
    message="This is struck out on the page: it may not be part of the text.",
    message_th="ข้อความนี้ถูกขีดฆ่าในหน้าเอกสาร อาจไม่ใช่ส่วนหนึ่งของข้อความ",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("ประกอบด้วย[กรรมการไม่เกินเจ็ดคน]กรรมการไม่เกินเก้าคน", mark=MarkKind.STRUCK_OUT),
    ),
    negative=examples(
        "ประกอบด้วยกรรมการไม่เกินเก้าคน",
    ),
    readers=("text-layer",),
)
