"""DIG007: separators of thousands in the wrong places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from correction.example import examples
from correction.facts.numbers import DIGIT, read_by_guess
from correction.rule import Context, Match, Rule, Stage
from model.edit import Safety

_NUMBER = re.compile(f"(?<!{DIGIT})(?<![.,/:-]){DIGIT}{{1,3}}(?:[.,]{DIGIT}+){{2,}}(?![/:-]?{DIGIT})")
_GOOD = re.compile(f"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})*(?:\\.{DIGIT}+)?")
# A point for a comma between groups of three: 1.250,000.
_POINT = re.compile(f"{DIGIT}{{1,3}}[.]{DIGIT}{{3}}(?:,{DIGIT}{{3}})+(?:\\.{DIGIT}{{2}})?")
# A group of three at the end and one that is not before it: 1,23,456. Lists (1,2,3) have no such group.
_UNEVEN = re.compile(f"{DIGIT}{{1,3}}(?:,{DIGIT}{{1,4}})*,{DIGIT}{{3}}(?:\\.{DIGIT}{{2}})?")
_LIST = re.compile(f"{DIGIT}+(?:,{DIGIT}+)*")


def _find(context: Context) -> Iterator[Match]:
    for match in _NUMBER.finditer(context.text):
        number = match[0]
        if _GOOD.fullmatch(number) or read_by_guess(number, context.reading.reader.name):
            continue
        if _POINT.fullmatch(number):
            yield Match(*match.span(), number.replace(".", ",", 1), confidence=0.9)
        elif _UNEVEN.fullmatch(number) and not _ascends(number):
            yield Match(*match.span(), None)


def _ascends(number: str) -> bool:
    """True for what may be a list of numbers: each larger than the one before it."""
    if not _LIST.fullmatch(number):
        return False
    items = [int(item) for item in number.split(",")]
    return items == sorted(set(items))


RULE = Rule(
    code="DIG007",
    name="separators of thousands",
    version=1,
    message="The separators of this number do not part it into groups of three.",
    message_th="เครื่องหมายคั่นหลักของจำนวนนี้ไม่ได้คั่นทุกสามหลัก",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "รวม [71,23,456] บาท",
        "รวม [1.250,000→1,250,000] บาท",
        "รวม [๔,๕๖๗๘,๑๐๐] บาท",
    ),
    negative=examples(
        "รวม 1,234,567.89 บาท",
        "มาตรา 40,41,123",
        "ข้อ 1,2,3",
        "โทร. 0.5333.123",
        "ข้อ 1.2.345",
        "เลขที่ 12,345/2569",
    ),
)
