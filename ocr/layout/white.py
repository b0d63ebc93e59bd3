"""White between letters of a line, measured on the ink.

Whether a space in the text is a space on the paper shows in the ink gap: 0.6 to 1 letter height wide for a
space, 0.17 between letters of a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.baseline import Baseline

REACH = 0.5
"""How far beyond the two letters' boxes the gap may lie, in x-heights: boxes are that loose.

On six pages, clean and degraded, the gap found this way tells spaces from their absence with an AUC of 0.995
to 0.998 (0.3: 0.992 to 0.998, 0.9: 0.987 to 0.996; the boxes alone: 0.88 to 0.94)."""

COLUMN_GAP = 2.2
"""In x-heights. Born-digital pages of tables and lists have spaces up to 2.2 wide and column gaps from 1.9, nearly all
of them from 2.7; the spaces of justified prose end at 1."""

_SPECK = 1
"""Dark pixels in a column that do not count as ink."""


@dataclass(frozen=True, slots=True)
class WhiteRuns:
    """Starts and ends of the runs of ink-free columns in a line's x-height band, in pixels of the image.

    None at all, with `band` 0, where the line has no letter height.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    band: int

    def widest(self, before: Sequence[float], after: Sequence[float], x_height: float) -> list[float]:
        """For each pair of letters that end at `before` and begin at `after` the widest white run around their
        boundary, in pixels; the white between the boxes where no run was measured."""
        ends, begins = np.array(before, np.float64), np.array(after, np.float64)
        if not self.band:
            return [float(value) for value in np.maximum(0.0, begins - ends)]
        low, high = np.minimum(ends, begins) - REACH * x_height, np.maximum(ends, begins) + REACH * x_height
        if not len(self.starts):
            return [0.0] * len(ends)
        overlap = np.minimum(self.ends[None, :], high[:, None]) - np.maximum(
            self.starts[None, :], low[:, None]
        )
        return [float(value) for value in np.maximum(overlap.max(axis=1), 0.0).round(1)]


def white_runs(image: NDArray[np.uint8], line: Baseline, left: int, right: int) -> WhiteRuns:
    """The white between the letters of a line from column `left` to `right`.

    Measured in the band between the baseline and the x-height, in columns of the line's own black and white, so
    that uneven light does not matter.
    """
    height, width = image.shape
    left, right = max(0, left), min(width, right)
    empty = np.zeros(0, np.int64)
    nothing = WhiteRuns(empty, empty, 0)
    if line.letter < 1 or right - left < 2:
        return nothing
    middle = line.at((left + right) / 2)
    tilt = abs(line.slope) * (right - left) / 2
    top = max(0, round(middle - line.letter - tilt))
    bottom = min(height, round(middle + tilt))
    if bottom - top < 2:
        return nothing
    level, _ = cv2.threshold(image[top:bottom, left:right], 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # The band follows the baseline in steps of a few hundred columns, so that slanted lines stay inside it.
    steps = max(1, round(2 * tilt))
    edges = np.linspace(left, right, steps + 1).astype(int)
    dark: list[NDArray[np.intp]] = []
    for start, end in pairwise(edges):
        base = line.at((start + end) / 2)
        band = image[max(0, round(base - line.letter)) : max(1, min(height, round(base))), start:end]
        dark.append(np.count_nonzero(band <= level, axis=0))
    white = np.concatenate(([False], np.concatenate(dark) <= _SPECK, [False]))
    changes = np.flatnonzero(white[1:] != white[:-1]) + left
    return WhiteRuns(changes[::2], changes[1::2], bottom - top)
