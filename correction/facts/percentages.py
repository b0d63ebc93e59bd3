"""Percentages that cannot be: more than the whole where a part of it is meant, a figure that its words contradict.

Growth, plans that are exceeded, debts against an output may well be more than a hundred. What may not is a closed
list of frames: a part of all there are (ของ…ทั้งหมด), votes, shares in a company, probabilities, humidity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from correction.facts.number_words import read_number
from correction.facts.numbers import DIGIT, value_of

PARTS = (
    "ผู้มาใช้สิทธิ", "ผู้ไม่มาใช้สิทธิ", "ถือหุ้น", "ความชื้นสัมพัทธ์", "ความน่าจะเป็น", "โอกาสเกิดฝน", "โอกาสที่", "อัตราการว่างงาน",
    "ส่วนแบ่งการตลาด", "ส่วนแบ่งทางการตลาด", "ผู้ตอบแบบสอบถาม", "กลุ่มตัวอย่าง", "บัตรเสีย", "บัตรดี", "องค์ประชุม", "อัตราการรอดชีวิต",
    "อัตราการรู้หนังสือ", "ความเข้มข้นของแอลกอฮอล์", "เพศชาย", "เพศหญิง",
)  # fmt: skip
"""What a percentage behind it can be no more than a hundred of."""
_WHOLES = r"ของ(?!แผน|เป้า|ประมาณการ)[\u0e01-\u0e4e ]{0,60}?(?:ทั้งหมด|ทั้งสิ้น|ทั้งประเทศ|คะแนนเต็ม)"
_FIGURE = rf"{DIGIT}{{1,3}}(?:,{DIGIT}{{3}})+(?:\.{DIGIT}+)?|{DIGIT}+(?:\.{DIGIT}+)?"
_SIGN = r"\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์)"
_PERCENTAGE = rf"(?:ร้อยละ\s?(?P<behind>{_FIGURE})|(?P<front>{_FIGURE}){_SIGN})(?!{DIGIT})"
_OF_ALL = re.compile(rf"{_PERCENTAGE}\s?{_WHOLES}")
_OF_PEOPLE = re.compile(
    rf"{_PERCENTAGE}\s?ของ(?:จำนวน)?(?:ผู้ตอบแบบสอบถาม|กลุ่มตัวอย่าง|ผู้มีสิทธิ|ผู้เข้าสอบ|ผู้มาใช้สิทธิ|ผู้เข้าร่วม|ผู้รับบริการ|ผู้ใช้บริการ)(?!\s?(?:ใน|เมื่อ|ของ)?\s?(?:ปีก่อน|ปีที่|ครั้งก่อน|ครั้งที่|เดิม|รอบก่อน))"
)
"""A part of people of whom all are counted."""
_BEYOND = re.compile("แผน|เป้าหมาย|ปีก่อน|เพิ่มขึ้น|ประมาณการ|เกินกว่า|มากกว่าเดิม")
_PART = re.compile(rf"(?:{'|'.join(PARTS)})(?P<between>[^\n0-9๐-๙%,]{{0,30}}?){_PERCENTAGE}")
_GROWTH = re.compile("เพิ่ม|ขยาย|เติบโต|เทียบ|สูงกว่า|แผน|เป้าหมาย|โต")
_WORDS = "[หสจกยแศอเพลรถนมิ้่ี๊์็ดาวงปบุูัึืตคโใไ ]{2,60}"
_WITH_WORDS = re.compile(
    rf"(?:ร้อยละ\s?(?P<figure>{_FIGURE})|(?P<signed>{_FIGURE}){_SIGN})\s?\(\s?(?:ร้อยละ\s?)?(?P<words>{_WORDS}?)(?:เปอร์เซ็นต์)?\s?\)"
    rf"|ร้อยละ\s?(?P<words_first>{_WORDS}?)\s?\(\s?(?:ร้อยละ\s?)?(?P<figure_behind>{_FIGURE})(?:{_SIGN})?\s?\)"
)
_WHOLE = 100


class ContradictedPercentage(NamedTuple):
    """A percentage in figures at `start..end`, and what its words say."""

    start: int
    end: int
    words: str


def more_than_the_whole(text: str) -> Iterator[tuple[int, int]]:
    """The percentages over a hundred where a part of a whole is meant, as (start, end)."""
    found: set[tuple[int, int]] = set()
    for match in (*_OF_ALL.finditer(text), *_OF_PEOPLE.finditer(text)):
        if not _BEYOND.search(match[0]):
            found |= _over(match)
    for match in _PART.finditer(text):
        if not _GROWTH.search(match["between"]):
            found |= _over(match)
    yield from sorted(found)


def _over(match: re.Match[str]) -> set[tuple[int, int]]:
    group = "behind" if match["behind"] else "front"
    return {match.span(group)} if value_of(match[group]) > _WHOLE else set()


def contradicted_by_words(text: str) -> Iterator[ContradictedPercentage]:
    """The percentages with their words beside them in brackets, where the two say different things."""
    for match in _WITH_WORDS.finditer(text):
        group = next(name for name in ("figure", "signed", "figure_behind") if match[name])
        words = match["words"] or match["words_first"]
        spoken = read_number(words.strip())
        if spoken is None or spoken.cost or spoken.baht:
            continue
        said = f"{spoken.whole}.{spoken.hundredths or 0}"
        if value_of(match[group]) != float(said):
            yield ContradictedPercentage(*match.span(group), said.removesuffix(".0"))
