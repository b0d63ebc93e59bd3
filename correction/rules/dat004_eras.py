"""DAT004: a Buddhist and a Christian year side by side that are not the same year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, arabic, read_by_guess
from correction.places.dates import BUDDHIST
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety
from model.evidence import Evidence, EvidenceKind

_BUDDHIST = r"(?:พ\.\s?ศ\.|พุทธศักราช)"
_CHRISTIAN = r"(?:ค\.\s?ศ\.|คริสต์ศักราช)"
_YEAR = rf"(?<!{DIGIT}){DIGIT}{{4}}(?!{DIGIT})"
_SIGN = r"\s?(?:\(|/|หรือ|ตรงกับ|,)?\s?"
_BOTH = re.compile(
    rf"{_BUDDHIST}\s?(?P<one>{_YEAR}){_SIGN}{_CHRISTIAN}\s?(?P<two>{_YEAR})"
    rf"|{_CHRISTIAN}\s?(?P<two_first>{_YEAR}){_SIGN}{_BUDDHIST}\s?(?P<one_last>{_YEAR})"
)
_FIRST_WHOLE_YEAR = 2484
"""From here on both years begin on 1 January."""


def _find(context: Context) -> Iterator[Match]:
    for match in _BOTH.finditer(context.text):
        buddhist = int(arabic(match["one"] or match["one_last"]))
        christian = int(arabic(match["two"] or match["two_first"]))
        ahead = buddhist - christian
        old = buddhist < _FIRST_WHOLE_YEAR and ahead == BUDDHIST - 1
        if ahead == BUDDHIST or old or read_by_guess(match[0], context.reading.reader.name):
            continue
        evidence = (Evidence(EvidenceKind.SAME_YEAR, (buddhist, buddhist - BUDDHIST)),)
        yield Match(*match.span(), None, evidence)


RULE = Rule(
    code="DAT004",
    name="eras that disagree",
    version=1,
    message="The Buddhist and the Christian year beside it are not the same year.",
    message_th="ปี พ.ศ. กับปี ค.ศ. ที่อยู่คู่กันไม่ใช่ปีเดียวกัน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ในปี [พ.ศ. 2569 (ค.ศ. 2025])",
        "[ค.ศ. ๑๙๙๒ หรือ พ.ศ. ๒๕๓๖]",
    ),
    negative=examples(
        "ในปี พ.ศ. 2569 (ค.ศ. 2026)",
        "พ.ศ. 2569 และโครงการของ ค.ศ. 2025",
        "ตั้งแต่ พ.ศ. 2569 ถึง ค.ศ. 2030",
        "พ.ศ. 2440 (ค.ศ. 1897)",
        "พ.ศ. 2440 (ค.ศ. 1898)",
    ),
    source="The Buddhist year is 543 ahead; before 2484 it began on 1 April, so 542 for its last months.",
)
