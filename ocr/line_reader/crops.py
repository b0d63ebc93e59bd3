"""Cutting the lines of a page for the line reader: each from its own ink and from nobody else's.

What the line finder gave to another line is painted over with paper, so that no word of a neighbouring row can be read
here; what nobody has, such as specks and grey that is no ink, stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.layout.baseline import Baseline, measure
from ocr.layout.ink import Floats, PageInk
from ocr.layout.line_finder import owners
from ocr.layout.line_stretch import LineStretch, Row
from ocr.line_reader.geometry import BASELINE, HEIGHT, LETTER_HEIGHT, NARROWING, as_input

Image8 = NDArray[np.uint8]

LONGEST = 1600
"""Columns of the input: a longer stretch is cut at its widest white near the middle."""

SIDE = 0.5
"""In letter heights: white kept on either side."""

ENOUGH = 10
"""So many pieces of ink tell by themselves where a part of a stretch stands."""

_ABOVE, _BELOW = 2.3, 0.9  # letter heights around the baseline that a line of Thai may take

STEP = 8
"""Columns: the width of what the model is shown is a multiple of it."""


@dataclass(frozen=True, slots=True)
class LineCrop:
    """A stretch of a line as the model's input: its number, rows by columns with ink 255, and the way back.

    Column `c` of `image` lies at `left + c * step` of the page's image, the line between `top` and `bottom`.
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


class Cutter:
    """Cuts the stretches of the lines that were found on a page."""

    def __init__(self, ink: PageInk, rows: Sequence[Row]) -> None:
        self._ink = ink
        self._owner = owners(ink, rows)

    def cut(self, number: int, stretch: LineStretch, widening: float = 1.0) -> list[LineCrop]:
        """The model's inputs for one stretch, from left to right; `number` is its own, counted from 1. `widening`: how
        many times wider than usual they are."""
        ink, at, baseline = self._ink, stretch.letters, stretch.baseline
        top, bottom = self.extent(stretch)
        order = stretch.pieces[np.argsort(ink.left[stretch.pieces], kind="stable")]
        starts = ink.left[order]
        ends = np.maximum.accumulate(starts + ink.wide[order])
        longest = LONGEST * baseline.letter / LETTER_HEIGHT / NARROWING / widening
        crops = []
        for left, right in _short(starts, ends, 0, len(order) - 1, longest):
            inside = at[(ink.middle[at] >= left) & (ink.middle[at] <= right)]
            nearer = self._nearer(inside, len(at), baseline, (left + right) / 2)
            crops.append(self._crop(number, (left, right), nearer, (top, bottom), widening))
        return crops

    def strip(self, number: int, stretch: LineStretch) -> tuple[Image8, Box]:
        """The part of the page's image with a stretch and nothing of other lines, and where that part is."""
        baseline, (height, width) = stretch.baseline, self._ink.image.shape
        letter = baseline.letter
        feet = [baseline.at(x) for x in (stretch.left, stretch.right)]
        box = Box(
            max(0, round(stretch.left - letter)),
            max(0, round(min(feet) - _ABOVE * letter)),
            min(width, round(stretch.right + letter)),
            min(height, round(max(feet) + _BELOW * letter)),
        )
        return self._own(number, box), box

    def extent(self, stretch: LineStretch) -> tuple[int, int]:
        """The rows between which a stretch's ink lies."""
        at = stretch.pieces
        return max(0, int(self._ink.top[at].min())), math.ceil(self._ink.foot[at].max())

    def _nearer(self, inside: NDArray[np.intp], count: int, line: Baseline, x: float) -> Baseline:
        """Where the letters of a part of a stretch stand: paper is seldom quite flat."""
        if not ENOUGH <= len(inside) < count:
            return line
        own = measure(self._ink, inside, line.slope)
        return own if abs(own.at(x) - line.at(x)) < 0.7 * line.letter else line

    def _own(self, number: int, box: Box) -> Image8:
        """A part of the image, the ink of other lines painted over."""
        ink = self._ink
        part = ink.image[box.top : max(box.bottom, box.top + 1), box.left : max(box.right, box.left + 1)]
        top, left = int(box.top * ink.down), int(box.left * ink.across)
        bottom = max(top + 1, math.ceil(box.bottom * ink.down))
        right = max(left + 1, math.ceil(box.right * ink.across))
        owner = self._owner[ink.labels[top:bottom, left:right]]
        foreign = ((owner != 0) & (owner != number)).astype(np.uint8)
        if not foreign.any():
            return part
        foreign = cv2.dilate(foreign, np.ones((3, 3), np.uint8)).astype(np.uint8)
        foreign[owner == number] = 0
        size = (part.shape[1], part.shape[0])
        part = part.copy()
        part[cv2.resize(foreign, size, interpolation=cv2.INTER_NEAREST) > 0] = np.percentile(
            part[::2, ::4], 80
        )
        return part

    def _crop(
        self,
        number: int,
        columns_of_ink: tuple[float, float],
        stand: Baseline,
        rows_of_ink: tuple[int, int],
        widening: float,
    ) -> LineCrop:
        (left, right), (top, bottom) = columns_of_ink, rows_of_ink
        height, width = self._ink.image.shape
        letter = stand.letter
        scale = LETTER_HEIGHT / letter
        across = scale * NARROWING * widening
        x0, x1 = max(0, round(left - SIDE * letter)), min(width, round(right + SIDE * letter))
        base = stand.at((x0 + x1) / 2)
        tilt = abs(stand.slope) * (x1 - x0) / 2
        y0 = min(max(0, int(base - (BASELINE + 3) / scale - tilt)), height - 1)
        y1 = min(height, int(base + (HEIGHT - BASELINE + 3) / scale + tilt) + 1)
        part = self._own(number, Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
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
        return LineCrop(number, as_input(np.asarray(grey, np.uint8)), x0, 1 / across, top, bottom)


def _short(starts: Floats, ends: Floats, first: int, last: int, longest: float) -> list[tuple[float, float]]:
    """Pieces of ink `first..last` as one stretch, or as several where that would be too long."""
    if last <= first or ends[last] - starts[first] <= longest:
        return [(float(starts[first]), float(ends[last]))]
    gaps = starts[first + 1 : last + 1] - ends[first:last]
    middle = (starts[first] + ends[last]) / 2
    far = np.abs(ends[first:last] - middle) / (ends[last] - starts[first])
    at = first + int(np.argmax(np.where(far < 0.25, gaps, -np.inf) if (far < 0.25).any() else gaps))
    return [*_short(starts, ends, first, at, longest), *_short(starts, ends, at + 1, last, longest)]


def batches(crops: Sequence[LineCrop], columns: int) -> list[list[int]]:
    """Indices of crops in groups of one padded width, each of at most so many columns in all, or of one crop.

    White behind a crop changes what is read at its end: so a line reads the same whatever else is on its page.
    """
    groups: list[list[int]] = []
    for index in sorted(range(len(crops)), key=lambda i: crops[i].image.shape[1]):
        width = padded(crops[index])
        if groups and padded(crops[groups[-1][0]]) == width and (len(groups[-1]) + 1) * width <= columns:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def padded(crop: LineCrop) -> int:
    """The width of a crop in whole frames of the model, in columns."""
    return -(-int(crop.image.shape[1]) // STEP) * STEP
