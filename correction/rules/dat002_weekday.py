"""DAT002: a weekday's name misspelt before a day of the month."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.calendar import WEEKDAYS, nearest
from correction.facts.numbers import DIGIT
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_PLACE = re.compile(rf"วัน(?P<word>[\u0e01-\u0e4e]{{3,10}}?)ที่[ \u00a0]{{0,2}}(?={DIGIT}{{1,2}}(?!{DIGIT}))")
_ALSO_SAID = ("พฤหัส", "พฤหัสฯ")
_PER_LETTER = 0.05


def _find(context: Context) -> Iterator[Match]:
    for match in _PLACE.finditer(context.text):
        word = match["word"]
        if word in WEEKDAYS or word in _ALSO_SAID:
            continue
        near = nearest(word, WEEKDAYS)
        if near is None:
            continue
        weekday, cost = near
        evidence = (Evidence(EvidenceKind.NEAREST_WEEKDAY, score=cost),)
        yield Match(*match.span("word"), weekday, evidence, round(0.98 - _PER_LETTER * cost, 3))


RULE = Rule(
    code="DAT002",
    name="weekday misspelt",
    version=1,
    message="Before a day of the month stands what is nearly a weekday's name.",
    message_th="หน้าวันที่มีคำที่ใกล้เคียงชื่อวันในสัปดาห์",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "ในวัน[จันทร→จันทร์]ที่ 5 มกราคม",
        "วัน[พฤหัสบดิ→พฤหัสบดี]ที่ ๑๒",
        "วัน[ศุกร๋→ศุกร์]ที่ 9",
    ),
    negative=examples(
        "วันจันทร์ที่ 5",
        "วันพฤหัสที่ 12",
        "วันสุดท้ายที่ 3",
        "วันเดียวที่ 2",
        "วันพระที่ 8",
        "วันนี้ที่ 1 ตำบล",
    ),
)
