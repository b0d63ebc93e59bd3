"""Places with romanised names: `Kathu District`, `Amphoe La-ngu, Satun Province`, `Phuket`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from correction.places.lookup import Lookup
from dictionaries.gazetteer import Level
from dictionaries.spelling import latin_key

_WORDS = {
    "province": Level.PROVINCE,
    "changwat": Level.PROVINCE,
    "district": Level.DISTRICT,
    "amphoe": Level.DISTRICT,
    "khet": Level.DISTRICT,
    "subdistrict": Level.SUBDISTRICT,
    "sub-district": Level.SUBDISTRICT,
    "tambon": Level.SUBDISTRICT,
    "khwaeng": Level.SUBDISTRICT,
}
_NAME = r"[A-Z][a-z]+(?:[- ](?:[A-Z][a-z]*|[a-z]{1,5})){0,5}"
_BEFORE = re.compile(rf"\b(Changwat|Amphoe|Khet|Tambon|Khwaeng)\s+({_NAME})")
_AFTER = re.compile(rf"\b({_NAME})\s+(Province|District|Sub-?district)\b")
_ALONE = re.compile(r"\b[A-Z][a-z]{4,}(?: [A-Z][a-z]+){0,3}\b")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Romanised:
    """A romanised name at `start..end` of the text; no code where the country has it more than once."""

    start: int
    end: int
    level: Level
    code: str
    known: bool


def romanised(text: str, lookup: Lookup) -> list[Romanised]:
    """The romanised names of a text, in order of place; a province is also known without a word beside it."""
    if not re.search("[A-Z][a-z]{2}", text):
        return []
    found: dict[int, Romanised] = {}
    for match in _BEFORE.finditer(text):
        level = _WORDS[match.group(1).lower()]
        place = _longest(match.group(2), match.start(2), level, lookup, from_start=True)
        found[place.start] = place
    for match in _AFTER.finditer(text):
        level = _WORDS[match.group(2).lower()]
        place = _longest(match.group(1), match.start(1), level, lookup, from_start=False)
        found.setdefault(place.start, place)
    covered = {at for place in found.values() for at in range(place.start, place.end)}
    for match in _ALONE.finditer(text):
        for start, words in _starts(match.group(), match.start()):
            taken = not covered.isdisjoint(range(start, start + len(words)))
            codes = lookup.gazetteer.english[Level.PROVINCE].get(latin_key(words), ())
            if codes and not taken:
                found[start] = Romanised(start, start + len(words), Level.PROVINCE, codes[0], known=True)
                covered.update(range(start, start + len(words)))
    return sorted(found.values(), key=lambda place: place.start)


def _starts(words: str, offset: int) -> Iterator[tuple[int, str]]:
    """Every run of whole words, the longest first."""
    spans = [match.span() for match in re.finditer(r"\S+", words)]
    for size in range(len(spans), 0, -1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            yield offset + start, words[start:end]


def _longest(words: str, offset: int, level: Level, lookup: Lookup, *, from_start: bool) -> Romanised:
    """The longest name at the start (or end) of some words; the words themselves, unknown, when there is none."""
    names = lookup.gazetteer.english[level]
    spans = [match.span() for match in re.finditer(r"\S+", words)]
    for size in range(min(len(spans), _MOST_WORDS), 0, -1):
        start, end = (0, spans[size - 1][1]) if from_start else (spans[-size][0], len(words))
        codes = names.get(latin_key(words[start:end]), ())
        if codes:
            code = codes[0] if len(codes) == 1 else ""
            return Romanised(offset + start, offset + end, level, code, known=True)
    start, end = (0, spans[0][1]) if from_start else (spans[-1][0], len(words))
    return Romanised(offset + start, offset + end, level, "", known=False)
