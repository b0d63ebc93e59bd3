"""DIG016: what is called a postcode and has not five digits, or belongs to no province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_POSTCODE = re.compile(rf"รหัสไปรษณีย์[ \u00a0\t]*:?[ \u00a0\t]*(?P<code>{DIGIT}{{3,7}})(?![-/]?{DIGIT})")
_DIGITS = 5
_OF_PROVINCE = 2
"""Digits of a postcode that say the province: what stands behind them may be one office's own."""


def _find(context: Context) -> Iterator[Match]:
    found = list(_POSTCODE.finditer(context.text))
    if not found:
        return
    known = {code[:_OF_PROVINCE] for area in context.known.gazetteer for code in area.postcodes}
    for match in found:
        guessed = read_by_guess(match["code"], context.reading.reader.name)
        code = arabic(match["code"])
        if not guessed and (len(code) != _DIGITS or code[:_OF_PROVINCE] not in known):
            yield Match(*match.span("code"), None)


RULE = Rule(
    code="DIG016",
    name="impossible postcode",
    version=2,
    message="No province has a postcode like this.",
    message_th="ไม่มีจังหวัดใดใช้รหัสไปรษณีย์เช่นนี้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "รหัสไปรษณีย์ [99999] และรหัสไปรษณีย์: [๐๗๑๑๐]",
        "รหัสไปรษณีย์ [9111] และรหัสไปรษณีย์ [911100]",
    ),
    negative=examples(
        "รหัสไปรษณีย์ 10501 รหัสไปรษณีย์ ๙๑๑๑๐ รหัสไปรษณีย์ 50200",
        "เลขที่ 99999 ทะเบียนรหัสไปรษณีย์ 12 แห่ง รหัสไปรษณีย์ 0-7478-1234",
    ),
    source="Postcodes of the gazetteer: their first two digits are the province's.",
)
