"""The letters of a published text against the page image: those that no ink of their own bears out.

Worked out anew, as `audit.ink` does: letters without a place among letters that have one, on the ink of others, closer
together than print, under solid ink; and of a text that knows no places, whether it is as long as its ink.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around

FEWEST = 3
"""So many letters in a row are put before the auditor."""

CLOSE = 0.22
"""In heights of letters: letters that follow each other no further apart, several times, are no print."""

MIDDLE = 0.25
"""Share of a box on either side of its middle within which no letter of another place in the text has its own."""

SOLID, FULL = 60, 0.97
"""Grey level of what is black, and share of a letter's place that is so where a bar covers it."""

LOW = 4
"""Pixels of the small image: of a box that is lower nothing can be told."""

LENGTHS = (0.6, 2.6)
"""Letters for each letter height that the pieces of ink of letter size are wide: with fewer or more the text is not the
page's. On 57 pages of all kinds there are 0.85 to 1.9."""

SCANTY = 20.0
"""In letter heights: with less ink than this its length tells nothing."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PlacedLetter:
    """A letter of the text as it was read: where it stands in the text and on the page image, if that is known.
    `asked`: people were asked about it, or have changed it."""

    at: int
    letter: str
    box: Box | None
    asked: bool

    @property
    def counts(self) -> bool:
        """Whether it stands on the line and must have ink of its own."""
        return self.letter.isalnum() and unicodedata.category(self.letter) != "Mn" and not self.asked


def unborne(letters: Sequence[PlacedLetter], small: Grey, scale: float) -> Iterator[tuple[str, Box | int]]:
    """What of a text the page does not bear out: why, in words, and where on the page image, or at which code point of
    what was read. `small` is the page image at `scale` pixels for each of its own.

    The letters themselves are not said: what is blacked out is nobody's business.
    """
    counted = [one for one in letters if one.counts]
    for run in _runs(counted, [one.box is None for one in counted]):
        yield "without a place on the page", run[0].at
    placed = [one for one in counted if one.box is not None]
    kinds = (
        ("on the ink of others", _on_others(placed), FEWEST),
        ("closer together than print", _close(placed), FEWEST + 1),
        ("where the page is black", _covered(placed, small, scale), FEWEST),
    )
    for why, found, fewest in kinds:
        for run in _runs(placed, found.tolist(), fewest):
            place = box_around(one.box for one in run)
            yield why, run[0].at if place is None else place


def wrong_length(letters: int, width: float) -> bool:
    """Whether so many letters cannot be the text of ink that is `width` letter heights wide, all pieces together."""
    return width >= SCANTY and not LENGTHS[0] * width <= letters <= LENGTHS[1] * width


def _runs(
    letters: Sequence[PlacedLetter], found: Iterable[bool], fewest: int = FEWEST
) -> Iterator[list[PlacedLetter]]:
    run: list[PlacedLetter] = []
    for one, is_found in zip(letters, found, strict=True):
        if is_found:
            run.append(one)
            continue
        if len(run) >= fewest:
            yield run
        run = []
    if len(run) >= fewest:
        yield run


def _on_others(placed: Sequence[PlacedLetter]) -> NDArray[np.bool_]:
    """Which letters have their middle in the middle of a letter that stands before them in the text, not next to it."""
    found = np.zeros(len(placed), np.bool_)
    if not len(placed):
        return found
    boxes = edges_of([one.box for one in placed if one.box is not None])
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    wide, high = MIDDLE * (boxes[:, 2] - boxes[:, 0]), MIDDLE * (boxes[:, 3] - boxes[:, 1])
    column, row = x // _CELL, y // _CELL
    order = np.argsort(y, kind="stable")
    first = np.searchsorted(y[order], y - high.max(), side="left")
    counts = np.searchsorted(y[order], y + high.max(), side="right") - first
    for some in np.split(np.arange(len(placed)), np.flatnonzero(np.diff(np.cumsum(counts) // _AT_ONCE)) + 1):
        one = np.repeat(some, counts[some])
        begins = np.cumsum(counts[some]) - counts[some]
        other = order[np.arange(len(one)) + np.repeat(first[some] - begins, counts[some])]
        before = other < one
        one, other = one[before], other[before]
        within = (np.abs(x[one] - x[other]) <= wide[other]) & (np.abs(y[one] - y[other]) <= high[other])
        within &= (np.abs(column[one] - column[other]) <= 1) & (np.abs(row[one] - row[other]) <= 1)
        one, other = one[within], other[within]
        shared = (boxes[one] == boxes[other]).all(axis=1)
        found[one[one - other > np.where(shared, _SHARED, 1)]] = True
    return found


_CELL = 64  # pixels along the side of the squares: a letter is looked for in its own and those around
_AT_ONCE = 1_000_000  # pairs of letters that are looked at together
_SHARED = 12  # letters in the text between which one box is that of a word, and no more is known


def edges_of(boxes: Sequence[Box]) -> NDArray[np.int64]:
    """One row each: left, top, right, bottom."""
    edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(edges, np.int64).reshape(-1, 4)


def _close(placed: Sequence[PlacedLetter]) -> NDArray[np.bool_]:
    """Which letters stand too near to the next one of their line."""
    found = np.zeros(len(placed), np.bool_)
    if not len(placed):
        return found
    boxes = edges_of([one.box for one in placed if one.box is not None])
    left, top, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 3]
    high = bottom - top
    least = CLOSE * float(np.median(high)) / _LINE
    shared = np.minimum(bottom[:-1], bottom[1:]) - np.maximum(top[:-1], top[1:])
    near = (left[1:] - left[:-1] >= 0) & (left[1:] - left[:-1] < least)
    near &= shared > np.minimum(high[:-1], high[1:]) / 2
    near &= (np.diff([one.at for one in placed]) <= 2) & (boxes[:-1] != boxes[1:]).any(axis=1)
    found[:-1] |= near
    found[1:] |= near
    return found


_LINE = 1.6  # boxes may be as high as the line, so many times the letter


def _covered(placed: Sequence[PlacedLetter], small: Grey, scale: float) -> NDArray[np.bool_]:
    """Which letters stand where the page is black."""
    sums = cv2.integral(np.asarray(small < SOLID, np.uint8))
    rows, columns = small.shape
    left, top, right, bottom = edges_of([one.box for one in placed if one.box is not None]).T
    around = np.rint(0.15 * (bottom - top))
    y0, y1 = np.maximum(0, (top * scale).astype(int)), np.minimum(rows, (bottom * scale).astype(int))
    x0 = np.maximum(0, ((left - around) * scale).astype(int))
    x1 = np.minimum(columns, ((right + around) * scale).astype(int) + 1)
    found = np.zeros(len(placed), np.bool_)
    told = np.flatnonzero((y1 - y0 >= LOW) & (x1 > x0))
    y0, y1, x0, x1 = y0[told], y1[told], x0[told], x1[told]
    black = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    found[told] = black / ((y1 - y0) * (x1 - x0)) >= FULL
    return found


def inked_width(mask: Grey, height: float) -> float:
    """How many letter heights all pieces of letter size of an ink mask are wide, taken together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    fits = (high >= height / 2) & (high <= 3.5 * height)
    return float(wide[fits].sum()) / max(height, 1.0)
