"""Where the letters of a line stand: its baseline and the height of its letters, measured on the ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import Floats, PageInk

SLOPES = tuple(sign * step * 0.0025 for step in range(1, 13) for sign in (1, -1))
"""Of lines against the page's own, the flattest first: pages are straightened before, but not by the last degree."""

STEEP = tuple(sign * step * 0.0075 for step in range(5, 21) for sign in (1, -1))
"""And of what was stamped on a page, which is up to nine degrees askew."""

CLEARLY = 1.25
"""So many times as many pieces as on a flat line must stand on a steep one."""

MANY = 8
"""So many pieces of ink tell which slope a line has."""

_WINDOW = 0.16  # letter heights: feet so near to each other stand on one line
_VARIETY = 0.25
"""How far letter heights of lines of one page lie apart, as the width of a Cauchy curve over their logarithm:
headings may be twice as high."""
_FEW, _BROAD, _GROWN = 2, 1.2, (1.7, 2.5)
"""Pieces, and in letter heights their width and height: letters of the page's type that have run together with their
marks."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where letters stand: at column `x` on row `base + slope * x`, plain consonants `letter` pixels high."""

    base: float
    slope: float
    letter: float

    def at(self, x: float) -> float:
        """The row on which letters stand at column `x`."""
        return self.base + self.slope * x


def slope_of(slant: float) -> float:
    """The slope of lines, pixels down for each to the right, of a page that has to be turned by so many degrees
    clockwise for them to be level."""
    return -math.tan(math.radians(slant))


def measure(ink: PageInk, at: NDArray[np.intp], slope: float = 0.0) -> Baseline:
    """Baseline and letter height from the pieces of ink `at`, of a page whose lines have that slope.

    Both are where most agree, not where the middle lies: marks, tall letters and letters that have run
    together are many, but each at a height of its own.
    """
    feet, high, x = ink.foot[at], ink.high[at], ink.middle[at]
    usual = middle_of(high)
    grown = _is_grown_together(ink, at, usual)
    size = ink.letter if grown or 0.6 * ink.letter < usual < 1.7 * ink.letter else usual
    window = _WINDOW * size
    slopes = (slope, *(slope + more for more in SLOPES)) if len(feet) >= MANY else (slope,)
    own, count = _straightest(feet, x, slopes, window) or (slope, 1)
    if len(feet) >= MANY and 2 * count < len(feet):
        steep = tuple(slope + more for more in STEEP)
        own, _ = _straightest(feet, x, steep, window, int(max(count, CLEARLY * count))) or (own, count)
    base, _ = densest(feet - own * x, window)
    standing = high[np.abs(feet - base - own * x) <= window]
    # Tall letters and letters grown together with their marks agree on a height, too: the page's own counts more.
    expected = 1 / (1 + (np.log(np.maximum(standing, 1) / size) / _VARIETY) ** 2)
    letter, agreeing = densest(standing, window, expected)
    if grown:
        letter = size
    elif agreeing < 5:  # a few letters may all be tall ones, or capitals, or digits
        letter = min(max(letter, 0.85 * size), 1.3 * size)
    return Baseline(base, own, letter)


def _is_grown_together(ink: PageInk, at: NDArray[np.intp], high: float) -> bool:
    """Whether a few pieces are letters with their marks in one, such as ที่: a larger type is broader, too."""
    letter = ink.letter
    few_and_high = len(at) <= _FEW and _GROWN[0] * letter <= high <= _GROWN[1] * letter
    return bool(few_and_high and ink.wide[at].max() < _BROAD * letter)


def _straightest(
    feet: Floats, x: Floats, slopes: Sequence[float], window: float, more_than: int = 0
) -> tuple[float, int] | None:
    """The first of some slopes at which the most feet stand in one window, and how many; None where nowhere are
    `more_than` so many."""
    stand = np.sort(np.stack([feet - slope * x for slope in slopes]), axis=1)
    ends = stand + window
    best, count = -1, more_than
    while count < len(feet):
        # Whether one more stands in the window that the first of so many begins.
        found = (stand[:, count:] <= ends[:, : len(feet) - count]).any(axis=1)
        if not found.any():
            break
        best, count = int(found.argmax()), count + 1
    return None if best < 0 else (slopes[best], count)


def middle_of(values: Floats) -> float:
    """The median of some numbers; ten times as fast as NumPy's where they are few."""
    ordered, half = np.sort(values).tolist(), len(values) // 2
    return float(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)


def densest(values: Floats, window: float, weights: Floats | None = None) -> tuple[float, int]:
    """The mean of those values in the window that holds the most of them, by weight, and how many they are."""
    order = np.argsort(values)
    ordered = values[order]
    ends = np.searchsorted(ordered, ordered + window, side="right")
    counts = ends - np.arange(len(ordered))
    held: Floats | NDArray[np.intp] = counts
    if weights is not None:
        sums = np.concatenate(([0.0], np.cumsum(weights[order])))
        held = sums[ends] - sums[:-1]
    start = int(held.argmax())
    return float(ordered[start : ends[start]].mean()), int(counts[start])
