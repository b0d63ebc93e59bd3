"""What no rule about words may touch: names of places and people, numbers, abbreviations, terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from correction.facts.number_words import numbers_in_words
from correction.places import protected_in
from correction.rule import Context
from correction.words.manner import old_forms
from correction.words.terms import protected_terms
from dictionaries.lexicon import LONGEST, Lexicon
from dictionaries.resources import Resources

_TITLE = re.compile(
    "นางสาว|นาง|นาย|น\\.ส\\.|ด\\.[ชญ]\\.|เด็กชาย|เด็กหญิง|พระครู|คุณหญิง|ท่านผู้หญิง|หม่อม(?:ราชวงศ์|หลวง|เจ้า)"
    "|(?:ผศ|รศ|ศ|ดร|นพ|พญ|ทพ|ทพญ)\\.|ม\\.(?:ร\\.ว|ล|จ)\\.|(?:พล|พัน|ร้อย|จ่าสิบ|สิบ)(?:เอก|โท|ตรี)|ว่าที่ร้อย(?:เอก|โท|ตรี)"
    "|(?:พล\\.?|พ|ร|น|จ|ส)\\.?(?:[ตรอ]\\.)?[ตทอส]\\.(?=[ \u00a0]?[\u0e01-\u0e44]{2})"
)
_REACH = 200
"""Characters before and behind an offset from which a name may reach it: a chain of places over two lines."""
_MOST_OF_IT = 0.8
_NAME = re.compile("[ \u00a0\n]{0,2}[\u0e01-\u0e4e]{2,24}(?:[ \u00a0\n]{1,2}[\u0e01-\u0e4e]{2,24})?")
_INSTITUTION = re.compile(
    "(?:(?:อุทยานแห่งชาติ|วนอุทยาน|โรงเรียน|แม่น้ำ|เขื่อน)|(?<!จังห)วัด)(?P<name>[\u0e01-\u0e4e]{2,12})"
)
"""What often has a name of its own, and the characters of it that may be no word: `อุทยานแห่งชาติเขานัน`."""
_IN_NUMBER = re.compile("(?<=[0-9\u0e50-\u0e59,.])[\u0e01-\u0e4e]{1,2}(?=[,.]?[0-9\u0e50-\u0e59])")
"""Letters and marks inside a number are misread digits, if anything."""
_ABBREVIATION = re.compile(
    "(?<![\u0e01-\u0e4e])(?:[\u0e01-\u0e2e]{1,5}\\.[ \u00a0]?){1,5}|\\([\u0e01-\u0e2e]{2,6}\\)"
)


def protected(context: Context, offsets: Sequence[int], known: Resources) -> NDArray[np.bool_]:
    """For each character of a context's text whether it belongs to a name or abbreviation that is to be left alone.
    Only the neighbourhoods of `offsets` are looked at, for nobody asks about the rest."""
    mask = np.zeros(len(context.text) + 1, bool)
    for start, end in _windows(context.text, offsets):
        _protect(mask[start:end], context, start, end, known)
    return mask


def _windows(text: str, offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Whole lines around the offsets; the whole text when that is most of it."""
    windows: list[tuple[int, int]] = []
    for offset in sorted(offsets):
        start = text.rfind("\n", 0, max(offset - _REACH, 0)) + 1
        end = text.find("\n", min(offset + _REACH, len(text)))
        end = len(text) if end < 0 else end
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    covered = sum(end - start for start, end in windows)
    return [(0, len(text))] if covered > len(text) * _MOST_OF_IT else windows


def _protect(mask: NDArray[np.bool_], context: Context, first: int, last: int, known: Resources) -> None:
    """Set what is protected of `first..last`, whose part of the mask is given."""
    text = context.text[first:last]
    for span in protected_in(context, known, first, last):
        mask[span.start : span.end] = True
    for match in _TITLE.finditer(text):
        if _is_title(text, match, known.lexicon) and (name := _NAME.match(text, match.end())):
            mask[match.start() : name.end()] = True
    for match in _INSTITUTION.finditer(text):
        mask[match.start("name") : match.end("name")] = True
    for start, end in (*numbers_in_words(text), *protected_terms(text)):
        mask[start:end] = True
    for start, end in old_forms(context):
        mask[max(start - first, 0) : max(end - first, 0)] = True
    for pattern in (_IN_NUMBER, _ABBREVIATION):
        for match in pattern.finditer(text):
            mask[match.start() : match.end()] = True


def _is_title(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Not where a longer word begins there, like นายกรัฐมนตรี or นางพยาบาล, nor inside of one."""
    if not re.fullmatch("[\u0e01-\u0e4e]+", match[0]):
        return True
    start, end = match.span()
    return not any(text[start:stop] in lexicon for stop in range(end + 1, min(end + LONGEST, len(text)) + 1))
