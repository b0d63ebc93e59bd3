"""Words written twice, and what should stand there instead: one of them, or another word that was taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from correction.facts.damaged import distance
from dictionaries.gazetteer import BodyClass
from dictionaries.language_model import LanguageModel
from dictionaries.lexicon import Lexicon

_TWICE = re.compile(r"(?=(?P<word>[\u0e01-\u0e44\u0e4c][\u0e01-\u0e4e]{3,17}?)(?P=word))")
_CONNECTIVES = (
    "และ", "เพื่อ", "ซึ่ง", "โดย", "เนื่องจาก", "สำหรับ", "เกี่ยวกับ", "ระหว่าง", "ตั้งแต่", "ประกอบด้วย", "ตลอดจน", "อย่างไรก็ตาม",
)  # fmt: skip
_CONNECTED_TWICE = re.compile(
    rf"(?P<word>{'|'.join(_CONNECTIVES)})[ \u00a0\n]?(?P=word)"
    "(?! ?ๆ|(?<=และ)เล็ม|(?<=เพื่อ)น|(?<=ซึ่ง)(?:กัน|หน้า)|(?<=โดย)สาร|(?P=word))"
)
"""Words that join two parts of a sentence: nobody says one twice, whether or not a space stands between. What begins
another word (เพื่อเพื่อน, โดยโดยสาร) is none."""
# Said twice on purpose, counted or spelt so: นับล้านล้านบาท, ค่อยค่อย, จีเอ็มเอ็ม.
_ON_PURPOSE = frozenset({
    "ล้าน", "ค่อย", "เรื่อย", "บ่อย", "ยิ่ง", "เล็ก", "น้อย", "ใหญ่", "เร็ว", "จริง", "ใกล้", "เดี๋ยว",
    "ต่าง", "เพียง", "เนือง", "แต่ละ", "ประเดี๋ยว", "ครั้ง", "เพื่อน", "หลาย", "แห่ง", "ร้อย", "หมื่น",
    "เอ็ม", "เอ็น", "เอช", "เอฟ", "เอส", "แอล", "ดับเบิลยู", "เอ็กซ์", "เงียบ", "ทั้ง", "เปล่า", "เนิ่น", "เกือบ", "อย่าง", "ก้าว",
    "นิ่ม", "นุ่ม", "อุ่น", "เย็น", "ร้อน", "อ่อน", "แข็ง", "หวาน", "เปรี้ยว", "เขียว", "เหลือง", "ม่วง", "แหลม", "เตี้ย", "สั้น", "อ้วน",
    "เก่า", "ใหม่", "ง่าย", "กว้าง", "แคบ", "เรียบ", "เต็ม", "หนัก", "สนุก", "นิ่ง", "คล้าย", "ซ้ำ", "แน่น", "แปลก",
})  # fmt: skip
_SEEN_TO_ELSEWHERE = _ON_PURPOSE | frozenset(_CONNECTIVES)
_TITLES = tuple(kind.title for kind in BodyClass if kind.title)
"""องค์การบริหารส่วนจังหวัด is followed by จังหวัด and a name by right."""
_OF_FAMILIES = re.compile("(?:พงศ์|พงษ์|วงศ์|วงษ์|กุล|ชัย|รัตน์|พันธุ์|ตระกูล|สกุล)(?![\u0e30-\u0e3a\u0e47-\u0e4e])")
"""What makes a family's name of a given one: ดวงจิตร จิตรพงศ์."""
_REACH = 24
_LONGEST = 18
_LEAST_COUNT = 50
"""How often the training text must have a word that may have been meant."""
_RARE = 0.1
_NEAR = 3
_LOST_WORD, _LETTER = 3.0, 2.0
"""Nats: what it takes for a word to be written twice, and for a character of another word to be misread."""


class Repeated(NamedTuple):
    """A word at `start..middle` that stands again at `middle..end`, a space before it perhaps, and texts for the first
    of them, likeliest first; each with how many nats likelier the page is with it."""

    start: int
    middle: int
    end: int
    instead: tuple[tuple[str, float], ...]


def repeated_words(text: str, lexicon: Lexicon, model: LanguageModel) -> Iterator[Repeated]:
    """Every word of four characters or more that stands twice without a space, then the connectives that stand twice,
    each in order of place."""
    last = 0
    for match in _TWICE.finditer(text):
        word, start = match["word"], match.start()
        middle, end = start + len(word), start + 2 * len(word)
        if start < last or word in _SEEN_TO_ELSEWHERE or word not in lexicon or not lexicon.count(word):
            continue
        if word in (text[end : end + len(word)], text[max(start - len(word), 0) : start]):
            continue  # three times is no slip
        if _ends_a_longer_word(text, start, middle, lexicon) or text.endswith(_TITLES, 0, middle):
            continue
        last = end
        yield Repeated(start, middle, end, tuple(_ranked(text, start, middle, lexicon, model)))
    yield from _connectives(text, model)


def _connectives(text: str, model: LanguageModel) -> Iterator[Repeated]:
    for match in _CONNECTED_TWICE.finditer(text):
        word, (start, end) = match["word"], match.span()
        middle = end - len(word)
        head, tail = text[max(start - _REACH, 0) : start], text[end : end + _REACH]
        gain = _score(head + word + tail, model) - _score(head + match[0] + tail, model) - _LOST_WORD
        if text[start - len(word) : start] != word:  # three times is no slip
            yield Repeated(start, middle, end, (("", gain),))


def begins_a_longer_word(text: str, one: Repeated, lexicon: Lexicon) -> bool:
    """นิติเวชนิติเวชศาสตร์: the second นิติเวช belongs to the word behind it."""
    tail = text[one.middle : one.middle + _LONGEST]
    return any(tail[:length] in lexicon for length in range(one.end - one.middle + 1, len(tail) + 1))


def between_longer_words(text: str, one: Repeated, lexicon: Lexicon) -> bool:
    """ตีความความฝัน: the first ความ ends a word and the second begins one; or the second begins a family's name."""
    if _OF_FAMILIES.match(text, one.end):
        return True
    head = text[max(one.start - _LONGEST, 0) : one.middle]
    size = one.middle - one.start
    ends = any(head[-length:] in lexicon for length in range(size + 2, len(head) + 1))
    return ends and begins_a_longer_word(text, one, lexicon)


def _ends_a_longer_word(text: str, start: int, middle: int, lexicon: Lexicon) -> bool:
    """หมู่บ้านบ้านโคก: the first บ้าน belongs to the word before it. ทำความ is rare beside ความ and says nothing."""
    head = text[max(start - _LONGEST, 0) : middle]
    size = middle - start
    least = lexicon.count(head[-size:]) * _RARE
    return any(lexicon.count(head[-length:]) > least for length in range(size + 1, len(head) + 1))


def _ranked(
    text: str, start: int, middle: int, lexicon: Lexicon, model: LanguageModel
) -> list[tuple[str, float]]:
    word = text[start:middle]
    head, tail = text[max(start - _REACH, 0) : start], text[middle : middle + len(word) + _REACH]
    as_read = _score(head + word + tail, model)
    prices = {"": _LOST_WORD} | {one: _LETTER * distance(word, one) for one in _like(word, lexicon)}
    gains = {one: _score(head + one + tail, model) - as_read - price for one, price in prices.items()}
    return sorted(gains.items(), key=lambda one: (-one[1], one[0]))[:4]


def _score(text: str, model: LanguageModel) -> float:
    return float(model.score(text.replace("\n", "")).sum())


def _like(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Common words that may have been taken for this one."""
    common = lexicon.common(_LEAST_COUNT)
    near = process.extract(word, common, scorer=Levenshtein.distance, score_cutoff=_NEAR, limit=200)
    return tuple(one for one, _, _ in near if one != word and len(one) > 1)
