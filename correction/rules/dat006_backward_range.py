"""DAT006: a range of days, of years or of times of a day that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.ranges import backward_dates, backward_times
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, first, last in (*backward_dates(text), *backward_times(text)):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (Evidence(EvidenceKind.RUNS_BACKWARDS, (first, last)),))


RULE = Rule(
    code="DAT006",
    name="backward range of dates",
    version=3,
    message="The range ends before it begins.",
    message_th="ช่วงวัน ปี หรือเวลาสิ้นสุดก่อนเริ่มต้น",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ระหว่างวันที่ [31-28] เมษายน 2567",
        "แผนพัฒนาท้องถิ่น (พ.ศ. [2570 – 2566])",
        "แผนพัฒนา พ.ศ. [๒๕๗๐ ถึง พ.ศ. ๒๕๖๖]",
        "ปีงบประมาณ [2570-2566] และ ค.ศ. [2024 – 2020] ([2566-2562])",
        "ตั้งแต่วันที่ [5 มีนาคม 2567 ถึงวันที่ 4 กุมภาพันธ์ 2567] และ [5/3/2567 - 4/2/2567]",
        "ระหว่าง [30 ก.ย. 64 - 1 ต.ค. 63] และเดือน[เมษายน 2567 - มกราคม 2567]",
        "ประชุมเวลา [13.00 ถึง 12.00] น. และ [๑๑.๐๐-๐๙.๐๐] น.",
    ),
    negative=examples(
        "ระหว่างวันที่ 28-30 เมษายน 2567 และ 30 มี.ค. - 2 เม.ย. 2567",
        "แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)",
        "พ.ศ. 2567 – 2024",
        "ตั้งแต่ 1 ต.ค. 63 – 30 ก.ย. 64 และ 29 ธ.ค.63 - 4 ม.ค. 64",
        "ตั้งแต่ 1 มกราคม 63 – 30 กันยายน 64",
        "ปี 2566-31 มีนาคม 2567 โทร 2570-2566",
        "กลางปี 64 – 14 มี.ค. 65 และ 1 ตุลาคม – 30 กันยายน 2568",
        "เวลา 08.30 - 16.30 น. เวรเวลา 16.30 - 08.30 น. กะดึก 22.00 - 06.00 น. และ 18.00 – 09.00 น.",
        "(2569-2570) เดือนตุลาคม 2566 - กันยายน 2567 และ 5 มีนาคม 2567 ถึง 4 กุมภาพันธ์ 2568",
    ),
)
