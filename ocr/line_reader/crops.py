"""Cutting the lines of a page for the line reader: where the letters stand is measured on the ink.

A line's box says where to look, no more: its height depends on the marks that happen to stand on the line. The
baseline and the letter height come from the pieces of ink that stand on a common line, which most letters do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.page import Box
from ocr.line_reader.geometry import BASELINE, HEIGHT, LETTER_HEIGHT, NARROWING, as_input

Image8 = NDArray[np.uint8]

COLUMN_GAP = 2.5
"""In letter heights: white as wide as this parts columns, which are read one by one."""

LONGEST = 1600
"""Columns of the input: a longer stretch is cut at its widest white near the middle."""

SIDE = 0.5
"""In letter heights: white kept on either side."""

SLOPES = tuple(sign * step * 0.0025 for step in range(1, 13) for sign in (1, -1))
"""Of lines, the flattest first. Pages are straightened before, but not by the last degree."""

_VARIETY = 0.25
"""How far letter heights of lines of one page lie apart, as the width of a Cauchy curve over their logarithm:
headings may be twice as high."""

ENOUGH = 10
"""So many pieces of ink tell by themselves where a stretch of a line stands."""

_SPECK = 0.12
"""In letter heights: smaller ink does not say where a column begins or ends."""

_SKETCH = 12.0
"""Letter height in pixels that is enough to see where letters stand: finer images are made coarser for that."""

_PAPER = 12
"""Grey levels: how much darker than its surroundings ink is."""


@dataclass(frozen=True, slots=True)
class LineCrop:
    """A stretch of a line as the model's input: line number, rows by columns with ink 255, and the way back.

    Column `c` of `lines` lies at `left + c * step` of the image, the line between `top` and `bottom`.
    """

    line: int
    image: Image8
    left: float
    step: float
    top: int
    bottom: int

    def across(self, first: float, last: float) -> Box:
        """The box of the columns `first..last` in pixels of the image."""
        left = max(0, round(self.left + first * self.step))
        return Box(left, self.top, max(left, round(self.left + last * self.step)), self.bottom)


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a line's letters stand: baseline at column `x` is `base + slope * x`."""

    base: float
    slope: float
    letter: float


class Cutter:
    """Cuts lines from one image. `letter` is the usual height of a consonant in pixels, 0 where it is not known."""

    def __init__(self, image: Image8, letter: float) -> None:
        self._image = image
        self._letter = letter if letter >= 4 else 20.0
        scale = min(1.0, _SKETCH / self._letter)
        small = (
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            if scale < 0.8
            else image
        )
        down, across = small.shape[0] / image.shape[0], small.shape[1] / image.shape[1]
        block = 2 * round(2 * self._letter * down) + 1
        ink = cv2.adaptiveThreshold(
            small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _PAPER
        )
        stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:].astype(np.float64)
        stats[:, (0, 2)] /= across
        stats[:, (1, 3)] /= down
        least = _SPECK * self._letter
        stats = stats[(stats[:, 2] >= least) & (stats[:, 3] >= least)]
        stats = stats[stats[:, 1].argsort(kind="stable")]
        self._left, self._top, self._wide, self._high = stats[:, 0], stats[:, 1], stats[:, 2], stats[:, 3]

    def cut(self, line: int, box: Box) -> list[LineCrop]:
        """The stretches of one line, from left to right; none where there is no ink."""
        top, bottom = max(0, box.top), min(self._image.shape[0], box.bottom)
        middle_y, middle_x = self._top + self._high / 2, self._left + self._wide / 2
        inside = (middle_y > top) & (middle_y < bottom) & (middle_x > box.left) & (middle_x < box.right)
        at = np.flatnonzero(inside & (self._high < 4 * self._letter))
        if not len(at):
            return []
        stand = self._stand(at)
        x = self._left[at] + self._wide[at] / 2
        return [
            self._crop(line, left, right, self._nearer(at[(x > left) & (x < right)], stand), top, bottom)
            for left, right in self._stretches(at, box, stand)
        ]

    def _nearer(self, at: NDArray[np.intp], line: _Stand) -> _Stand:
        """Where the letters of a stretch stand: paper is seldom quite flat. The line's own where they are few."""
        if len(at) < ENOUGH:
            return line
        own = self._stand(at)
        x = float(np.mean(self._left[at]))
        apart = abs(own.base + own.slope * x - line.base - line.slope * x)
        return own if apart < 0.7 * line.letter else line

    def _stand(self, at: NDArray[np.intp]) -> _Stand:
        """Baseline and letter height from the pieces of ink at those places.

        Both are where most agree, not where the middle lies: marks, tall letters and letters that have run
        together are many, but each at a height of its own.
        """
        feet, high, wide = self._top[at] + self._high[at], self._high[at], self._wide[at]
        likely = (high > 0.45 * self._letter) & (high < 2.2 * self._letter) & (wide < 4 * self._letter)
        if not likely.any():
            return _Stand(float(feet.max()), 0.0, self._letter)
        feet, high, x = feet[likely], high[likely], (self._left[at] + wide / 2)[likely]
        window = 0.16 * self._letter
        slope, (base, count) = 0.0, _densest(feet, window)
        if len(feet) >= 8:
            for other in SLOPES:
                found = _densest(feet - other * x, window)
                if found[1] > count:
                    slope, (base, count) = other, found
        standing = high[np.abs(feet - base - slope * x) <= window]
        # Tall letters and letters grown together with their marks agree on a height, too: the page's own counts more.
        expected = 1 / (1 + (np.log(np.maximum(standing, 1) / self._letter) / _VARIETY) ** 2)
        letter, agreeing = _densest(standing, window, expected)
        if agreeing < 5:  # a few letters may all be tall ones, or capitals, or digits
            letter = min(max(letter, 0.85 * self._letter), 1.3 * self._letter)
        return _Stand(base, slope, letter)

    def _stretches(self, at: NDArray[np.intp], box: Box, stand: _Stand) -> list[tuple[float, float]]:
        """Where the line has ink, from and to, cut at columns' gaps and where it is too long."""
        middle = self._top[at] + self._high[at] / 2 - stand.base - stand.slope * self._left[at]
        on = at[(middle > -1.6 * stand.letter) & (middle < 0.4 * stand.letter)]
        on = on if len(on) else at
        order = np.argsort(self._left[on], kind="stable")
        starts = self._left[on][order]
        ends = np.maximum.accumulate(starts + self._wide[on][order])
        starts[0] = min(starts[0], float(box.left))
        ends[-1] = max(ends[-1], float(box.right))
        gaps = starts[1:] - ends[:-1]
        cuts = np.flatnonzero(gaps > COLUMN_GAP * stand.letter)
        pieces = zip((0, *(cuts + 1)), (*cuts, len(starts) - 1), strict=True)
        found: list[tuple[float, float]] = []
        for first, last in pieces:
            found += _short(
                starts, ends, int(first), int(last), LONGEST * stand.letter / LETTER_HEIGHT / NARROWING
            )
        return found

    def _crop(self, line: int, left: float, right: float, stand: _Stand, top: int, bottom: int) -> LineCrop:
        height, width = self._image.shape
        letter = stand.letter
        scale = LETTER_HEIGHT / letter
        across = scale * NARROWING
        x0, x1 = max(0, round(left - SIDE * letter)), min(width, round(right + SIDE * letter))
        base = stand.base + stand.slope * (x0 + x1) / 2
        tilt = abs(stand.slope) * (x1 - x0) / 2
        y0 = max(0, int(base - (BASELINE + 3) / scale - tilt))
        y1 = min(height, int(base + (HEIGHT - BASELINE + 3) / scale + tilt) + 1)
        part = self._image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
        columns = max(8, round((x1 - x0) * across))
        down, over = scale, across
        if scale < 0.75:  # averaging areas; a plain warp would skip ink
            part = np.asarray(
                cv2.resize(part, None, fx=across, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
            )
            down = over = 1.0
        slant = -stand.slope * scale / across  # rows of the input for each of its columns
        lift = BASELINE - (base - y0) * scale - slant * columns / 2
        matrix = np.array([[over, 0.0, 0.0], [slant * over, down, lift]])
        grey = cv2.warpAffine(
            part, matrix, (columns, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return LineCrop(line, as_input(np.asarray(grey, np.uint8)), x0, 1 / across, top, bottom)


def _densest(
    values: NDArray[np.float64], window: float, weights: NDArray[np.float64] | None = None
) -> tuple[float, int]:
    """The mean of those values in the window that holds the most of them, by weight, and how many they are."""
    order = np.argsort(values)
    ordered = values[order]
    ends = np.searchsorted(ordered, ordered + window, side="right")
    counts = ends - np.arange(len(ordered))
    held: NDArray[np.float64] | NDArray[np.intp] = counts
    if weights is not None:
        sums = np.concatenate(([0.0], np.cumsum(weights[order])))
        held = sums[ends] - sums[:-1]
    start = int(held.argmax())
    return float(ordered[start : ends[start]].mean()), int(counts[start])


def _short(
    starts: NDArray[np.float64], ends: NDArray[np.float64], first: int, last: int, longest: float
) -> list[tuple[float, float]]:
    """Pieces of ink `first..last` as one stretch, or as several where that would be too long."""
    if last <= first or ends[last] - starts[first] <= longest:
        return [(float(starts[first]), float(ends[last]))]
    gaps = starts[first + 1 : last + 1] - ends[first:last]
    middle = (starts[first] + ends[last]) / 2
    far = np.abs(ends[first:last] - middle) / (ends[last] - starts[first])
    at = first + int(np.argmax(np.where(far < 0.25, gaps, -np.inf) if (far < 0.25).any() else gaps))
    return [*_short(starts, ends, first, at, longest), *_short(starts, ends, at + 1, last, longest)]


def batches(crops: Sequence[LineCrop], columns: int) -> list[list[int]]:
    """Indices of crops in groups of about one width, each of at most so many columns in all, or of one crop."""
    groups: list[list[int]] = []
    for index in sorted(range(len(crops)), key=lambda i: crops[i].image.shape[1]):
        width = crops[index].image.shape[1]
        if (
            groups
            and (len(groups[-1]) + 1) * width <= columns
            and width <= 1.3 * crops[groups[-1][0]].image.shape[1] + 16
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups
