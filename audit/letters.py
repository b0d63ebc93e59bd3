"""The letters of a published text against the page image: those that no ink of their own bears out.

Worked out anew, as `audit.ink` does: letters without a place among letters that have one, on the ink of others, closer
together than print, under solid ink; and of a text that knows no places, whether it is as long as its ink.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.edit import Edit, Span
from model.page import Reading

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

LOOKS = 6
"""Pixels across and down that are looked at in a letter's place first: most places need no more."""

_FEW = np.iinfo(np.int32)  # in which edges are kept, in little memory

Grey = NDArray[np.uint8]
Edges = NDArray[np.int64]
"""One row for each box: left, top, right, bottom."""


@dataclass(frozen=True, eq=False, slots=True)
class ReadLetters:
    """What a reading says of its letters, in little memory: each one's box on the page image, where it has a place."""

    text: str
    edges: NDArray[np.int32]
    placed: NDArray[np.bool_]


def read_letters(reading: Reading) -> ReadLetters:
    """The letters of a reading.

    Raises:
        ValueError: a box lies beyond every page.
    """
    placed = np.array([box is not None for box in reading.boxes], np.bool_)
    edges = np.zeros((len(reading.text), 4), np.int64)
    try:
        edges[placed] = edges_of([box for box in reading.boxes if box is not None])
    except (OverflowError, IndexError) as error:
        raise ValueError("its letters have no boxes on a page") from error
    if edges.size and not _FEW.min <= edges.min() <= edges.max() <= _FEW.max:
        # NumPy would keep the rest of such a number, which may well lie on the page.
        raise ValueError("its letters have boxes beyond every page")
    return ReadLetters(reading.text, edges.astype(_FEW.dtype), placed)


@dataclass(frozen=True, eq=False, slots=True)
class PlacedLetters:
    """The letters of a published text as they were read, one row each: where each stands in the text (`at`) and on the
    page image, if that is known (`placed`, `edges`), and whether people were asked about it, or have changed it.

    `is_letter`: letters and digits; `has_width`: no space and no mark above or below another letter.
    """

    at: NDArray[np.int64]
    edges: Edges
    placed: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    is_letter: NDArray[np.bool_]
    has_width: NDArray[np.bool_]

    def where(self, chosen: NDArray[np.bool_]) -> PlacedLetters:
        """Those that are chosen."""
        return PlacedLetters(*(getattr(self, one.name)[chosen] for one in fields(self)))

    @property
    def counting(self) -> PlacedLetters:
        """Those that stand on the line and must have ink of their own."""
        return self.where(self.is_letter & self.has_width & ~self.asked)


def standing(read: ReadLetters, edits: Sequence[Edit], flagged: Iterable[Span]) -> PlacedLetters:
    """What is left of a reading after edits."""
    count = len(read.text)
    gone, asked = np.zeros((2, count), np.bool_)
    for edit in edits:
        asked[edit.span.start : edit.span.end] = True
        if not edit.after.strip():
            gone[edit.span.start : edit.span.end] = True
    for span in flagged:
        asked[span.start : span.end] = True
    distinct, which = np.unique(_code_points(read.text), return_inverse=True)
    letters = [chr(one) for one in distinct.tolist()]
    is_letter = np.array([one.isalnum() for one in letters], np.bool_)[which]
    flat = [one.isspace() or unicodedata.category(one) == "Mn" for one in letters]
    found = PlacedLetters(
        np.arange(count),
        read.edges.astype(np.int64),
        read.placed,
        asked,
        is_letter,
        ~np.array(flat, np.bool_)[which],
    )
    return found.where(~gone) if gone.any() else found


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def bare(letters: PlacedLetters, mask: Grey, scale: float) -> Iterator[Box]:
    """Where several letters in a row, as they were read, have no ink; `mask` is 1 where the page has, at `scale` pixels
    for each of its own."""
    placed = letters.where(letters.placed)
    most = np.array(mask.shape[::-1] * 2)
    places = np.minimum((placed.edges * scale).astype(np.int64) + np.array((0, 0, 1, 1)), most)
    found = _count(mask, places) == 0
    unsure = np.flatnonzero(found)
    found[unsure] = [not mask[t:b, x:r].any() for x, t, r, b in places[unsure].tolist()]
    for first, last in _runs(found & placed.is_letter & ~placed.asked, FEWEST):
        yield _around(placed.edges[first:last])


def unborne(letters: PlacedLetters, small: Grey, scale: float) -> Iterator[tuple[str, Box | int]]:
    """What of a text the page does not bear out: why, in words, and where on the page image, or at which code point of
    what was read. `small` is the page image at `scale` pixels for each of its own.

    The letters themselves are not said: what is blacked out is nobody's business.
    """
    counted = letters.counting
    for first, _ in _runs(~counted.placed, FEWEST):
        yield "without a place on the page", int(counted.at[first])
    placed = counted.where(counted.placed)
    kinds = (
        ("on the ink of others", _on_others(placed.edges), FEWEST),
        ("closer together than print", _close(placed), FEWEST + 1),
        ("where the page is black", _covered(placed.edges, small, scale), FEWEST),
    )
    for why, found, fewest in kinds:
        for first, last in _runs(found, fewest):
            yield why, _around(placed.edges[first:last])


def wrong_length(letters: int, width: float) -> bool:
    """Whether so many letters cannot be the text of ink that is `width` letter heights wide, all pieces together."""
    return width >= SCANTY and not LENGTHS[0] * width <= letters <= LENGTHS[1] * width


def _runs(found: NDArray[np.bool_], fewest: int) -> Iterator[tuple[int, int]]:
    """Where so many or more in a row are found: the first, and the one behind the last."""
    turns = np.flatnonzero(np.diff(found, prepend=False, append=False))
    for first, last in turns.reshape(-1, 2).tolist():
        if last - first >= fewest:
            yield first, last


def _around(edges: Edges) -> Box:
    """The smallest box around all."""
    left, top, _, _ = edges.min(axis=0).tolist()
    _, _, right, bottom = edges.max(axis=0).tolist()
    return Box(left, top, right, bottom)


def _count(mask: Grey, places: Edges) -> NDArray[np.int64]:
    """How many of `LOOKS` x `LOOKS` pixels, spread over each place, are not 0; 0 for a place without pixels."""
    left, top, right, bottom = places.T[:, :, None]
    steps = 2 * np.arange(LOOKS) + 1
    rows, columns = (
        top + (bottom - top) * steps // (2 * LOOKS),
        left + (right - left) * steps // (2 * LOOKS),
    )
    inside = ((right > left) & (bottom > top))[:, 0]
    counts = np.zeros(len(places), np.int64)
    looked = mask[rows[inside][:, :, None], columns[inside][:, None, :]]
    counts[inside] = np.count_nonzero(looked, axis=(1, 2))
    return counts


def _on_others(boxes: Edges) -> NDArray[np.bool_]:
    """Which letters have their middle in the middle of a letter that stands before them in the text, not next to it."""
    found = np.zeros(len(boxes), np.bool_)
    if not len(boxes):
        return found
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    wide, high = MIDDLE * (boxes[:, 2] - boxes[:, 0]), MIDDLE * (boxes[:, 3] - boxes[:, 1])
    column, row = x // _CELL, y // _CELL
    order = np.argsort(y, kind="stable")
    first = np.searchsorted(y[order], y - high.max(), side="left")
    counts = np.searchsorted(y[order], y + high.max(), side="right") - first
    for some in np.split(np.arange(len(boxes)), np.flatnonzero(np.diff(np.cumsum(counts) // _AT_ONCE)) + 1):
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


def edges_of(boxes: Sequence[Box]) -> Edges:
    """The edges of boxes."""
    edges = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(edges, np.int64).reshape(-1, 4)


def _close(placed: PlacedLetters) -> NDArray[np.bool_]:
    """Which letters stand too near to the next one of their line."""
    boxes = placed.edges
    found = np.zeros(len(boxes), np.bool_)
    if not len(boxes):
        return found
    left, top, bottom = boxes[:, 0], boxes[:, 1], boxes[:, 3]
    high = bottom - top
    least = CLOSE * float(np.median(high)) / _LINE
    shared = np.minimum(bottom[:-1], bottom[1:]) - np.maximum(top[:-1], top[1:])
    near = (left[1:] - left[:-1] >= 0) & (left[1:] - left[:-1] < least)
    near &= shared > np.minimum(high[:-1], high[1:]) / 2
    near &= (np.diff(placed.at) <= 2) & (boxes[:-1] != boxes[1:]).any(axis=1)
    found[:-1] |= near
    found[1:] |= near
    return found


_LINE = 1.6  # boxes may be as high as the line, so many times the letter


def _covered(boxes: Edges, small: Grey, scale: float) -> NDArray[np.bool_]:
    """Which letters stand where the page is black."""
    rows, columns = small.shape
    left, top, right, bottom = boxes.T
    around = np.rint(0.15 * (bottom - top))
    y0, y1 = np.maximum(0, (top * scale).astype(int)), np.minimum(rows, (bottom * scale).astype(int))
    x0 = np.maximum(0, ((left - around) * scale).astype(int))
    x1 = np.minimum(columns, ((right + around) * scale).astype(int) + 1)
    found = np.zeros(len(boxes), np.bool_)
    told = np.flatnonzero((y1 - y0 >= LOW) & (x1 > x0))
    places = np.stack((x0, y0, x1, y1), axis=1)[told]
    wide, high = x1[told] - x0[told], y1[told] - y0[told]
    black = (small < SOLID).view(np.uint8)
    # Of so many light pixels that are seen at a few looks, each as often as this, at least their share is there.
    often = -(-LOOKS // np.minimum(wide, LOOKS)) * -(-LOOKS // np.minimum(high, LOOKS))
    maybe = LOOKS**2 - _count(black, places) <= often * ((1 - FULL) * wide * high + 1)
    counts = [
        cv2.countNonZero(black[first:last, begin:end]) for begin, first, end, last in places[maybe].tolist()
    ]
    found[told[maybe]] = np.array(counts) / (wide * high)[maybe] >= FULL
    return found


def inked_width(mask: Grey, height: float) -> float:
    """How many letter heights all pieces of letter size of an ink mask are wide, taken together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    fits = (high >= height / 2) & (high <= 3.5 * height)
    return float(wide[fits].sum()) / max(height, 1.0)
