"""DAT005: a date that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from correction.facts.calendar import dates, why_impossible
from correction.facts.numbers import read_by_guess
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Evidence, Safety


def _find(context: Context) -> Iterator[Finding]:
    text = context.text
    for date in dates(text):
        why = why_impossible(date)
        if why is not None and not read_by_guess(text[date.start : date.end], context.reading.reader.name):
            yield Finding(date.start, date.end, None, (Evidence("calendar", why),))


DAT005 = Rule(
    code="DAT005",
    name="impossible date",
    version=1,
    message="There is no such date.",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    fires=(
        Example("ภายใน 31 เมษายน 2569", 6, 20, None),
        Example("ณ วันที่ ๓๐ ก.พ. ๒๕๖๙", 9, 21, None),
        Example("วันที่ 29 กุมภาพันธ์ พ.ศ. 2569", 7, 30, None),
        Example("วันที่ 5 มกราคม 5562", 7, 20, None),
        Example("วันที่ 45 มกราคม", 7, 16, None),
    ),
    silent=(
        "ภายใน 30 เมษายน 2569",
        "วันที่ 29 กุมภาพันธ์ พ.ศ. 2567",
        "วันที่ 29 กุมภาพันธ์ 2024",
        "ปี 2566-31 มีนาคม 2567",
        "เดือนเมษายน 2569",
        "วันที่ 29 กุมภาพันธ์",
    ),
)
