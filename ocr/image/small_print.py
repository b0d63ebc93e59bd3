"""Print much smaller than the usual print of a page: notes under a table, the lines of an address, a source.

The height of a page's letters is that of the type that most of its letters have. Print of half that height is no speck
nor mark: it must neither be scaled away with the large type nor be measured by it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.image.orientation import Pieces
from ocr.layout.print_rows import others_beside

SMALLER = (0.2, 0.68)
"""In letter heights: pieces of print so high are marks of usual print, or letters of small print."""

USUAL = 0.8
"""In letter heights: pieces so high at least are letters of the usual print."""

AROUND = (0.35, 1.4)
"""In letter heights, to the side and up and down: how far from the letters of usual print their marks are."""

FEWEST = 12
"""So many letters of small print are some."""

SMALLEST = 6
"""Pixels of a thumbnail that letters are high at least."""

LIKE_HEIGHT, SAME_FOOT, NEAR, BESIDE = 0.35, 0.2, 3.0, 2
"""By how much (in natural logarithms) the heights of letters of small print differ, and in their own heights by how
much their feet, how far to the side others are, and how many of those there are: specks do not stand in rows."""

MOST = 3000
"""With more pieces than that which may be small print a page is halftone or dirt."""


def small_print(found: Pieces) -> float:
    """The height of the letters of a page's small print, in pixels of its thumbnail, 0 where it has none."""
    letter = found.letter_height
    if letter * SMALLER[1] < SMALLEST:
        return 0.0
    high, wide = found.heights, found.widths
    small = (high >= max(SMALLER[0] * letter, SMALLEST)) & (high <= SMALLER[1] * letter)
    small &= (wide >= 0.1 * high) & (wide <= 3 * high)
    usual = (high >= USUAL * letter) & (high <= 8 * letter) & (wide <= 8 * letter)
    edges = found.edges[small][~_near(found, small, usual, letter)]
    if not FEWEST <= len(edges) <= MOST:
        return 0.0
    heights = edges[:, 3] - edges[:, 1]
    middles, level = (edges[:, 0] + edges[:, 2]) / 2, np.maximum(SAME_FOOT * heights, 1.0)
    beside = others_beside(heights, edges[:, 3], middles, LIKE_HEIGHT, level, NEAR * heights)
    standing = heights[beside >= BESIDE]
    return float(np.median(standing)) if len(standing) >= FEWEST else 0.0


def _near(
    found: Pieces, small: NDArray[np.bool_], usual: NDArray[np.bool_], letter: float
) -> NDArray[np.bool_]:
    """Which of the small pieces lie where the marks of usual letters are."""
    around = np.zeros((found.height + 1, found.width + 1), np.uint8)
    aside, over = AROUND[0] * letter, AROUND[1] * letter
    grown = found.edges[usual] + np.array([-aside, -over, aside, over])
    for left, top, right, bottom in np.maximum(grown, 0).astype(int).tolist():
        around[top:bottom, left:right] = 1
    left, top, right, bottom = found.edges[small].T
    x, y = ((left + right) / 2).astype(int), ((top + bottom) / 2).astype(int)
    return np.asarray(around[y, x] > 0)
