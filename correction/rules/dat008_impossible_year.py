"""DAT008: a year of an era with a digit too many, or one that its era has not reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import MONTHS
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.places.dates import BUDDHIST
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_YEAR = re.compile(
    rf"(?:(?P<buddhist>พ\.\s?ศ\.|พุทธศักราช)|ค\.\s?ศ\.|คริสต์ศักราช)\s?(?P<year>{DIGIT}{{4,6}})(?!{DIGIT}|[.,]{DIGIT})"
)
_BEHIND_MONTH = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-]){DIGIT}{{1,2}}[ \u00a0]?(?:เดือน[ \u00a0]?)?(?:{'|'.join(MONTHS)})[ \u00a0]{{1,2}}"
    rf"(?P<year>(?:[12]|[๑๒]){DIGIT}{{4,5}})(?!{DIGIT}|[.,]{DIGIT})"
)
_LATEST = 2200
"""Of the Christian era: plans and forecasts of official papers reach no further."""


def _find(context: Context) -> Iterator[Match]:
    for match in _YEAR.finditer(context.text):
        written = match["year"]
        latest = _LATEST + (BUDDHIST if match["buddhist"] else 0)
        if int(arabic(written)) > latest and not read_by_guess(written, context.reading.reader.name):
            yield Match(*match.span("year"), None)
    for match in _BEHIND_MONTH.finditer(context.text):
        if not read_by_guess(match["year"], context.reading.reader.name):
            yield Match(*match.span("year"), None)


RULE = Rule(
    code="DAT008",
    name="impossible year",
    version=2,
    message="No year of this era is written so: a digit is too many, or it is a year of another era.",
    message_th="ไม่มีปีของศักราชนี้ที่เขียนเช่นนี้ อาจมีเลขเกินหรือเป็นปีของศักราชอื่น",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ประจำปีงบประมาณ พ.ศ. [๒๕๖๗๑]",
        "ตามแผน พ.ศ. [25601]-2565",
        "ประกาศ ณ ค.ศ. [2567]",
        "พุทธศักราช [๒๙๖๗]",
        "วันที่ 15 มกราคม [25667] และ ๓ เมษายน [๒๕๖๗๗]",
    ),
    negative=examples(
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ และ ค.ศ. 2024",
        "แผนพัฒนา พ.ศ. 2561-2580 และ ค.ศ. 2100",
        "สมัยอยุธยา พ.ศ. 2112 และ พ.ศ. ๗๐๐",
        "มาตรา ๕ พ.ศ. 2560.1",
        "วันที่ 15 มกราคม 2567 ยอดเดือนมกราคม 25667 บาท",
    ),
)
