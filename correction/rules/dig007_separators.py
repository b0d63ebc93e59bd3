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
# Amounts of money: 12,00 บาท and 1,2500 บาท have one comma, 1,250,00 บาท has one for the point, 1.250,00 บาท is written
# as elsewhere in the world.
_AMOUNT = re.compile(
    f"(?<!{DIGIT})(?<![.,/:-])(?P<first>{DIGIT}{{1,3}}),(?P<last>{DIGIT}{{1,2}}|{DIGIT}{{4,5}})(?:\\.{DIGIT}{{2}})?"
    "(?= ?บาท)"
    f"|(?<!{DIGIT})(?<![.,/:-]){DIGIT}{{1,3}}(?:(?:\\.{DIGIT}{{3}})+|(?:,{DIGIT}{{3}})+),{DIGIT}{{2}}(?= ?บาท)"
)
_ONE_LIST = 20
"""How many times as large the next of a list of amounts is at most: 500,1000 บาท."""


def _find(context: Context) -> Iterator[Match]:
    for match in _NUMBER.finditer(context.text):
        number = match[0]
        if _GOOD.fullmatch(number) or read_by_guess(number, context.reading.reader.name):
            continue
        if _POINT.fullmatch(number):
            yield Match(*match.span(), number.replace(".", ",", 1), confidence=0.9)
        elif _UNEVEN.fullmatch(number) and not _ascends(number):
            yield Match(*match.span(), None)
    for match in _AMOUNT.finditer(context.text):
        listed = match["first"] is not None and _may_be_listed(match["first"], match["last"])
        if not listed and not read_by_guess(match[0], context.reading.reader.name):
            yield Match(*match.span(), None)


def _may_be_listed(first: str, last: str) -> bool:
    """True for two amounts with a comma in between: each begins with another digit than 0 and the second is larger."""
    one, other = int(first), int(last)
    return int(last[0]) > 0 and one < other <= _ONE_LIST * one


def _ascends(number: str) -> bool:
    """True for what may be a list of numbers: each larger than the one before it."""
    if not _LIST.fullmatch(number):
        return False
    items = [int(item) for item in number.split(",")]
    return items == sorted(set(items))


RULE = Rule(
    code="DIG007",
    name="separators of thousands",
    version=3,
    message="The separators of this number do not part it into groups of three.",
    message_th="เครื่องหมายคั่นหลักของจำนวนนี้ไม่ได้คั่นทุกสามหลัก",
    stage=Stage.WORDS,
    level=Safety.REVIEW,
    find=_find,
    positive=examples(
        "รวม [71,23,456] บาท",
        "รวม [1.250,000→1,250,000] บาท",
        "รวม [๔,๕๖๗๘,๑๐๐] บาท",
        "ค่าปรับ [12,00] บาท ค่าจ้าง [1,2500] บาท ราคากลาง [1.250,00] บาท",
        "ราคา [๑,๒๓๔,๕๖] บาท",
    ),
    negative=examples(
        "รวม 1,234,567.89 บาท",
        "มาตรา 40,41,123",
        "ข้อ 1,2,3",
        "โทร. 0.5333.123",
        "ข้อ 1.2.345",
        "เลขที่ 12,345/2569",
        "ค่าผ่านทาง 10,20 บาท ธนบัตร 500,1000 บาท และ 1,250 บาท 12.50 บาท",
    ),
)
