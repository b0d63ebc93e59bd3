"""DAT006: a range of days or years that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.figure_dates import backward_ranges
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, why in backward_ranges(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (why,))


RULE = Rule(
    code="DAT006",
    name="backward range",
    version=1,
    message="The range ends before it begins.",
    message_th="ช่วงวันหรือปีสิ้นสุดก่อนเริ่มต้น",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ระหว่างวันที่ [31-28] เมษายน 2567",
        "แผนพัฒนาท้องถิ่น (พ.ศ. [2570 – 2566])",
        "แผนพัฒนา พ.ศ. [๒๕๗๐ ถึง พ.ศ. ๒๕๖๖]",
    ),
    negative=examples(
        "ระหว่างวันที่ 28-30 เมษายน 2567 และ 30 มี.ค. - 2 เม.ย. 2567",
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)",
        "พ.ศ. 2567 – 2024",
        "ตั้งแต่ 1 ต.ค. 63 – 30 ก.ย. 64 และ 29 ธ.ค.63 - 4 ม.ค. 64",
        "ตั้งแต่ 1 มกราคม 63 – 30 กันยายน 64",
        "ปี 2566-31 มีนาคม 2567 โทร 2570-2566",
    ),
)
