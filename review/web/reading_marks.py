"""What a reading shows of itself before anybody has looked: its least sure letters, and what other readers read.

All of it follows from the page's blob, so it is worked out once and kept.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from correction.reliability import CharacterFeatures, letters_of, risks, witnesses_of
from correction.witness import Witness
from dictionaries.reliability import is_measured, load
from model.alignment import blocks
from model.edit import Span
from model.page import Page
from model.thai import compose_sara_am, is_mark
from reports.letters import safe_text, without_white_space

LEAST_SURE = 0.02
"""The share of a page's letters that are shaded."""

_SURE = 0.002
"""Probability of being wrong below which no letter is shaded, however sure the others are."""

_KEPT = 8  # pages


@dataclass(frozen=True, slots=True)
class UnsureLetter:
    """A letter of the raw text, and the probability that it is wrong."""

    span: Span
    risk: float


@dataclass(frozen=True, slots=True)
class OtherPiece:
    """A piece of a line as another reader has it.

    `start` and `end` are code points of the line as it stands; where the reader agrees, `differs` is false and `text`
    is the line's own.
    """

    text: str
    start: int
    end: int
    differs: bool


class ReadingMarks:
    """The marks of one page's reading.

    `unsure` are its least sure letters, in order. `expected(span)` is how many letters of a span of the raw text are
    thought to be wrong, None where nothing tells. `others(lines, text)` is what other readers read in these printed
    lines where it differs from `text`, as the line stands now, each with the reader's name.
    """

    def __init__(self, page: Page) -> None:
        self._witnesses = [Witness(page.reading, other) for other in page.readings[1:]]
        found = _risks(page)
        self.unsure = () if found is None else _unsure(*found)
        self._starts = () if found is None else found[0].starts
        self._sums = None if found is None else [0.0, *accumulate(map(float, found[1]))]
        self.others = lru_cache(maxsize=256)(self._others)

    def expected(self, span: Span) -> float | None:
        """How many letters of a span are thought to be wrong."""
        if self._sums is None:
            return None
        first, last = (bisect_left(self._starts, at) for at in (span.start, span.end))
        return self._sums[last] - self._sums[first]

    def _others(self, lines: tuple[Span, ...], text: str) -> tuple[tuple[str, tuple[OtherPiece, ...]], ...]:
        found: list[tuple[str, tuple[OtherPiece, ...]]] = []
        told: set[str] = set()
        for witness in self._witnesses:
            read = [witness.reads(line.start, line.end, edges=True) for line in lines if len(line)]
            if not read or any(one is None for one in read):
                continue
            theirs = compose_sara_am(" ".join(one.text for one in read if one is not None))
            bare = without_white_space(theirs)
            if not bare or bare in told or bare == without_white_space(compose_sara_am(text)):
                continue
            told.add(bare)
            found.append((witness.reader.name, tuple(_pieces(text, theirs))))
        return tuple(found)


def _risks(page: Page) -> tuple[CharacterFeatures, NDArray[np.float64]] | None:
    """The letters of a page's reading, and how likely each is wrong; None where nothing tells."""
    reading = page.reading
    known = any(one is not None for one in reading.confidences) or is_measured(reading.reader.name)
    if not known or not reading.text.strip():
        return None
    letters = letters_of(reading, witnesses_of(page), page.quality)
    return letters, risks(letters, load(reading.reader.name))


def _unsure(letters: CharacterFeatures, wrong: NDArray[np.float64]) -> tuple[UnsureLetter, ...]:
    most = math.ceil(LEAST_SURE * len(letters.text))
    worst = sorted(range(len(wrong)), key=lambda at: -wrong[at])[:most]
    return tuple(
        UnsureLetter(Span(letters.starts[at], letters.ends[at]), float(wrong[at]))
        for at in sorted(worst)
        if wrong[at] >= _SURE
    )


def _pieces(text: str, theirs: str) -> list[OtherPiece]:
    mine = _letters(text)
    other = [theirs[start:end] for start, end in _letters(theirs)]
    found: list[OtherPiece] = []
    at = 0
    for block in blocks([text[start:end] for start, end in mine], other):
        here = block.start < block.end
        start = mine[block.start][0] if here else at
        end = mine[block.end - 1][1] if here else at
        if start > at:
            found.append(OtherPiece(text[at:start], at, start, differs=False))
        words = text[start:end] if block.equal else "".join(other[block.other_start : block.other_end])
        found.append(OtherPiece(safe_text(words), start, end, differs=not block.equal))
        at = end
    return found


def _letters(text: str) -> list[tuple[int, int]]:
    """Where each letter with its marks begins and ends; white space belongs to none."""
    found: list[tuple[int, int]] = []
    for at, letter in enumerate(text):
        if letter.isspace():
            continue
        if found and is_mark(letter) and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


_MARKS: OrderedDict[str, ReadingMarks] = OrderedDict()
_LOCK = Lock()


def marks_of(blob: str, page: Page) -> ReadingMarks:
    """The marks of a page, `blob` being the page's own."""
    with _LOCK:
        found = _MARKS.get(blob)
    if found is None:
        found = ReadingMarks(page)
    with _LOCK:
        _MARKS[blob] = found
        _MARKS.move_to_end(blob)
        while len(_MARKS) > _KEPT:
            _MARKS.popitem(last=False)
    return found
