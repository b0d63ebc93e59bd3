"""Measures that forgive what is arguable: leaders, boxes and rules that stand for nothing, and the order of lines.

What a reader makes of dotted lines is no letter of anybody's, and in tables and forms nobody can say which cell comes
first: so a line of the truth counts as found wherever in the candidate it stands.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from reports.letters import without_white_space

_LEADERS = re.compile("(?:[._\u00b7\u2010-\u2015\u2022\u2024\u2025\u2026\u2500-] ?){4,}|\u2026{2,}")
"""Four and more dots, strokes or bullets in a row, with or without spaces between, and two ellipses."""
_SYMBOLS = re.compile("[\u2610-\u2612\u25a0\u25a1\u25aa\u25ab\u25cb\u25cf\ue000-\uf8ff\ufffd]")
"""Check boxes, bullets, letters of private use and what no font has a glyph for."""


def without_leaders(text: str) -> str:
    """The text without leaders, rules and boxes."""
    return _SYMBOLS.sub("", _LEADERS.sub("", text))


def letters_not_found(truth: str, candidate: str) -> tuple[int, int]:
    """How many letters of the truth's lines stand nowhere in the candidate, and how many letters the lines have.

    For each line the least edit distance to any part of the candidate, white space aside: what the candidate has
    besides costs nothing.
    """
    whole = without_white_space(candidate)
    codes = _codes(whole)
    missed = letters = 0
    for row in truth.split("\n"):
        line = without_white_space(row)
        letters += len(line)
        if line and line not in whole:
            missed += _infix_distance(_codes(line), codes)
    return missed, letters


def _codes(text: str) -> NDArray[np.int32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)


def _infix_distance(line: NDArray[np.int32], text: NDArray[np.int32]) -> int:
    """The least edit distance of a line of m letters to any part of a text of n, after Sellers: m steps of n."""
    places = np.arange(len(text) + 1, dtype=np.int32)
    row = np.zeros(len(text) + 1, np.int32)
    for number, letter in enumerate(line, start=1):
        below = np.empty_like(row)
        below[0] = number
        np.minimum(row[:-1] + (text != letter), row[1:] + 1, out=below[1:])
        row = np.minimum.accumulate(below - places) + places
    return int(row.min())
