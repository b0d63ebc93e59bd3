"""How near damaged characters are to a word that is known: the distance by which closed lists are searched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from model.thai import MARKS

MARK = 0.5
"""What a mark wrong, missing or too many costs; a letter costs one, and half where it often stands for the other."""
_ALIKE = 0.5
_LETTER = 1.0
_LOOK_ALIKE = [set(group) for group in ("ดตค", "บป", "พฟผ", "สล", "กถภ", "ชซ", "หท", "านว", "อฮ")]
_KEPT = 1 << 14  # pairs of characters of the two scripts
_IS_MARK = re.compile(f"[{MARKS}]")


@lru_cache(_KEPT)
def weight(character: str) -> float:
    """What it costs to lose the character or to have it too many."""
    return MARK if _IS_MARK.match(character) else _LETTER


@lru_cache(_KEPT)
def difference(read: str, wanted: str) -> float:
    """What it costs to have read one character where another stands."""
    if read == wanted:
        return 0.0
    if _IS_MARK.match(read) and _IS_MARK.match(wanted):
        return MARK
    if any(read in group and wanted in group for group in _LOOK_ALIKE):
        return _ALIKE
    return _LETTER


def distance(read: str, word: str) -> float:
    """The least that it costs to have read `read` where `word` stands."""
    return _rows(read, word)[-1][-1]


def stretches(text: str, at: int, word: str, most: float) -> Iterator[tuple[int, float]]:
    """Every end of a stretch from `at` that may be the word at a cost of at most `most`, with the cost."""
    weights = [weight(character) for character in word]
    row = _first(weights)
    for end in range(at, min(at + len(word) + 2, len(text))):
        row = _next(row, text[end], word, weights)
        if row[-1] <= most:
            yield end + 1, row[-1]
        if min(row) > most:
            return


def _rows(read: str, word: str) -> list[list[float]]:
    weights = [weight(character) for character in word]
    rows = [_first(weights)]
    for character in read:
        rows.append(_next(rows[-1], character, word, weights))
    return rows


def _first(weights: list[float]) -> list[float]:
    row = [0.0]
    for one in weights:
        row.append(row[-1] + one)
    return row


def _next(above: list[float], character: str, word: str, weights: list[float]) -> list[float]:
    # A line's end may stand inside a word, at no cost.
    extra = 0.0 if character.isspace() else weight(character)
    row = [above[0] + extra]
    for index, wanted in enumerate(word):
        same = above[index] + difference(character, wanted)
        row.append(min(same, above[index + 1] + extra, row[-1] + weights[index]))
    return row
