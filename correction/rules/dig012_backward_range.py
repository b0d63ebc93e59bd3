"""DIG012: a range of pages, clauses or quantities that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import read_by_guess
from correction.facts.ranges import backward_numbers
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for start, end, first, last in backward_numbers(text):
        if not read_by_guess(text[start:end], context.reading.reader.name):
            yield Match(start, end, None, (Evidence(EvidenceKind.RUNS_BACKWARDS, (first, last)),))


RULE = Rule(
    code="DIG012",
    name="backward range of numbers",
    version=1,
    message="The range ends before it begins.",
    message_th="ช่วงตัวเลขสิ้นสุดก่อนเริ่มต้น",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "หน้า [45-32] และหน้า [๔๕ – ๓๒]",
        "ตามข้อ [8 ถึงข้อ 5] และมาตรา [๗๐ ถึงมาตรา ๖๙]",
        "มีผู้เข้าร่วมประมาณ [500 – 300] คน อายุ [60-15] ปี",
        "ใช้งบประมาณ จำนวน [1,500-1,200] บาท",
    ),
    negative=examples(
        "หน้า 32-45 และหน้า 145-52",
        "ตามข้อ 5 ถึงข้อ 8 และมาตรา ๖๙ ถึงมาตรา ๗๐",
        "เนื้อที่ประมาณ 279-3-10 ไร่ ราคาประมาณ 500 – 1 พันบาท",
        "อายุ 15-60 ปี ข้อ 12-5/2567 หมู่ที่ 9 - 3/1",
        "จำนวน 1.5 - 2 ปี โทร 500-300",
    ),
)
