"""Letters and digits of other scripts inside Thai words and numbers, and the Thai character that each may be.

A word of another language that is written in its own script is right; one letter of it among Thai letters is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from model.thai import THAI

LOOK_ALIKES = {
    "\u0e88": "จ", "\u0e8d": "ย", "\u0e9a": "บ", "\u0e9b": "ป", "\u0e9d": "ฝ", "\u0e9e": "พ", "\u0e9f": "ฟ",
    "\u0eb8": "\u0e38", "\u0eb9": "\u0e39", "\u17b7": "\u0e34", "\u17b8": "\u0e35", "\u17b9": "\u0e36",
    "\u17ba": "\u0e37", "\u17d4": "ฯ",
}  # fmt: skip
"""The one Thai character that is drawn like a character of Lao or Khmer."""

_CYRILLIC_ALIKE = (
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420"
    "\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458"
)
_GREEK_ALIKE = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
_LIKE_LATIN = dict(
    zip(_CYRILLIC_ALIKE + _GREEK_ALIKE, "ABEKMHOPCTXaeopcyxisj" + "ABEZHIKMNOPTYXo", strict=True)
)
"""The Latin letter that is drawn like one of Cyrillic or Greek."""
_ALIKE = re.compile(f"[{''.join(_LIKE_LATIN)}]+")
_LATIN_WORD = re.compile(f"(?<![\u0370-\u04ff])[A-Za-z{''.join(_LIKE_LATIN)}]{{2,}}(?![\u0370-\u04ff])")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_SCRIPTS = {
    "Lao": "\u0e80-\u0eff", "Khmer": "\u1780-\u17ff", "Devanagari": "\u0900-\u097f", "Myanmar": "\u1000-\u109f",
    "Cyrillic": "\u0400-\u04ff", "Greek": "\u0370-\u03ff",
    "A fullwidth form": "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a",
    "Tai": "\u1950-\u19df\u1a20-\u1aad", "Arabic": "\u0620-\u06d3\u06f0-\u06f9", "Hebrew": "\u05d0-\u05ea",
    "Armenian": "\u0531-\u0587", "Georgian": "\u10a0-\u10ff", "Bengali": "\u0980-\u09ff", "Tamil": "\u0b80-\u0bff",
    "Chinese or Japanese": "\u3041-\u30ff\u4e00-\u9fff", "A mathematical letter": "\U0001d400-\U0001d7ff",
}  # fmt: skip
_ON_BOTH_SIDES = frozenset({"Greek", "A fullwidth form", "Chinese or Japanese", "A mathematical letter"})
"""Scripts whose single letters are signs that stand beside Thai words by right: รังสีγ, ค่าπ."""
_RUNS = {name: re.compile(f"[{characters}]+") for name, characters in _SCRIPTS.items()}
_ANY = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_LIKE_DIGITS = re.compile("[\u039f\u03bf\u041e\u043e\u0417\u0437\u0431\u042c]+")
"""Letters of Greek and Cyrillic that are drawn like digits: О З б."""
_BEFORE_NUMBER, _BEHIND_NUMBER = (
    re.compile("[/.,-]?[0-9\u0e50-\u0e59]"),
    re.compile("[0-9\u0e50-\u0e59][/.,-]?\\Z"),
)
_MOST = 2
"""Letters of another script that may stand in a Thai word by accident: more of them are a word of its own."""
_FULL_WIDTH = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff08\uff09\uff21-\uff5a]")
"""Text that is set for Chinese or Japanese: its digits are as wide as its letters."""
_IS_THAI = re.compile(f"[{THAI}]")
_DIGIT = re.compile("[0-9\u0e50-\u0e59]")
_THAI_ZERO = 0x0E50
_WIDE_ZERO = "\uff10"
"""From here on stand the digits of ASCII once more, wider or in another style."""


class OtherScript(NamedTuple):
    """Characters of another script at `start..end`; `instead` is the Thai for them where exactly one is like them, the
    Latin in a Latin word."""

    start: int
    end: int
    script: str
    instead: str | None


def other_scripts(text: str) -> Iterator[OtherScript]:
    """What of other scripts stands inside Thai words and numbers, script by script, each in order of place; then what
    of Greek and Cyrillic stands inside Latin words."""
    if not _ANY.search(text):
        return
    for script, pattern in _RUNS.items():
        for match in pattern.finditer(text):
            if _inside(text, script, match):
                yield OtherScript(*match.span(), script, _instead(text, match))
    yield from _in_latin_words(text)


def _in_latin_words(text: str) -> Iterator[OtherScript]:
    """The letters of Greek and Cyrillic in Latin words."""
    for word in _LATIN_WORD.finditer(text):
        alike = list(_ALIKE.finditer(text, *word.span()))
        if sum(len(one[0]) for one in alike) < len(word[0]):
            for one in alike:
                script = "Cyrillic" if _CYRILLIC.match(one[0]) else "Greek"
                yield OtherScript(*one.span(), script, "".join(_LIKE_LATIN[letter] for letter in one[0]))


def _inside(text: str, script: str, match: re.Match[str]) -> bool:
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match[0].isdecimal():
        return bool(_DIGIT.match(before) or _DIGIT.match(behind)) or _alone_among_thai(text, script, match)
    sides = [bool(_IS_THAI.match(side)) for side in (before, behind)]
    if len(match[0]) > _MOST:
        return False
    if _DIGIT.match(before) and _DIGIT.match(behind) and script not in _ON_BOTH_SIDES:
        return True  # 25б7: no number has a letter of Cyrillic within
    if _LIKE_DIGITS.fullmatch(match[0]) and not any(map(str.isalpha, (before, behind))):
        number_before = _BEHIND_NUMBER.search(text[max(match.start() - 2, 0) : match.start()])
        return bool(number_before or _BEFORE_NUMBER.match(text, match.end()))
    if not any(sides):
        return False
    return all(sides) or script not in _ON_BOTH_SIDES


def _alone_among_thai(text: str, script: str, match: re.Match[str]) -> bool:
    """A number in the digits of a script of which the line has no word, between words of Thai."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start:] if end < 0 else text[start:end]
    runs = [run[0] for run in _RUNS[script].finditer(line)]
    words = [run for run in runs if len(run) > _MOST and not run.isdecimal()]
    return bool(_IS_THAI.search(line)) and not words and not _FULL_WIDTH.search(line)


def _instead(text: str, match: re.Match[str]) -> str | None:
    thai = [_thai(text, match, character) for character in match[0]]
    return None if None in thai else "".join(one or "" for one in thai)


def _thai(text: str, match: re.Match[str], character: str) -> str | None:
    if character.isdecimal():
        value = unicodedata.decimal(character)
        beside = text[match.start() - 1 : match.start()] or text[match.end() : match.end() + 1]
        if not _DIGIT.match(beside):
            return str(value) if character >= _WIDE_ZERO else chr(_THAI_ZERO + value)
        return str(value) if beside.isascii() else chr(_THAI_ZERO + value)
    return LOOK_ALIKES.get(character)
