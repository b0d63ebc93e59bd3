"""Numbers with more digits on the page than in the text.

Readers are not exact about where the letters of a word stand, so a letter's ink among those of a word counts as the
word's. Of a number each digit is a fact: its digits are counted, and the ink that stands where they do.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from model.account import InkKind
from model.page import Reading
from ocr.accounting.coverage import Letters
from ocr.accounting.pieces import InkPieces
from ocr.accounting.places import InkGroup, group_of
from ocr.layout.baseline import middle_of
from ocr.layout.ink import Floats

NUMBER = re.compile(r"[0-9๐-๙](?:[.,:]?[0-9๐-๙])*")

LOW, HIGH, NARROW = 0.6, 1.7, 0.12
"""In letter heights of the line: a digit's ink is between as high, and wider."""

FOOT = 0.3
"""In letter heights of the line: how far over or under the feet of its letters a digit's ink ends."""

BESIDE = 0.9
"""In letter heights: how far beside a number's digits the middle of one more may be."""

OF_ONE = 0.4
"""Share of the narrower of two pieces that lies over or under the other where both are parts of one digit."""

TOGETHER = 0.35
"""Of the way from one digit to the next: by so much at most the ink of digits that have run together is less wide than
their places."""

TOUCHING = 0.5
"""Pixels: between parts of digits that have run together, which are cut as wide pieces are wherever one ends
(`ocr.layout.ink`), there is less white. What they have room for is asked of all together."""

LOOSE, OTHERS = 1.6, 3
"""Times their usual width: digits of a number are no further apart. One in so many ways from one to the next may be
shorter than print has it; the others may lead over a comma."""

NARROWER = 0.85
"""Times its usual width: a digit read alone is no narrower, whatever its box says."""

DIRT = 1.5
"""So many times more pieces than digits are no digits that were passed over."""


def short_numbers(reading: Reading, letters: Letters, pieces: InkPieces) -> list[InkGroup]:
    """For each number that has more digits on the page than in the text the ink in which more were to be read."""
    order = np.argsort(pieces.left, kind="stable")
    starts, widest = pieces.left[order], float(pieces.wide.max(initial=0.0))
    line_starts = np.searchsorted(letters.line, np.arange(reading.text.count("\n") + 2))
    found = []
    for match in NUMBER.finditer(reading.text):
        first, last = np.searchsorted(letters.at, [match.start(), match.end()])
        digits = np.array(
            [one for one in range(first, last) if reading.text[letters.at[one]].isdecimal()], np.intp
        )
        if len(digits) != sum(character.isdecimal() for character in match[0]):
            continue
        number = int(letters.line[digits[0]])
        others = np.arange(line_starts[number], line_starts[number + 1])
        others = others[(others < first) | (others >= last)]
        near = np.searchsorted(
            starts, letters.boxes[digits[[0, -1]], [0, 2]] + _reach(letters, digits, widest)
        )
        own = _digit_like(letters, digits, others, pieces, order[near[0] : near[1]])
        signs = np.setdiff1d(np.arange(first, last), digits)
        parts, room = _room(pieces, _parts(pieces, own), _pitch(letters, digits), letters.boxes[signs])
        if len(digits) < room.sum() <= DIRT * len(digits) + 1:
            more = room > _read_in(pieces, parts, letters, digits)
            found += [group_of(InkKind.TEXT, pieces.chosen(parts[one])) for one in np.flatnonzero(more)]
    return found


def _reach(letters: Letters, digits: NDArray[np.intp], widest: float) -> NDArray[np.float64]:
    beside = BESIDE * float(letters.size[digits].max())
    return np.array([-beside - widest, beside])


def _digit_like(
    letters: Letters,
    digits: NDArray[np.intp],
    others: NDArray[np.intp],
    pieces: InkPieces,
    near: NDArray[np.intp],
) -> NDArray[np.intp]:
    """Which of the pieces `near` a number may be its digits, from left to right: those that stand where digits stand
    and in no box of the `others` of the line."""
    # A line's letters may be higher than the digits of one of its cells.
    size = min(middle_of(letters.size[digits]), middle_of(letters.heights[digits]))
    foot = middle_of(letters.foot[digits])
    high, wide = pieces.high[near], pieces.wide[near]
    middle, under = pieces.left[near] + wide / 2, pieces.top[near] + high
    left, right = letters.boxes[digits, 0].min(), letters.boxes[digits, 2].max()
    fits = (high >= LOW * size) & (high <= HIGH * size) & (wide >= NARROW * size)
    fits &= np.abs(under - foot) <= FOOT * size
    fits &= (middle >= left - BESIDE * size) & (middle <= right + BESIDE * size)
    boxes = letters.boxes[others]
    taken = (boxes[:, 0][:, None] <= middle) & (boxes[:, 2][:, None] >= middle)
    return near[fits & ~taken.any(axis=0)]


def _parts(pieces: InkPieces, own: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The pieces, those as one that lie over each other."""
    parts: list[list[int]] = []
    end = -np.inf
    for one in own.tolist():
        left, right = pieces.left[one], pieces.left[one] + pieces.wide[one]
        if parts and end - left >= OF_ONE * min(pieces.wide[one], end - pieces.left[parts[-1][0]]):
            parts[-1].append(one)
            end = max(end, right)
        else:
            parts.append([one])
            end = right
    return [np.array(one, np.intp) for one in parts]


def _extents(pieces: InkPieces, parts: list[NDArray[np.intp]]) -> tuple[Floats, Floats]:
    left = np.array([pieces.left[one].min() for one in parts])
    return left, np.array([(pieces.left[one] + pieces.wide[one]).max() for one in parts])


def _pitch(letters: Letters, digits: NDArray[np.intp]) -> float:
    """From a number's digit to the next: boxes may be those of the ink alone, without the white between."""
    usual = middle_of(letters.usual[digits])
    ways = np.diff((letters.boxes[digits, 0] + letters.boxes[digits, 2]) / 2)
    if not len(ways):
        return max(NARROWER * usual, min(usual, float(letters.widths[digits[0]])))
    return max(usual, min(float(np.sort(ways)[(len(ways) - 1) // OTHERS]), LOOSE * usual))


def _room(
    pieces: InkPieces, parts: list[NDArray[np.intp]], pitch: float, signs: Floats
) -> tuple[list[NDArray[np.intp]], NDArray[np.intp]]:
    """The parts, those that touch as one, and how many digits each has room for, where they are so far apart: they may
    have run together. `signs` are the boxes of what stands between the digits."""
    if not parts:
        return [], np.zeros(0, np.intp)
    left, right = _extents(pieces, parts)
    alone = np.maximum(1, (right - left) / pitch + TOGETHER).astype(np.intp)
    middles, wide = (signs[:, 0] + signs[:, 2]) / 2, signs[:, 2] - signs[:, 0]
    whole, room = [], []
    for run in np.split(np.arange(len(parts)), np.flatnonzero(left[1:] - right[:-1] > TOUCHING) + 1):
        begin, end = float(left[run[0]]), float(right[run].max())
        between = float(wide[(middles > begin) & (middles < end)].sum())
        whole.append(np.concatenate([parts[one] for one in run]))
        room.append(max(int(alone[run].sum()), int((end - begin - between) / pitch + TOGETHER)))
    return whole, np.array(room, np.intp)


def _read_in(
    pieces: InkPieces, parts: list[NDArray[np.intp]], letters: Letters, digits: NDArray[np.intp]
) -> NDArray[np.intp]:
    """How many digits were read in each part: each digit in the nearest."""
    middles = (letters.boxes[digits, 0] + letters.boxes[digits, 2]) / 2
    left, right = _extents(pieces, parts)
    away = np.maximum(np.maximum(left[:, None] - middles, middles - right[:, None]), 0)
    away += np.abs((left + right)[:, None] / 2 - middles) / 1000  # of two that hold it the one around it
    return np.bincount(np.argmin(away, axis=0), minlength=len(parts)).astype(np.intp)
