"""DIG003: Thai and Arabic digits in one number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, THAI_DIGITS, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_NUMBER = re.compile(f"{DIGIT}+(?:[.,]{DIGIT}+)*")
_THAI, _ARABIC = re.compile(f"[{THAI_DIGITS}]"), re.compile("[0-9]")


def _find(context: Context) -> Iterator[Match]:
    for match in _NUMBER.finditer(context.text):
        mixed = _THAI.search(match[0]) and _ARABIC.search(match[0])
        if mixed and not read_by_guess(match[0], context.reading.reader.name):
            yield Match(match.start(), match.end(), None)


RULE = Rule(
    code="DIG003",
    name="mixed digits",
    version=1,
    message="Thai and Arabic digits stand in one number: some of them are misread.",
    message_th="เลขไทยกับเลขอารบิกปนกันในจำนวนเดียว บางตัวอ่านผิด",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "หมู่ที่ [๑2] ตำบล",
        "จำนวน [๑,2๕๐] คน",
    ),
    negative=examples(
        "หมู่ที่ ๑๒ บ้านเลขที่ 12",
        "พ.ศ. ๒๕๖๙/2026",
        "ข้อ ๒ 5",
    ),
)
