"""REP002: a line that stands twice, as where two strips of a page were read that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.diagnosis.loops import loops
from correction.example import examples
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_LINE = re.compile(r"^.*$", re.MULTILINE)
_WHITE = re.compile(r"\s+")
_THAI = re.compile("[\u0e01-\u0e4e]")
_FEWEST = 25
"""Thai letters that a line of running text has and a cell or a heading of a table has not."""


def _find(context: Context) -> Iterator[Match]:
    ran_away = loops(context.text)  # one finding for all of it
    # A heading may stand twice, on the cover and above the text: only a line inside a paragraph counts.
    above = before = ""
    for match in _LINE.finditer(context.text):
        line = _WHITE.sub("", match[0])
        twice = line == before and above not in ("", line)
        inside = any(loop.start < match.end() and match.start() < loop.end for loop in ran_away)
        if twice and not inside and len(_THAI.findall(line)) >= _FEWEST:
            yield Match(match.start(), match.end(), None)
        above, before = before, line


RULE = Rule(
    code="REP002",
    name="repeated line",
    version=1,
    message="This line says the same as the one above it.",
    message_th="บรรทัดนี้ซ้ำกับบรรทัดก่อน",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "ในปีที่ผ่านมา\nองค์การบริหารส่วนตำบลได้จัดทำแผนพัฒนา\n[องค์การบริหารส่วนตำบลได้จัดทำ แผนพัฒนา]\nห้าปี",
    ),
    negative=examples(
        "หมู่ที่ 1\nหมู่ที่ 1\nหมู่ที่ 1\n",
        "การประชุมสภาองค์การบริหารส่วนตำบล\nการประชุมสภาองค์การบริหารส่วนตำบล\nเริ่มเวลา 9.00 น.",
        "องค์การบริหารส่วนตำบลได้จัดทำแผนพัฒนา\nองค์การบริหารส่วนตำบลได้จัดทำแผนพัฒนาห้าปี",
        "1,200 1,200 1,200 1,200 1,200\n1,200 1,200 1,200 1,200 1,200",
    ),
)
