"""Texts that are written in a manner of their own, so that what is said twice, spelt as it is spoken or as it was
spelt is no slip: verse, chat and papers from before the spelling of today."""

from __future__ import annotations

import re
from itertools import groupby
from statistics import median

from correction.rule import Context

_PHRASE = re.compile("[\u0e01-\u0e4e]{12,42}\u0e2f?")
"""A half line of klon: eight or nine syllables, without a sign."""
_STANZA, _HALF_LINES = 3, 6
"""Lines in a row, and half lines in them, that make a stanza."""
_SPOKEN = (
    "ว่ะ", "เว้ย", "โว้ย", "อ่ะ", "ป่ะ", "ป่าว", "มั้ง", "งะ", "ง่า", "จ้า", "น้า", "ชิบ", "โคตร", "กุ", "มึง", "เหี้ย", "เชี่ย", "อิอิ",
    "คับ", "ค้าบ", "คร้าบ", "จิง", "ม่าย", "งี้", "เนอะ", "แหละ", "แฮะ",
)  # fmt: skip
"""Words that are spoken; official prose has some of them as parts of others."""
_SIGNALS = re.compile(
    "(?:([\u0e01-\u0e2e\u0e30-\u0e4e])\\1{2,})"  # มากกก, ค่าาา
    "|(?<![0-9,.])5{3,}(?![0-9,.])|[\U0001f300-\U0001faff\u2600-\u27bf\u2764]"
    f"|(?:{'|'.join(_SPOKEN)})(?=[^\u0e01-\u0e4e]|$|[\u0e01-\u0e2e\u0e40-\u0e44])"
)
_SHARE, _FEW = 0.15, 2
_IN_TWO = re.compile("[\u0e01-\u0e4e.]+ [\u0e01-\u0e4e.]+")
_LINES_OF_LIST, _SHORT_LINE = 20, 25
"""Lines of a list of titles, and characters that half of them have at most."""
_LONG_LIST = 8
"""Lines in a row, each of two stretches of Thai with one space, that make a list of pairs, such as names."""


_OLD_ERA = re.compile(
    "ร\\.ศ\\. ?[0-9\u0e50-\u0e59]|รัตนโกสินทร์?ศก|จุลศักราช|กรุงสยาม"
    "|(?:พ\\.ศ\\.|พุทธศักราช) ?(?:24[0-8][0-9]|๒๔[๐-๘][๐-๙])"
)
"""What a paper of before 2490 says of its time."""
_OF_ITS_TIME = re.compile("รัตนโกสินทร์?ศก|กรุงสยาม|พระพุทธศักราช ?(?:24[0-8][0-9]|๒๔[๐-๘][๐-๙])")
"""And what no later paper says of a law that it names."""
_NO_MARK = "(?![\u0e30-\u0e3a\u0e47-\u0e4e])"
_OLD_FORMS = re.compile(
    f"เปน{_NO_MARK}|(?<![\u0e01-\u0e4e])แล(?!้ว){_NO_MARK}"
    f"|(?<=[\u0e01-\u0e4e])แล(?=ราษฎร|พระ|กรม|การ|เปน|ที่|ได้|ให้)|วงษ์|เข้าเปลือก|เข้าสาร|ไชย|จรเข้|สัญญาบัตร์|อาไศรย|รัชชกาล|ปัตยุบัน|ประพาศ|บริบูรณ{_NO_MARK}"
)
_MANY_OLD = 3


def old_forms(context: Context) -> tuple[tuple[int, int], ...]:
    """Where a paper of before 2485 has words as they were spelt then, as (start, end), in order of place."""
    return context.shared(_old_forms)


def _old_forms(context: Context) -> tuple[tuple[int, int], ...]:
    text = context.text
    if not _OLD_ERA.search(text):
        return ()
    found = tuple(match.span() for match in _OLD_FORMS.finditer(text))
    # Where เป็น is written so, a mark that is missing elsewhere was lost.
    many = 1 if _OF_ITS_TIME.search(text) else _MANY_OLD
    return found if len(found) >= many and text.count("เป็น") <= text.count("เปน") else ()


def verses(context: Context) -> tuple[tuple[int, int], ...]:
    """The stanzas of a context's text, as (start, end), in order of place."""
    return context.shared(_verses)


def pairs(context: Context) -> tuple[tuple[int, int], ...]:
    """The lists of which every line has one space, between two things, as (start, end), in order of place."""
    return context.shared(_pairs)


def is_list(context: Context) -> bool:
    """Whether the lines of a text have nothing to do with each other, as titles and names in a list have not: what one
    of them has of errors says nothing of the others."""
    return context.shared(_is_list)


def is_chat(context: Context) -> bool:
    """Whether people write there as they speak."""
    return context.shared(_is_chat)


def _verses(context: Context) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int, int]] = []
    start = 0
    for line in context.text.split("\n"):
        phrases = line.split()
        sings = bool(phrases) and all(_PHRASE.fullmatch(phrase) for phrase in phrases)
        lines.append((start, start + len(line), len(phrases) if sings else 0))
        start += len(line) + 1
    found: list[tuple[int, int]] = []
    for sings, group in groupby(lines, lambda one: one[2] > 0):
        stanza = list(group)
        if sings and len(stanza) >= _STANZA and sum(one[2] for one in stanza) >= _HALF_LINES:
            found.append((stanza[0][0], stanza[-1][1]))
    return tuple(found)


def _pairs(context: Context) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int, bool]] = []
    start = 0
    for line in context.text.split("\n"):
        lines.append((start, start + len(line), _IN_TWO.fullmatch(line) is not None))
        start += len(line) + 1
    lists = (list(group) for paired, group in groupby(lines, lambda one: one[2]) if paired)
    return tuple((found[0][0], found[-1][1]) for found in lists if len(found) >= _LONG_LIST)


def _is_list(context: Context) -> bool:
    lengths = [len(line) for line in map(str.strip, context.text.split("\n")) if line]
    return len(lengths) >= _LINES_OF_LIST and median(lengths) <= _SHORT_LINE


def _is_chat(context: Context) -> bool:
    lines = [line for line in context.text.split("\n") if line.strip()]
    speaking = [line for line in lines if _SIGNALS.search(line)]
    signals = [match[0] for match in _SIGNALS.finditer(context.text)]
    laughs = sum(one[0] == "5" for one in signals)
    words = sum(one in _SPOKEN for one in signals)
    surely = len(signals) - laughs - words
    enough = surely >= _FEW or (surely and laughs) or (laughs and words >= _FEW)
    return bool(enough) and len(speaking) >= max(_SHARE * len(lines), 1)
