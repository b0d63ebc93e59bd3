"""What looks misspelt to those who know official prose alone: chemical names, instructions, letters in a row, lines
that an edge cuts off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dictionaries.terms import CHEMICAL_PARTS, INSTRUCTIONS, MULTIPLIERS, TERMS


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_CHEMICAL = re.compile(
    f"(?:{_any(MULTIPLIERS)})?(?:{_any(CHEMICAL_PARTS)})(?:{_any((*MULTIPLIERS, *CHEMICAL_PARTS))})*"
)
_TERM = re.compile(_any(TERMS))
# Where a sentence begins: จง bids, and จึง would need something before it that it follows from.
_BIDS = re.compile(
    f"(?:^|(?<=[0-9๐-๙][.)])|(?<=[0-9๐-๙]))[ \u00a0\t]*(?P<term>จง)(?={_any(INSTRUCTIONS)})", re.MULTILINE
)
_LETTERS = re.compile("(?<![\u0e01-\u0e4e])[\u0e01-\u0e2e]{3,}(?![\u0e01-\u0e4e])")
# Phinthu, and nikhahit but for that of sara am, are of Pali and of other languages in Thai letters: with two such words
# the whole line is, with one that word.
_NOT_THAI = re.compile("[^ \u00a0\t\n]*(?:\u0e3a|\u0e4d(?![\u0e48-\u0e4b]?\u0e32))[^ \u00a0\t\n]*")
_MANY_WORDS = 2
_LINE = re.compile("[^\n]+")
_ALONE = re.compile(
    "(?<![\u0e01-\u0e4e])[\u0e01-\u0e4e](?:[ \u00a0\n]{1,3}[\u0e01-\u0e4e](?![\u0e01-\u0e4e])){3,}"
)
_BESIDE_LATIN = re.compile(
    "(?<=[A-Za-z])[\u0e01-\u0e4e]{1,2}(?![\u0e01-\u0e4e])|(?<![\u0e01-\u0e4e])[\u0e01-\u0e4e]{1,2}(?=[A-Za-z])"
)
_HYPHENATED = re.compile("[\u0e01-\u0e4e]{1,3}(?=-[^\u0e01-\u0e4e\n]*$)", re.MULTILINE)
_CUT_OFF = re.compile("[\u0e40-\u0e44](?=[ \u00a0]*$)|(?<!\u0e2f\u0e25)\u0e2f(?!\u0e25\u0e2f)", re.MULTILINE)


def protected_terms(text: str) -> Iterator[tuple[int, int]]:
    """Where no rule about words may speak, as (start, end): what it would take for a slip is a term."""
    for pattern in (_CHEMICAL, _TERM, _BESIDE_LATIN, _HYPHENATED, _CUT_OFF):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _BIDS.finditer(text):
        yield match.span("term")
    for match in _LETTERS.finditer(text):
        if all(one < other for one, other in pairwise(match[0])):  # a list of the alphabet's letters
            yield match.span()
    for line in _LINE.finditer(text):
        words = [match.span() for match in _NOT_THAI.finditer(text, *line.span())]
        yield from words if len(words) < _MANY_WORDS else [line.span()]
    for match in _ALONE.finditer(text):
        if all(one < other for one, other in pairwise(match[0].split())):
            yield match.span()
