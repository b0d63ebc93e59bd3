"""Which ink of a page the letters of a reading cover: the letters' places held against the pieces of ink."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model import geometry
from model.page import Box, Reading
from ocr.image.prepare import Prepared
from ocr.layout.ink import Floats

BESIDE = 0.25
"""In letter heights: how far to the side of its box a letter's ink may lie."""

WIDEST = 2.2
"""In letter heights: no letter is wider. A box that is, as where a reader took the white between two letters for
theirs, covers so much around its middle."""

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
    as by those of a word whose box is all that is known.
    """

    at: NDArray[np.intp]
    boxes: Floats
    standing: NDArray[np.bool_]
    sharing: NDArray[np.intp]

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
    turned = prepared.preparation.quarter_turns or prepared.preparation.skew
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
    return Letters(np.array(at, np.intp), boxes, standing, sharing)


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
    left, top, right, bottom = letters.boxes.T
    middle, half = (left + right) / 2, np.minimum(right - left, WIDEST * letter * letters.sharing) / 2
    heights = letters.heights
    alone = heights < LINE_BAND * letter
    size = np.maximum(heights, 0.5 * letter)
    above = np.where(alone, ABOVE * size, AROUND_BAND * letter)
    below = np.where(alone, BELOW * size, AROUND_BAND * letter)
    across, down = scale
    edges = np.stack([
        (middle - half - BESIDE * letter) * across,
        (top - above) * down,
        (middle + half + BESIDE * letter) * across,
        (bottom + below) * down,
    ], axis=1)  # fmt: skip
    for x0, y0, x1, y1 in np.maximum(edges.round(), 0).astype(int).tolist():
        covered[y0:y1, x0:x1] = 1
    return covered
