"""DIG003: Thai and Arabic digits in one number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.facts.numbers import DIGIT, THAI_DIGITS, read_by_guess
from correction.rule import Context, Example, Finding, Rule, Stage
from model.edit import Safety

_NUMBER = re.compile(f"{DIGIT}+(?:[.,]{DIGIT}+)*")
_THAI, _ARABIC = re.compile(f"[{THAI_DIGITS}]"), re.compile("[0-9]")


def _find(context: Context) -> Iterator[Finding]:
    for match in _NUMBER.finditer(context.text):
        mixed = _THAI.search(match[0]) and _ARABIC.search(match[0])
        if mixed and not read_by_guess(match[0], context.reading.reader.name):
            yield Finding(match.start(), match.end(), None)


DIG003 = Rule(
    code="DIG003",
    name="mixed digits",
    version=1,
    message="Thai and Arabic digits stand in one number: some of them are misread.",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    fires=(
        Example("หมู่ที่ ๑2 ตำบล", 8, 10, None),
        Example("จำนวน ๑,2๕๐ คน", 6, 11, None),
    ),
    silent=("หมู่ที่ ๑๒ บ้านเลขที่ 12", "พ.ศ. ๒๕๖๙/2026", "ข้อ ๒ 5"),
)
