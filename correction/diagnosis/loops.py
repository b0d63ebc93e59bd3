"""A stretch of a text that says the same over and over: a reader that ran away, whatever the length of its loop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_KEY = 12
"""Characters by which a place is known again."""
_FEWEST_TIMES = 4
_FEWEST_LETTERS = 60
"""Letters that a loop has at least, all turns together: less may be a song or a form."""
_FEWEST_IN_TURN, _FEWEST_IN_ROW = 3, 25
"""Letters in one turn, and in one that goes over a line's end: the rows of a table are often alike."""
_FEWEST_IF_SHORT = 100
"""Letters of all turns where one has fewer: people laugh and draw a word out, but not for a whole line."""
_ROWS, _LETTERS_IN_ROWS = 25, 12
"""Turns over several lines' ends, and letters of one, from which few letters are no table's either."""
_LETTER = re.compile("[\u0e01-\u0e4eA-Za-z]")
_FIGURES = re.compile(r"(?!(.)\1*$)(?=.*[0-9\u0e50-\u0e59])[0-9\u0e50-\u0e59.,]+")


class Loop(NamedTuple):
    """What stands at `start..end` is the same `period` characters again and again; the last turn may be cut off."""

    start: int
    end: int
    period: int

    @property
    def times(self) -> int:
        """Whole turns."""
        return (self.end - self.start) // self.period


def loops(text: str) -> tuple[Loop, ...]:
    """The loops of a text in order of place; linear in its length."""
    return tuple(one for one in _periodic(text) if _runs_away(text, one))


def _periodic(text: str) -> Iterator[Loop]:
    """The stretches in which each place was seen one and the same distance before, though perhaps not last: within
    a turn something may stand twice."""
    last: dict[str, int] = {}
    first = period = 0
    for at in range(len(text) - _KEY + 1):
        key = text[at : at + _KEY]
        distance = period if period and text.startswith(key, at - period) else at - last.get(key, at)
        last[key] = at
        if distance != period:
            if period:
                yield Loop(first - period, at + _KEY - 1, period)
            first, period = at, distance
    if period:
        yield Loop(first - period, len(text), period)


def _runs_away(text: str, loop: Loop) -> bool:
    if loop.times < _FEWEST_TIMES:
        return False
    turn = text[loop.start : loop.start + loop.period]
    letters = len(_LETTER.findall(turn))
    if _FIGURES.fullmatch(turn):
        return loop.end - loop.start >= _FEWEST_LETTERS
    if "\n" in turn and letters < _FEWEST_IN_ROW:
        return loop.times >= _ROWS and turn.count("\n") > 1 and letters >= _LETTERS_IN_ROWS
    return letters * loop.times >= (_FEWEST_LETTERS if letters >= _FEWEST_IN_TURN else _FEWEST_IF_SHORT)
