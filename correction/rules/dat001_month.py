"""DAT001: a month's name misspelt between a day and a year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.facts.calendar import MONTHS, nearest
from correction.facts.numbers import DIGIT
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Evidence, Safety

# A day, one word, perhaps the era, a year.
_PLACE = re.compile(
    rf"(?<!{DIGIT})(?<![.,/–-]){DIGIT}{{1,2}}[ \u00a0]{{0,2}}(?:เดือน[ \u00a0]?)?"
    rf"(?P<word>[\u0e01-\u0e4e]{{4,14}})[ \u00a0]{{0,2}}(?:[พค]\.?\s?ศ\.?\s{{0,2}})?(?={DIGIT}{{4}}(?!{DIGIT}))"
)
_PER_LETTER = 0.04


def _find(context: Context) -> Iterator[Finding]:
    for match in _PLACE.finditer(context.text):
        word = match["word"]
        if word in MONTHS or word.removesuffix("พ") in MONTHS:
            continue
        near = nearest(word, MONTHS)
        if near is None:
            continue
        month, cost = near
        evidence = (Evidence("months", "letters between it and the nearest month", cost),)
        yield Finding(*match.span("word"), month, evidence, round(0.99 - _PER_LETTER * cost, 3))


DAT001 = Rule(
    code="DAT001",
    name="month misspelt",
    version=1,
    message="Between a day and a year stands what is nearly a month's name.",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    fires=(
        Example("วันที่ 8 กุมภาพันธุ์ 2569", 9, 20, "กุมภาพันธ์"),
        Example("วันที่ ๕ พุมภาพันธ์ พ.ศ. ๒๕๑๒", 9, 19, "กุมภาพันธ์"),
        Example("เมื่อ 12 เมษายบ 2560", 9, 15, "เมษายน"),
        Example("ลงวันที่ 3 เดือน พฤจิกายน 2560", 17, 25, "พฤศจิกายน"),
    ),
    silent=(
        "วันที่ 8 กุมภาพันธ์ 2569",
        "วันที่ 8 กุมภาพันธ์พ.ศ. 2569",
        "มี 12 หมู่บ้าน 2569 ครัวเรือน",
        "อีก 5 ตำบล 1200 ไร่",
        "ข้อ 5 มาตรา 2560",
    ),
)
