"""Which ink of a page the letters of a reading cover: the letters' places held against the pieces of ink."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model import geometry
from model.box import Box
from model.page import Reading
from ocr.image.prepare import Prepared
from ocr.layout.ink import Floats

BESIDE = 0.05
"""In letter heights: how far to the side of its box a letter's ink may lie."""

WIDEST = 2.2
"""In letter heights: no letter is wider."""

WIDER = 1.1
"""A box that is so many times wider than those of the same character usually are, in letters as large, covers no more
than that: a reader that passes over a word may give its ink to the letters beside it."""

LEAST = 0.4
"""Of the middle width: no character's is taken to be less, for all of its boxes may be wrong alike."""

NARROW = frozenset("ijlrftI1.,:;!'|()[]{}/-“”‘’\"เแโใไาะๅ๑")
"""Characters that are half as wide as others."""

AS_LARGE = 0.85
"""Of the size that a line has by its boxes' heights: its letters are not taken to be narrower all along it."""

FEW = 4
"""So many boxes of a character, or of a line, tell how wide its boxes usually are."""

ABOVE, BELOW = 0.6, 0.35
"""In heights of its box: how far above and below a letter alone its marks may lie."""

LINE_BAND = 1.8
"""In letter heights: a box that is higher takes in the marks, or the whole line."""

AROUND_BAND = 0.2
"""In letter heights: how far above and below such a box ink of its own may lie."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The places of a reading's letters, in pixels of the prepared image.

    `at`: the code points that have a place. `boxes`: one row each: left, top, right, bottom. `standing`: which of them
    stand on the line, as marks do not. `sharing`: by how many standing letters, one after the other, a box is shared,
    as by those of a word whose box is all that is known; `word`: the number of the box, `line` that of the line.
    `usual`: how wide a box of the character usually is, among letters as large as those of its line.
    """

    at: NDArray[np.intp]
    boxes: Floats
    standing: NDArray[np.bool_]
    sharing: NDArray[np.intp]
    word: NDArray[np.intp]
    line: NDArray[np.intp]
    usual: Floats

    @property
    def heights(self) -> Floats:
        """Of the boxes, in pixels."""
        return self.boxes[:, 3] - self.boxes[:, 1]

    @property
    def widths(self) -> Floats:
        """Of the boxes, in pixels."""
        return self.boxes[:, 2] - self.boxes[:, 0]


def letters_of(prepared: Prepared, reading: Reading) -> Letters:
    """The letters of a reading that have a place."""
    at = [index for index, box in enumerate(reading.boxes) if box is not None]
    how = prepared.preparation
    turned = how.quarter_turns or how.skew or how.rectification is not None
    known: dict[Box, Box] = {}
    rows: list[tuple[int, int, int, int]] = []
    runs: list[int] = []
    before: Box | None = None
    for index in at:
        box = reading.boxes[index]
        assert box is not None
        runs.append(runs[-1] if runs and box == before else len(rows))
        before = box
        if turned:
            upright = known.get(box)
            if upright is None:
                upright = geometry.to_upright(box, prepared.preparation, prepared.width, prepared.height)
                known[box] = upright
            box = upright
        rows.append((box.left, box.top, box.right, box.bottom))
    standing = np.array([unicodedata.category(reading.text[index]) != "Mn" for index in at], np.bool_)
    numbers = np.array(runs, np.intp)
    counts = np.bincount(numbers, weights=standing, minlength=len(at)) if at else np.zeros(0)
    sharing = np.maximum(counts.astype(np.intp)[numbers], 1) if at else np.zeros(0, np.intp)
    boxes = np.array(rows, np.float64).reshape(-1, 4)
    breaks = np.cumsum([character == "\n" for character in reading.text], dtype=np.intp)
    line = breaks[np.array(at, np.intp)] if at else numbers
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    usual = usual_of([reading.text[index] for index in at], wide, high, line)
    return Letters(np.array(at, np.intp), boxes, standing, sharing, numbers, line, usual)


def usual_of(characters: Sequence[str], widths: Floats, heights: Floats, line: NDArray[np.intp]) -> Floats:
    """How wide each of some characters usually is, among those of lines as large as its own; never next to nothing.

    `heights` of the boxes keep a line that is too narrow throughout from being its own measure.
    """
    if not len(widths):
        return widths
    _, which = np.unique(np.array(characters), return_inverse=True)
    middle = float(np.median(widths))
    narrow = np.array([character in NARROW for character in characters])
    rare = np.where(narrow, middle * LEAST, middle)
    typical = np.maximum(_medians(widths, which, rare), LEAST * middle)
    size = _medians(heights, line, heights) / max(float(np.median(heights)), 1.0)
    scale = np.maximum(_medians(widths / np.maximum(typical, 1), line, np.ones(len(widths))), AS_LARGE * size)
    return np.asarray(typical * scale, np.float64)


def _medians(values: Floats, groups: NDArray[np.intp], otherwise: Floats) -> Floats:
    """For each value the median of its group; where the group is small not less than what it is `otherwise`."""
    order = np.argsort(groups, kind="stable")
    found = np.empty(len(values), np.float64)
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        middle = float(np.median(values[members]))
        found[members] = middle if len(members) >= FEW else np.maximum(middle, otherwise[members])
    return found


def cover(
    letters: Letters, letter: float, shape: tuple[int, int], scale: tuple[float, float]
) -> NDArray[np.uint8]:
    """1 where a sketch of the page has room for the letters' ink, by `shape` in its pixels.

    `letter` is the usual height of a consonant in pixels of the image, `scale` the sketch's columns and rows for each
    of the image's.
    """
    covered = np.zeros(shape, np.uint8)
    if not len(letters.at):
        return covered
    top, bottom = letters.boxes[:, 1], letters.boxes[:, 3]
    left, right = _sides(letters, letter)
    heights = letters.heights
    alone = heights < LINE_BAND * letter
    size = np.maximum(heights, 0.5 * letter)
    above = np.where(alone, ABOVE * size, AROUND_BAND * letter)
    below = np.where(alone, BELOW * size, AROUND_BAND * letter)
    across, down = scale
    edges = np.stack([
        (left - BESIDE * letter) * across,
        (top - above) * down,
        (right + BESIDE * letter) * across,
        (bottom + below) * down,
    ], axis=1)  # fmt: skip
    for x0, y0, x1, y1 in np.maximum(edges.round(), 0).astype(int).tolist():
        covered[y0:y1, x0:x1] = 1
    return covered


def _sides(letters: Letters, letter: float) -> tuple[Floats, Floats]:
    """Between which columns each letter's ink lies: its box, or as much of it as is usual.

    Of two neighbours whose boxes are both too wide each has its ink on the side away from the other.
    """
    left, right = letters.boxes[:, 0], letters.boxes[:, 2]
    most = np.where(letters.sharing > 1, WIDEST * letter * letters.sharing, WIDER * letters.usual)
    spare = np.maximum(right - left - np.minimum(most, WIDEST * letter * letters.sharing), 0)
    wide = spare > 0
    before, after = np.concatenate(([False], wide[:-1])), np.concatenate((wide[1:], [False]))
    from_left = np.where(before & ~after, 1.0, np.where(after & ~before, 0.0, 0.5))
    return left + from_left * spare, right - (1 - from_left) * spare
