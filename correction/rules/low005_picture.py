"""LOW005: a picture stands beside this that seems to hold writing, which is not in the text.

What OCR reads there is shown: it is the picture's own text, and a person may put it in.
"""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import Example, examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety, Span
from model.evidence import Evidence, EvidenceKind
from model.mark import MarkKind


def _find(context: Context) -> Iterator[Match]:
    read: dict[Span, list[Evidence]] = {}
    for mark in context.reading.marks:
        if mark.kind is MarkKind.PICTURE:
            said = [Evidence(EvidenceKind.READS, ("OCR", mark.text))] if mark.text else []
            read.setdefault(mark.span, []).extend(said)
    for span, evidence in sorted(read.items()):
        start, end = context.view.shown(span)
        if start < end:
            yield Match(start, end, None, tuple(evidence))


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
