"""Ruling lines of a worn copy: what is left of a rule between two pieces of it, and the rule itself.

A photocopy of a photocopy has broken rules. Pieces too short for rules stay in the image, are read as `i` and `‘`, and
cells whose sides are gone are none. Between two pieces of rules of a grid that are in line with each other the rule
goes on where most of the way is thin ink in line with them, or where the break is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.ruling import Ruling

THIN = 4
"""Thumbnail pixels: how thick what is left of a rule is at most."""

IN_LINE = (2.0, 0.012)
"""Thumbnail pixels by which pieces of a rule may miss the line between them, and more for each pixel of the way."""

SHORT = 1.0
"""In letter heights: a break so short needs nothing in it."""

LONG = 30.0
"""In letter heights: and pieces farther apart than this are of two rules."""

LEFT = 0.3
"""Share of the way between two pieces along which there is thin ink in line with them, at least."""

BESIDE, WORDS = 0.6, 0.1
"""In letter heights, on both sides of a rule, and the share of the way along which there is ink on both, at most: words
of a cell that spans others go across where no rule is."""

MEET = 4
"""Thumbnail pixels by which a piece may miss the rules that it meets."""

Lines = NDArray[np.uint8]
Numbers = NDArray[np.int32]


def with_worn(rules: Ruling, mask: Lines, letter_height: float) -> Ruling:
    """The ruling lines of a thumbnail, whose ink is `mask`, those of grids without breaks. `letter_height` is in its
    pixels."""
    if letter_height <= 0 or not (rules.across.any() and rules.down.any()):
        return rules
    down = _closed(rules.down, rules.across, mask, letter_height)
    # Level lines are upright ones of the page on its side.
    level = _closed(rules.across.T, rules.down.T, mask.T, letter_height)
    return Ruling(np.ascontiguousarray(level.T), down)


@dataclass(frozen=True, slots=True)
class _RulePart:
    """A piece of an upright rule: its ends, and the columns at them."""

    top: int
    bottom: int
    head: float
    foot: float


def _closed(lines: Lines, others: Lines, mask: Lines, letter_height: float) -> Lines:
    """Upright rules, those that meet `others` without breaks."""
    lines, mask = np.ascontiguousarray(lines), np.ascontiguousarray(mask)
    near = cv2.dilate(np.ascontiguousarray(others), np.ones((2 * MEET + 1, 2 * MEET + 1), np.uint8))
    pieces = _pieces(lines, np.asarray(near, np.uint8))
    longest = int(LONG * letter_height)
    breaks = [
        (one, other)
        for column in _columns(pieces)
        for one, other in pairwise(_with_ends(column, others, longest))
        if 0 < other.top - one.bottom <= longest and _in_line(one, other)
    ]
    if not breaks:
        return lines
    rest = np.where(cv2.dilate(lines, np.ones((1, 3), np.uint8)) > 0, np.uint8(0), mask)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8, ltype=cv2.CV_32S)
    thin = stats[:, cv2.CC_STAT_WIDTH] <= THIN
    thin[0] = False
    found = lines.copy()
    for one, other in breaks:
        _close(found, one, other, np.asarray(labels, np.int32), thin, letter_height)
    return found


def _pieces(lines: Lines, near: Lines) -> list[_RulePart]:
    contours, _ = cv2.findContours(lines, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    pieces = []
    for contour in contours:
        x, y = contour[:, 0, 0], contour[:, 0, 1]
        if near[y, x].any():
            top, bottom = int(y.min()), int(y.max())
            head, foot = float(x[y <= top + MEET].mean()), float(x[y >= bottom - MEET].mean())
            pieces.append(_RulePart(top, bottom, head, foot))
    return pieces


def _columns(pieces: list[_RulePart]) -> list[list[_RulePart]]:
    """The pieces in columns, each downwards: every piece goes on the column that ends in line with it."""
    columns: list[list[_RulePart]] = []
    for piece in sorted(pieces, key=lambda one: one.top):
        fitting = [
            column for column in columns if column[-1].bottom < piece.top and _in_line(column[-1], piece)
        ]
        if fitting:
            min(fitting, key=lambda column: abs(column[-1].foot - piece.head)).append(piece)
        else:
            columns.append([piece])
    return columns


def _with_ends(column: list[_RulePart], others: Lines, longest: int) -> list[_RulePart]:
    """The pieces of a column and where it would meet rules of the other direction above and below it."""
    first, last = column[0], column[-1]
    above = _crossings(others[: first.top, round(first.head)], max(0, first.top - longest))
    below = _crossings(others[: last.bottom + 1 + longest, round(last.foot)], last.bottom + 1)
    return [
        *(_RulePart(row, row, first.head, first.head) for row in above),
        *column,
        *(_RulePart(row, row, last.foot, last.foot) for row in below),
    ]


def _crossings(line: Lines, start: int) -> list[int]:
    """The rows, from one on, at which rules across begin in a column of them."""
    there = line[start:] > 0
    begins = there & ~np.concatenate([[False], there[:-1]])
    return [start + row for row in np.flatnonzero(begins).tolist()]


def _in_line(one: _RulePart, other: _RulePart) -> bool:
    return abs(other.head - one.foot) <= IN_LINE[0] + IN_LINE[1] * (other.top - one.bottom)


def _close(
    found: Lines,
    one: _RulePart,
    other: _RulePart,
    labels: Numbers,
    thin: NDArray[np.bool_],
    letter_height: float,
) -> None:
    """Draw a rule between two pieces of it where it was, and what is left of it."""
    rows = np.arange(one.bottom + 1, other.top)
    if not len(rows):  # they touch, a little aside from each other
        return
    way = other.top - one.bottom
    line = one.foot + (other.head - one.foot) * (rows - one.bottom) / way
    reach = np.arange(-int(IN_LINE[0]), int(IN_LINE[0]) + 1)
    columns = _within(line[:, None] + reach, found.shape[1])
    there = labels[rows[:, None], columns]
    left = thin[there]
    if way > SHORT * letter_height and left.any(axis=1).mean() < LEFT:
        return
    aside = np.arange(THIN, THIN + max(2, round(BESIDE * letter_height)))
    words = [
        (labels[rows[:, None], _within(line[:, None] + side * aside, found.shape[1])] > 0).any(axis=1)
        for side in (-1, 1)
    ]
    if (words[0] & words[1]).mean() > WORDS:
        return
    numbers = np.unique(there[left])
    window = np.s_[one.bottom + 1 : other.top]
    found[window][np.isin(labels[window], numbers) & _beside(line, found.shape[1])] = 255
    found[rows, _within(line, found.shape[1])] = 255


def _within(columns: NDArray[np.float64], width: int) -> NDArray[np.int64]:
    """Columns of a mask."""
    return np.asarray(columns.round().astype(np.int64).clip(0, width - 1), np.int64)


def _beside(line: NDArray[np.float64], width: int) -> NDArray[np.bool_]:
    """Which columns of each row are near a line."""
    return np.asarray(np.abs(np.arange(width) - line[:, None]) <= THIN + IN_LINE[0], np.bool_)
