"""LOW002: letters stand beside this that nobody can see: covered, cut off, in the colour of the paper, switched off.

They are in no reading, finding or report: what was blacked out is nobody's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.facts.marked import marked
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.mark import MarkKind


def _find(context: Context) -> Iterator[Match]:
    return marked(context, MarkKind.HIDDEN)


RULE = Rule(
    code="LOW002",
    name="hidden text",
    version=1,
    message="Beside this stands text that nobody can see on the page. It is left out.",
    message_th="มีข้อความที่มองไม่เห็นอยู่ข้างข้อความนี้ ระบบไม่ได้นำมาแสดง โปรดดูภาพหน้า",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        Example("เลขประจำตัวประชาชน[น] ของผู้ยื่นคำขอ", mark=MarkKind.HIDDEN),
    ),
    negative=examples(
        "เลขประจำตัวประชาชน ของผู้ยื่นคำขอ",
    ),
)
