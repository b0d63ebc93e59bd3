"""DIG008: a sum that is not the sum of the rows above it, or of what stands before it in its line; a wrong product."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.line_sums import wrong_results
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
    for result in wrong_results(text):
        if not read_by_guess(text[result.start : result.end], context.reading.reader.name):
            message = f"What stands before it makes {result.comes_to:,.12g}: one of the figures is wrong."
            yield Match(result.start, result.end, None, message=message)


RULE = Rule(
    code="DIG008",
    name="sum that does not add up",
    version=2,
    message="The rows above add up to another number that differs in a digit or two: one of the figures is wrong.",
    message_th="แถวข้างบนรวมกันได้จำนวนอื่นที่ต่างไปหนึ่งหรือสองหลัก มีตัวเลขตัวหนึ่งผิด",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "งานบริหารทั่วไป  1,200 บาท\nงานการศึกษา  2,300 บาท\nรวม  [3,600] บาท",
        "1. ชาย  120\n2. หญิง  131\nรวมทั้งสิ้น  [261]",
        "ชาย 12 คน หญิง 15 คน รวม [28] คน ผู้มาประชุม 20 คน ผู้ไม่มาประชุม 3 คน รวมทั้งสิ้น [24] คน",
        "๓ เครื่อง ๆ ละ ๒๓,๐๐๐ บาท เป็นเงิน [๖๘,๐๐๐] บาท",
        "อาหารกลางวัน 30 คน x 80 บาท x 2 มื้อ = [4,900] บาท",
    ),
    negative=examples(
        "งานบริหารทั่วไป  1,200 บาท\nงานการศึกษา  2,300 บาท\nรวม  3,500 บาท",
        "ยกมา  1,000 บาท\nงานการศึกษา  1,200 บาท\nงานสาธารณสุข  2,300 บาท\nรวม  3,500 บาท",
        "ชาย  120\nหญิง  131\nรวม  9",
        "ชาย  120 คน\nครัวเรือน  131 หลัง\nรวม  261 คน",
        "รวม  3,500 บาท",
        "ประชุมร่วม  120\nประชุมใหญ่  131\nเข้ารวม  261",
        "ชาย 12 คน หญิง 15 คน เด็ก 3 คน รวม 30 คน และชาย 5 คน หญิง 6 คน รวม 11 คน",
        "2 เดือน จำนวน 3 คน คนละ 500 บาท เป็นเงิน 3,000 บาท",
        "2x + 3 + 4 = 11 และ 3 x 4 + 2 = 20 และ 0.15 x 4.00 x 123 = 74",
        "ค่าอาหาร 2 มื้อ ๆ ละ 80 บาท x 30 คน = 4,800 บาท",
        "เงินต้น 31,923 บาท ดอกเบี้ย 14,891 บาท ค่าปรับ 16,500 บาท รวม 63,315 บาท",
    ),
)
