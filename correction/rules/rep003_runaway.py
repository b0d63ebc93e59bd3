"""REP003: a stretch that says the same over and over, as a reader does that has run away."""

from __future__ import annotations

from collections.abc import Iterator

from correction.diagnosis.loops import loops
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_TURN = 60
"""Characters of a turn that are shown."""


def _find(context: Context) -> Iterator[Match]:
    for loop in loops(context.text):
        turn = " ".join(context.text[loop.start : loop.start + min(loop.period, _TURN)].split())
        message = (
            f"The same stands here {loop.times} times over: the reader ran away, and what it lost is unknown."
        )
        evidence = (Evidence(EvidenceKind.SAYS_AGAIN, (turn,), float(loop.times)),)
        yield Match(loop.start, loop.end, None, evidence, message=message)


RULE = Rule(
    code="REP003",
    name="runaway reader",
    version=2,
    message="The same stands here over and over: the reader ran away, and what it lost is unknown.",
    message_th="ข้อความเดียวกันซ้ำต่อเนื่อง ตัวอ่านวนซ้ำและอาจข้ามข้อความจริง",
    stage=Stage.TEXT,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ต่าง[" + "ๆ" * 120 + "]",
        "รวม [" + "1." * 40 + "]",
        "[" + "งบประมาณ\nรายจ่าย\n" * 40 + "]",
        "[" + "the text of the page " * 6 + "the ]end",
        "เทศบาล[ช่วยเหลือผู้สูงอายุ ช่วยเหลือผู้สูงอายุ ช่วยเหลือผู้สูงอายุ ช่วยเหลือผู้สูงอายุ ]แล้ว",
    ),
    negative=examples(
        "ช่วยเหลือผู้สูงอายุ ช่วยเหลือผู้สูงอายุ ช่วยเหลือผู้สูงอายุ",
        "ดำเนินการแล้ว\nดำเนินการแล้ว\nดำเนินการแล้ว\nดำเนินการแล้ว\nดำเนินการแล้ว\nดำเนินการแล้ว\n",
        "ชื่อ.......................................................................",
        "๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒ ๑๒",
        "ฮาฮาฮาฮาฮาฮาฮาฮา",
    ),
)
