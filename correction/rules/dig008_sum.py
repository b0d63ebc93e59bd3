"""DIG008: a sum that is not the sum of the rows above it."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.sums import wrong_sums
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for one in wrong_sums(text):
        if not read_by_guess(text[one.start : one.end], context.reading.reader.name):
            evidence = Evidence(EvidenceKind.SUM, (one.rows, f"{one.adds_up_to:,}"))
            yield Match(one.start, one.end, None, (evidence,))


RULE = Rule(
    code="DIG008",
    name="sum that does not add up",
    version=1,
    message="The rows above add up to another number that differs in a digit or two: one of the figures is wrong.",
    message_th="แถวข้างบนรวมกันได้จำนวนอื่นที่ต่างไปหนึ่งหรือสองหลัก มีตัวเลขตัวหนึ่งผิด",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "งานบริหารทั่วไป  1,200 บาท\nงานการศึกษา  2,300 บาท\nรวม  [3,600] บาท",
        "1. ชาย  120\n2. หญิง  131\nรวมทั้งสิ้น  [261]",
    ),
    negative=examples(
        "งานบริหารทั่วไป  1,200 บาท\nงานการศึกษา  2,300 บาท\nรวม  3,500 บาท",
        "ยกมา  1,000 บาท\nงานการศึกษา  1,200 บาท\nงานสาธารณสุข  2,300 บาท\nรวม  3,500 บาท",
        "ชาย  120\nหญิง  131\nรวม  9",
        "ชาย  120 คน\nครัวเรือน  131 หลัง\nรวม  261 คน",
        "รวม  3,500 บาท",
        "ประชุมร่วม  120\nประชุมใหญ่  131\nเข้ารวม  261",
    ),
)
