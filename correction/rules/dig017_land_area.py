"""DIG017: an area of land whose smaller unit holds a whole larger one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, THAI_DIGITS, arabic, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

NGAN_IN_RAI, WA_IN_NGAN = 4, 100

_NUMBER = rf"{DIGIT}+(?:\.{DIGIT}+)?"
_WA = r"(?:ตารางวา|ตร\.\s?ว(?:า|\.))"
_AREA = re.compile(
    rf"(?<!{DIGIT})(?:{DIGIT}+\s?ไร่\s?)?(?P<ngan>{DIGIT}+)\s?งาน(?:\s?(?P<wa>{_NUMBER})\s?{_WA})?"
)
_RAI = re.compile(rf"{DIGIT}\s?ไร่\s?\Z")
_SHORT = re.compile(
    rf"(?<![0-9{THAI_DIGITS}/.-]){DIGIT}+-(?P<ngan>{DIGIT})-(?P<wa>{DIGIT}{{1,3}}(?:\.{DIGIT}+)?)(?=\s?ไร่)"
)


def _find(context: Context) -> Iterator[Match]:
    text, reader = context.text, context.reading.reader.name
    for pattern in (_AREA, _SHORT):
        for match in pattern.finditer(text):
            behind_rai = pattern is _SHORT or _RAI.search(text[match.start() : match.start("ngan")])
            for unit, most in (("ngan", NGAN_IN_RAI if behind_rai else None), ("wa", WA_IN_NGAN)):
                written = match[unit]
                if written is None or most is None or float(arabic(written)) < most:
                    continue
                if not read_by_guess(written, reader):
                    yield Match(*match.span(unit), None)


RULE = Rule(
    code="DIG017",
    name="impossible land area",
    version=1,
    message="A rai has four ngan and a ngan a hundred square wa: this number is too large for its unit.",
    message_th="หนึ่งไร่มี ๔ งาน หนึ่งงานมี ๑๐๐ ตารางวา จำนวนนี้มากเกินหน่วย",
    stage=Stage.WORDS,
    level=Safety.FLAG,
    find=_find,
    positive=examples(
        "เนื้อที่ ๑๒ ไร่ [๕] งาน ๒๐ ตารางวา",
        "เนื้อที่ 3 งาน [150] ตารางวา",
        "ที่ดิน 12-[4]-[100] ไร่",
        "เนื้อที่ ๒ ไร่ ๓ งาน [๑๒๐.๕] ตร.ว.",
    ),
    negative=examples(
        "เนื้อที่ ๑๒ ไร่ ๓ งาน ๙๙.๕ ตารางวา",
        "เนื้อที่ 150 ตารางวา และ 5 งาน",
        "ที่ดิน 12-3-45 ไร่ โทร 02-5-123",
        "แบ่งเป็น ๕ งาน ได้แก่ งานธุรการ",
    ),
    source="Weights and measures: 1 rai = 4 ngan = 400 square wa = 1,600 square metres.",
)
