"""Words with one sign in them that is no Thai: a Latin letter (`เทศบาaตำบล`), or what a program shows for a character
that it has lost (`การประช?ม`).

A letter may stand beside Thai by right (`ตัวแปรnของ`). What does not is one that a Thai character turns into a word,
which the language model finds likely where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dictionaries.language_model import LanguageModel
from dictionaries.lexicon import Lexicon

_LOOKS_LIKE = {
    "a": "ลสอ", "c": "ด", "d": "ด", "e": "ค", "h": "ทห", "i": "โใไ", "l": "เแ", "m": "ฑก", "n": "กทถภคณ", "o": "อ",
    "p": "ฤ", "r": "ร", "s": "รธซ", "u": "นบมยป", "v": "ง", "w": "พผฟ",
}  # fmt: skip
"""Thai letters that are drawn somewhat like a Latin one, in some font."""
_MARK = "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
_LETTER = re.compile(
    "(?<![A-Za-z0-9])(?:(?<=[\u0e01-\u0e4e])[a-z](?![A-Za-z0-9@/=-])|[a-z](?=[\u0e01-\u0e4e]))"
)
_CARRIES = re.compile(f"(?<![A-Za-z0-9])[A-Za-z](?=[{_MARK}])")
_LOST = re.compile("(?<=[\u0e01-\u0e4e])[?\u25a1\u25af](?=[\u0e01-\u0e4e])")
_ANY = (*map(chr, range(0x0E01, 0x0E2F)), *map(chr, (0xE30, 0xE31, 0xE32, 0xE33, *range(0xE34, 0xE3A))),
        *map(chr, range(0x0E40, 0x0E45)), *map(chr, range(0x0E47, 0x0E4D)))  # fmt: skip
_HEAD, _TAIL, _WINDOW = 24, 12, 4
_LIKELY, _AWAITED, _GAIN, _LOST_GAIN = -2.6, -0.5, 11.0, 13.0
"""Nats a character from the place on, nats of the one character alone, and nats by which the text is likelier with the
Thai character: words that were broken on purpose gain 11 and more, letters that stand beside Thai words by right at
most 10."""
_SHORTEST = 3


class BrokenWord(NamedTuple):
    """A sign at `start..end` that stands in a word, and the word's Thai character where one is clearly likeliest."""

    start: int
    end: int
    instead: str | None


def latin_in_words(text: str, lexicon: Lexicon, model: LanguageModel) -> Iterator[BrokenWord]:
    """The single Latin letters that stand for a Thai one, in order of place. None carries a Thai mark by right."""
    for match in _LETTER.finditer(text):
        best = _likeliest(text, match.start(), _LOOKS_LIKE.get(match[0], ""), lexicon, model)
        if best is not None and best[1] >= _GAIN:
            yield BrokenWord(*match.span(), best[0])
        elif _CARRIES.match(text, match.start()):
            yield BrokenWord(*match.span(), None)


def lost_in_words(text: str, lexicon: Lexicon, model: LanguageModel) -> Iterator[BrokenWord]:
    """The question marks and empty boxes that stand for a character of a word, in order of place."""
    for match in _LOST.finditer(text):
        best = _likeliest(text, match.start(), _ANY, lexicon, model)
        if best is not None and best[1] >= _LOST_GAIN:
            yield BrokenWord(*match.span(), None)


def _likeliest(
    text: str, at: int, among: str | tuple[str, ...], lexicon: Lexicon, model: LanguageModel
) -> tuple[str, float] | None:
    """The character that makes a likely word at a place, and what the text gains by it, against a space too; None where
    none does."""
    head, tail = text[max(at - _HEAD, 0) : at], text[at + 1 : at + 1 + _TAIL]
    as_read = max(float(model.score(head + sign + tail).sum()) for sign in (text[at], " "))
    found: list[tuple[float, str]] = []
    for character in among:
        scores = model.score(head + character + tail)
        from_here = scores[len(head) : len(head) + _WINDOW]
        likely = float(from_here.mean()) >= _LIKELY or float(from_here[0]) >= _AWAITED
        word = lexicon.longest_over(head + character + tail, len(head), len(head) + 1)
        if likely and len(word) >= _SHORTEST:
            found.append((float(scores.sum()) - as_read, character))
    return max(found)[::-1] if found else None
