"""DIG016: five digits that are called a postcode and belong to no province."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_POSTCODE = re.compile(rf"รหัสไปรษณีย์[ \u00a0\t]*:?[ \u00a0\t]*(?P<code>{DIGIT}{{5}})(?!{DIGIT})")
_OF_PROVINCE = 2
"""Digits of a postcode that say the province: what stands behind them may be one office's own."""


def _find(context: Context) -> Iterator[Match]:
    found = list(_POSTCODE.finditer(context.text))
    if not found:
        return
    known = {code[:_OF_PROVINCE] for area in context.known.gazetteer for code in area.postcodes}
    for match in found:
        guessed = read_by_guess(match["code"], context.reading.reader.name)
        if not guessed and arabic(match["code"])[:_OF_PROVINCE] not in known:
            yield Match(*match.span("code"), None)


RULE = Rule(
    code="DIG016",
    name="impossible postcode",
    version=1,
    message="No province has postcodes that begin so.",
    message_th="ไม่มีจังหวัดใดใช้รหัสไปรษณีย์ที่ขึ้นต้นเช่นนี้",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "รหัสไปรษณีย์ [99999] และรหัสไปรษณีย์: [๐๗๑๑๐]",
    ),
    negative=examples(
        "รหัสไปรษณีย์ 10501 รหัสไปรษณีย์ ๙๑๑๑๐ รหัสไปรษณีย์ 50200",
        "รหัสไปรษณีย์ 999999 เลขที่ 99999",
    ),
    source="Postcodes of the gazetteer: their first two digits are the province's.",
)
