"""Numbers with a word for thousands or millions behind them, and the same in brackets: `1.5 ล้านบาท (1,500,000 บาท)`.

The two may differ by less than the last place that is written, for the one is often rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from correction.facts.number_words import read_number, words_before
from correction.facts.numbers import DIGIT, arabic

SCALES = {
    "ล้านล้าน": 12, "แสนล้าน": 11, "หมื่นล้าน": 10, "พันล้าน": 9, "ร้อยล้าน": 8, "สิบล้าน": 7, "ล้าน": 6, "แสน": 5, "หมื่น": 4,
    "พัน": 3,
}  # fmt: skip
_FIGURE = rf"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?:\.{DIGIT}+)?|{DIGIT}+(?:\.{DIGIT}+)?"
_SCALE = "|".join(SCALES)
_UNIT = "บาท|คน|ราย|ไร่|ตัน|ครัวเรือน|ครั้ง|แห่ง|ดอลลาร์สหรัฐ|ดอลลาร์|ยูโร|เยน|หยวน|ลูกบาศก์เมตร|ลิตร|กิโลกรัม|โดส|ต้น"
_FIRST, _SECOND = (
    rf"(?P<figure{at}>{_FIGURE})\s?(?P<scale{at}>{_SCALE})?\s?(?P<unit{at}>{_UNIT})" for at in (1, 2)
)
_IN_BRACKETS = re.compile(
    rf"(?<!{DIGIT})(?<![.,–-]){_FIRST}(?:ถ้วน)?\s?\(\s?[-=]?(?:หรือ|เท่ากับ|เป็นเงิน|=)?\s?"
    rf"(?:{_SECOND}|(?P<words>[\u0e01-\u0e4e ]{{4,150}}?))(?:ถ้วน)?[-=]?\s?\)"
)
_SCALED = re.compile(rf"\(\s?(?P<figure1>{_FIGURE})\s?(?P<scale1>{_SCALE})\s?(?P<unit1>{_UNIT})\s?\)")

_LEAST = 1000


class ContradictedScale(NamedTuple):
    """A number with its scale at `start..end`, and what stands beside it."""

    start: int
    end: int
    beside: str


def contradicted_scales(text: str) -> Iterator[ContradictedScale]:
    """The numbers with a scale of which the one beside them in brackets is another, in order of place."""
    for match in _IN_BRACKETS.finditer(text):
        first = _value(match, 1)
        if match["words"] is not None:
            # Without a scale the words are the business of whoever compares numbers with their words.
            spoken = read_number(match["words"].strip()) if match["scale1"] else None
            if spoken is None or spoken.cost or (match["unit1"] == "บาท") is not spoken.baht:
                continue
            beside = Decimal(f"{spoken.whole}.{spoken.hundredths or 0}")
            said = match["words"].strip()
            tolerance = _last_place(match, 1)
        elif match["scale1"] == match["scale2"] or match["unit1"] != match["unit2"]:
            continue
        else:
            beside, said = _value(match, 2), text[match.start("figure2") : match.end("unit2")]
            tolerance = max(_last_place(match, at) for at in (1, 2) if match[f"scale{at}"])
        small = match["scale1"] is None and first < _LEAST  # 20 บาท (239.47 ล้านบาท) are two things
        if abs(first - beside) >= tolerance and not small:
            yield ContradictedScale(match.start("figure1"), match.end("unit1"), said)
    yield from _behind_their_words(text)


def _behind_their_words(text: str) -> Iterator[ContradictedScale]:
    """หนึ่งล้านห้าแสนบาทถ้วน (1.5 ล้านบาท)."""
    for match in _SCALED.finditer(text):
        words = words_before(text, match.start())
        spoken = None if words is None else read_number(text[slice(*words)])
        if words is None or spoken is None or spoken.cost or not spoken.baht or match["unit1"] != "บาท":
            continue
        beside = Decimal(f"{spoken.whole}.{spoken.hundredths or 0}")
        if abs(_value(match, 1) - beside) >= _last_place(match, 1):
            yield ContradictedScale(match.start("figure1"), match.end("unit1"), text[slice(*words)])


def _value(match: re.Match[str], at: int) -> Decimal:
    power = SCALES.get(match[f"scale{at}"] or "", 0)
    return Decimal(arabic(match[f"figure{at}"]).replace(",", "")).scaleb(power)


def _last_place(match: re.Match[str], at: int) -> Decimal:
    """What one in the last place that is written is worth."""
    decimals = len(match[f"figure{at}"].partition(".")[2])
    return Decimal(1).scaleb(SCALES.get(match[f"scale{at}"] or "", 0) - decimals)
