"""Does a page have columns of prose, to be read one after the other?

Row by row is how the tables, lists and forms of official papers are read, and what Tesseract does best on
Thai. Only columns of running text are read down: two blocks whose lines fill their width with a gutter
between. A block that white runs down through once more is the left or right half of a table.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.image.orientation import Pieces

NARROWEST_GUTTER = 1.2
"""In letter heights. Spaces between words of a justified line are narrower, and not one above the other."""

CROSSED_BY = 0.03
"""Share of a page's rows that may cross the gutter: headings, a page number."""

LEAST_SHARE = 0.25
"""Share of the letters that each column must hold."""

FULL_LINE = 0.85
"""A line is full when it takes so much of its column's width; the cells of a table hardly ever do."""

FULL_LINES = 0.6
"""Share of full lines from which a block counts as running text."""

FEWEST_LINES = 5


def gutter_of(found: Pieces) -> tuple[int, int] | None:
    """Where the gutter between two columns of running text begins and ends; None on a page without such columns."""
    letters, size = found.letters(), found.letter_height
    if len(letters) < 100 or size <= 0:
        return None
    gutter = _widest_gutter(letters, size, found.width)
    if gutter is None:
        return None
    left, right = letters[letters[:, 2] <= gutter[0]], letters[letters[:, 0] >= gutter[1]]
    if min(len(left), len(right)) < LEAST_SHARE * len(letters):
        return None
    running = all(
        _is_running_text(block, size) and _widest_gutter(block, size, found.width) is None
        for block in (left, right)
    )
    return gutter if running else None


def _widest_gutter(letters: NDArray[np.float64], size: float, width: int) -> tuple[int, int] | None:
    """The widest run of columns of pixels in the page's middle half that hardly any row crosses."""
    rows = (letters[:, 3] / (1.5 * size)).astype(np.int64)
    allowed = CROSSED_BY * len(np.unique(rows))
    edge = np.zeros(width + 2)
    np.add.at(edge, letters[:, 0].astype(np.int64).clip(0, width), 1)
    np.add.at(edge, letters[:, 2].astype(np.int64).clip(0, width) + 1, -1)
    free = np.concatenate(([False], np.cumsum(edge)[:width] <= allowed, [False]))
    changes = np.flatnonzero(free[1:] != free[:-1])
    low, high = np.percentile(letters[:, 0], 2), np.percentile(letters[:, 2], 98)
    quarter = (high - low) / 4
    runs = [
        (int(start), int(end))
        for start, end in zip(changes[::2], changes[1::2], strict=True)
        if start > low + quarter and end < high - quarter and end - start >= NARROWEST_GUTTER * size
    ]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def _is_running_text(letters: NDArray[np.float64], size: float) -> bool:
    left, right = np.percentile(letters[:, 0], 2), np.percentile(letters[:, 2], 98)
    rows = np.round(letters[:, 3] / size).astype(np.int64)
    numbers, inverse = np.unique(rows, return_inverse=True)
    starts = np.full(len(numbers), np.inf)
    ends = np.full(len(numbers), -np.inf)
    np.minimum.at(starts, inverse, letters[:, 0])
    np.maximum.at(ends, inverse, letters[:, 2])
    lines = np.bincount(inverse) >= 5
    if np.count_nonzero(lines) < FEWEST_LINES:
        return False
    full = (ends - starts)[lines] >= FULL_LINE * (right - left)
    return bool(full.mean() >= FULL_LINES)
