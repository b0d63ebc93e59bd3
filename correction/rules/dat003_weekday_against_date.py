"""DAT003: a weekday that the date did not fall on."""

from __future__ import annotations

from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import WEEKDAYS, dates, weekday_of
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind


def _find(context: Context) -> Iterator[Match]:
    text = context.text
    for date in dates(text):
        fell_on = weekday_of(date)
        if date.weekday is None or fell_on is None or fell_on == date.weekday:
            continue
        if read_by_guess(text[date.start : date.end], context.reading.reader.name):
            continue
        evidence = (Evidence(EvidenceKind.FELL_ON, (f"วัน{WEEKDAYS[fell_on]}",)),)
        yield Match(date.start, date.end, None, evidence)


RULE = Rule(
    code="DAT003",
    name="weekday against date",
    version=1,
    message="This date did not fall on this weekday.",
    message_th="วันที่นี้ไม่ตรงกับวันในสัปดาห์ที่เขียนไว้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ประชุม[วันจันทร์ที่ 8 กุมภาพันธ์ พ.ศ. 2569]",
        "เมื่อ[วันศุกร์ที่ ๑ ม.ค. ๒๕๖๙] ณ",
    ),
    negative=examples(
        "ประชุมวันอาทิตย์ที่ 8 กุมภาพันธ์ พ.ศ. 2569",
        "ประชุมวันจันทร์ที่ 8 กุมภาพันธ์",
        "วันจันทร์ที่ 30 กุมภาพันธ์ 2569",
        "วันจันทร์ที่ 1 เมษายน พ.ศ. 2400",
    ),
    source="Proleptic Gregorian calendar; years before 2484 began in April and are left alone.",
)
