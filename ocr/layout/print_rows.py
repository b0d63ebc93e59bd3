"""Where a page has rows of print: letters of like height beside each other on one baseline."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.components import Components

STANDING = 3
"""So many letters of like height on the same baseline near a letter make it print."""

LIKE_HEIGHT = 0.25
"""In natural logarithms: letters of one step, or of neighbouring ones, are of like height."""

SAME_FOOT = 0.1
"""In letter heights: how the feet of letters on one baseline are rounded."""

NEAR = 4.0
"""In letter heights: neighbours are looked for in columns of this width, a letter's own and those beside it."""

SLOPES = (-0.04, -0.02, 0.0, 0.02, 0.04)
"""How rows of print may lie on an upright page: what is stamped on it is seldom straight."""

ROW = (0.95, 0.65)
"""In letter heights: how far above and below its letters a row of print reaches, with marks and descenders."""

WORD_GAP = 3.0
"""In letter heights: what stands between two rows of print no further apart belongs to the row."""

CROSSED = 9.0
"""In letter heights: so many letters of a row may have run together with a stroke across them."""

SIDE = 0.7
"""In letter heights: how far a row reaches beyond its first and last letter."""

FOOT = 0.12
"""In letter heights: how far below the last row of a letter's feet the ink has ended."""

TILTS = (-0.06, -0.04, -0.02, 0.0, 0.02, 0.04, 0.06)
"""Slopes at which the baseline of a single word is looked for."""


@dataclass(frozen=True, slots=True)
class PrintRows:
    """Which components are letters standing in rows, and where these rows are on a grid of `cell` pixels;
    `size` is the height of a letter."""

    standing: NDArray[np.bool_]
    grid: NDArray[np.uint8]
    cell: float
    size: float

    def area(self, shape: tuple[int, ...]) -> NDArray[np.uint8]:
        """255 where a mask of this shape has rows of print, and where something is drawn across one."""
        high, wide = shape[:2]
        across = np.ones((1, int(CROSSED * self.size / self.cell) | 1), np.uint8)
        grid = np.asarray(cv2.morphologyEx(self.grid, cv2.MORPH_CLOSE, across), np.uint8)
        place = np.array([[1 / self.cell, 0.0, 0.0], [0.0, 1 / self.cell, 0.0]])
        how = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(grid * np.uint8(255), place, (wide, high), flags=how), np.uint8)


def print_rows(found: Components, size: float) -> PrintRows:
    """The rows of print among the components of a page whose letters are `size` pixels high, 0 where there are none."""
    if size <= 0 or not len(found.areas):
        return PrintRows(np.zeros(len(found.areas), np.bool_), np.zeros((1, 1), np.uint8), 1.0, size)
    standing = neighbours_on_baseline(found.edges, found.labels.shape, size) >= STANDING
    cell = max(1.0, size / 3)
    rows, columns = (int(side / cell) + 2 for side in found.labels.shape)
    grid = np.zeros((rows, columns), np.uint8)
    for left, top, right, bottom in found.edges[standing]:
        first, last = int((top - ROW[0] * size) / cell), int((bottom + ROW[1] * size) / cell)
        grid[max(0, first) : last + 1, int(left / cell) : int(right / cell) + 1] = 1
    across = np.ones((1, int(WORD_GAP * size / cell) | 1), np.uint8)
    grid = np.asarray(cv2.morphologyEx(grid, cv2.MORPH_CLOSE, across), np.uint8)
    grid = np.asarray(cv2.dilate(grid, np.ones((1, 2 * round(SIDE * size / cell) + 1), np.uint8)), np.uint8)
    return PrintRows(standing, grid, cell, size)


def neighbours_on_baseline(
    edges: NDArray[np.float64], page: tuple[int, ...], size: float
) -> NDArray[np.float64]:
    """For each component of letter size how many others of like height stand near it on the same baseline; 0 for those
    of another size. `page`: height and width of the page in pixels."""
    high, wide = edges[:, 3] - edges[:, 1], edges[:, 2] - edges[:, 0]
    letters = (high >= 0.6 * size) & (high <= 2.2 * size) & (wide >= 0.15 * size) & (wide <= 8 * size)
    step = max(1.0, SAME_FOOT * size)
    x, feet = (edges[letters, 0] + edges[letters, 2]) / 2, edges[letters, 3]
    columns = (x / (NEAR * size)).astype(np.int64) + 1
    heights = (np.log(high[letters] / size) / LIKE_HEIGHT).round().astype(np.int64).clip(-3, 4) + 4
    best = np.zeros(len(x), np.float64)
    for slope in SLOPES:
        lift = abs(slope) * page[1]
        rows = ((feet - slope * x + lift) / step).astype(np.int64) + 1
        shape = (10, int((page[0] + 2 * lift) / step) + 4, int(page[1] / (NEAR * size)) + 4)
        counts = np.zeros(shape, np.float32)
        np.add.at(counts, (heights, rows, columns), 1)
        for axis in range(3):
            counts = _with_neighbours(counts, axis)
        best = np.maximum(best, counts[heights, rows, columns] - 1)
    neighbours = np.zeros(len(high), np.float64)
    neighbours[letters] = best
    return neighbours


def others_beside(
    high: NDArray[np.float64],
    foot: NDArray[np.float64],
    middle: NDArray[np.float64],
    alike: float,
    level: NDArray[np.float64],
    near: NDArray[np.float64],
) -> NDArray[np.int64]:
    """For each of a few pieces of any size how many others stand beside it on one level.

    `high`, `foot`, `middle`: their heights, the rows under them, the columns of their middles. `alike` is by how much
    their heights differ at most in natural logarithms; `level` and `near` are how far up or down and aside, of each as
    the other. Takes room for every pair.
    """
    beside = np.abs(np.log(high[:, None] / high)) <= alike
    beside &= np.abs(foot[:, None] - foot) <= level
    beside &= np.abs(middle[:, None] - middle) <= near
    return np.asarray(beside.sum(axis=1) - 1, np.int64)


def _with_neighbours(counts: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """Each cell with the cells beside it along an axis whose ends are empty."""
    return np.asarray(counts + np.roll(counts, 1, axis) + np.roll(counts, -1, axis), np.float32)


def baseline_sharpness(ink: NDArray[np.bool_], size: float) -> float:
    """How suddenly a word's ink ends at its baseline, whatever its slope: about 1 in print, less in handwriting.

    `ink` is the word cut out, `size` the height of a letter in its pixels.
    """
    ys, xs = np.nonzero(ink)
    if not len(ys):
        return 0.0
    step = max(1, round(FOOT * size))
    best = 0.0
    for tilt in TILTS:
        at = np.round(ys - tilt * xs).astype(np.int64)
        profile = np.bincount(at - at.min())
        sums = np.convolve(profile, np.ones(step))
        ends = np.concatenate((sums, np.zeros(step))) - np.concatenate((np.zeros(step), sums))
        best = max(best, -float(ends.min()))
    return best * size / step / len(ys)
