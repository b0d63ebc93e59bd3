"""Which way up a page lies and how far it is from straight, from the letters' outlines alone.

Everything here works on a thumbnail of the page, reduced to about 150 dpi: connected pieces of ink of letter
size. Letters of a line stand on one baseline, so the histogram of their lower edges has a sharp peak for
every line, sharpest when the page is turned straight; and Thai has most of its marks above the letters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.components import components
from ocr.image.shades import Counts, shades

THUMBNAIL_SIDE = 1754
"""Long side of the thumbnail in pixels: A4 at 150 dpi. Smaller pages are taken as they are."""

MAX_SKEW = 5.0
"""Degrees. What is further from straight was not meant to be straight."""

LEAST_SKEW = 1.25
"""Degrees. Below this Tesseract reads the slanted page better than a resampled one: on twelve scans 0.3 to 1.0
degrees askew CER 8.4 in sum as they were, 10.0 straightened; equal at 1.2; at 1.6 and 2.0 straightening wins."""

MOST_DOTS, FILLED, ALIKE, HIGHER = 0.5, 0.5, 0.25, 2.2
"""The share of a page's pieces of ink that dots of leaders are where they would be taken for its letters, how much of
their box they fill, by how much of their ink they deviate from each other, and how many times higher letters are."""

FEW_LETTERS = 30
"""With fewer letters than this a page is left as it lies."""

MANY_LETTERS = 100
LINE_RATIO = 1.4
"""Lines run along a side of the page when letters line up so many times better along it than along the other.
Upright pages of prose reach 4 to 6, tables 1.6 at least (96 pages measured)."""

SURE_LINE_RATIO = 2.0
"""From here a page is turned even when its marks do not say which way is up."""

MANY_MARKS = 30
MARK_RATIO = 2.0
"""Which way is up counts as known with so many marks, and so many times more on one side of their letters
than on the other. Upright pages have 3.3 to 100 times more above."""

_COARSE = np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.25)
_FINE = np.arange(-0.3, 0.301, 0.05)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Connected pieces of ink of a thumbnail: edges in pixels (columns left, top, right, bottom as floats).

    `letter_height` is the median height of consonant-sized pieces, 0 when there are none.
    """

    edges: NDArray[np.float64]
    letter_height: float
    width: int
    height: int

    @property
    def heights(self) -> NDArray[np.float64]:
        """Heights of the pieces."""
        return self.edges[:, 3] - self.edges[:, 1]

    @property
    def widths(self) -> NDArray[np.float64]:
        """Widths of the pieces."""
        return self.edges[:, 2] - self.edges[:, 0]

    @property
    def letter_shape(self) -> float:
        """Median width over height of the pieces of one letter; 0 when there are few."""
        return self._shape_at(50)

    @property
    def broad_shape(self) -> float:
        """Width over height that a quarter of the pieces of one letter have or exceed; 0 when there are few."""
        return self._shape_at(75)

    def _shape_at(self, percent: float) -> float:
        high, wide = self.heights, self.widths
        if self.letter_height <= 0:
            return 0.0
        alike = (high >= 0.8 * self.letter_height) & (high <= 1.25 * self.letter_height)
        shapes = wide[alike & (wide <= 1.6 * high)] / high[alike & (wide <= 1.6 * high)]
        return float(np.percentile(shapes, percent)) if len(shapes) >= FEW_LETTERS else 0.0

    def letters(self) -> NDArray[np.float64]:
        """The edges of the pieces of letter size: neither specks, marks, rules nor pictures."""
        size = self.letter_height
        high = (self.heights >= 0.6 * size) & (self.heights <= 2.5 * size)
        wide = (self.widths >= 0.15 * size) & (self.widths <= 8 * size)
        return self.edges[high & wide]

    def marks(self) -> NDArray[np.float64]:
        """The edges of the pieces of the size of a vowel sign or tone mark."""
        size = self.letter_height
        high = (self.heights >= 0.15 * size) & (self.heights < 0.6 * size)
        wide = (self.widths >= 0.1 * size) & (self.widths <= 1.2 * size)
        return self.edges[high & wide]

    def turned(self, quarter_turns: int) -> Pieces:
        """The pieces after so many quarter turns clockwise."""
        edges, width, height = self.edges, self.width, self.height
        for _ in range(quarter_turns % 4):
            edges = turned_edges(edges, height)
            width, height = height, width
        return Pieces(edges, self.letter_height, width, height)


@dataclass(frozen=True)
class Thumbnail:
    """A page image reduced, and its pixels per image pixel."""

    image: NDArray[np.uint8]
    scale: float

    @cached_property
    def shades(self) -> Counts:
        """Its pixels of each grey level, counted once."""
        return shades(self.image)


def thumbnail(image: NDArray[np.uint8]) -> Thumbnail:
    """The image reduced to `THUMBNAIL_SIDE`."""
    scale = min(1.0, THUMBNAIL_SIDE / max(image.shape))
    if scale == 1.0:
        return Thumbnail(image, 1.0)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Thumbnail(np.asarray(small, np.uint8), scale)


def ink_mask(small: NDArray[np.uint8], contrast: float) -> NDArray[np.uint8]:
    """255 where a thumbnail is clearly darker than around. `contrast` is ink to paper in grey levels."""
    smooth = cv2.GaussianBlur(small, (3, 3), 0)
    step = max(10.0, 0.25 * contrast)
    mask = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, step)
    return np.asarray(mask, np.uint8)


def pieces(mask: NDArray[np.uint8]) -> Pieces:
    """The connected pieces of ink, specks left out."""
    found = components(mask)
    seen = found.areas >= 4
    edges, areas = found.edges[seen], found.areas[seen]
    wide, high = edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]
    solid = (high >= 5) & (wide >= 3) & (high <= 120) & (wide <= 8 * high) & (high <= 8 * wide)
    dots = _leader_dots(wide[solid], high[solid], areas[solid])
    sizes = high[solid][~dots]
    letter_height = 0.0
    if len(sizes):
        # Marks are a third of the pieces and half as high; headlines are few.
        tall = sizes[sizes >= 0.55 * np.percentile(sizes, 75)]
        letter_height = float(np.median(tall))
    height, width = mask.shape
    return Pieces(edges, letter_height, width, height)


def _leader_dots(
    wide: NDArray[np.float64], high: NDArray[np.float64], areas: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which pieces of ink are the dots of leaders, on a page that has more of them than of letters, such as a table of
    contents; none on others, where they change nothing."""
    none = np.zeros(len(high), np.bool_)
    if not len(high):
        return none
    size = float(np.median(high))
    dots = (np.abs(wide - high) <= 1) & (np.abs(high - size) <= 1) & (areas >= FILLED * wide * high)
    if (
        np.count_nonzero(dots) < MOST_DOTS * len(high)
        or np.count_nonzero(high >= HIGHER * size) < FEW_LETTERS
    ):
        return none
    return dots if areas[dots].std() <= ALIKE * areas[dots].mean() else none


def turned_edges(edges: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Edges on a page of some height after a quarter turn clockwise."""
    left, top, right, bottom = edges.T
    return np.stack([height - bottom, left, height - top, right], axis=1)


def quarter_turns(found: Pieces) -> int:
    """How many quarter turns clockwise make the page upright: 0 unless the evidence is clear."""
    if len(found.letters()) < MANY_LETTERS:
        return 0
    sideways = found.turned(1)
    as_it_is, turned = line_up(found), line_up(sideways)
    if as_it_is > LINE_RATIO * turned:
        return 2 if _up(found) < 0 else 0
    if turned <= LINE_RATIO * as_it_is:
        return 0
    up = _up(sideways)
    if up == 0 and turned > SURE_LINE_RATIO * as_it_is:
        above, below = marks_above_below(sideways)
        up = 1 if above >= below else -1
    return {1: 1, -1: 3, 0: 0}[up]


def _up(found: Pieces) -> int:
    """1 when the marks say that the page is upright, -1 upside down, 0 when they do not say."""
    above, below = marks_above_below(found)
    if above + below < MANY_MARKS:
        return 0
    return (above > MARK_RATIO * below) - (below > MARK_RATIO * above)


def line_up(found: Pieces) -> float:
    """How sharply letters stand in rows at the best angle, relative to the same letters strewn evenly."""
    return float(_sharpness(found, _COARSE, 3.0).max())


def skew(found: Pieces) -> float:
    """By how many degrees clockwise the page must be turned for its lines to be level; 0 when not clear."""
    if len(found.letters()) < FEW_LETTERS:
        return 0.0
    coarse = _sharpness(found, _COARSE, 3.0)
    best = int(np.argmax(coarse))
    if best in (0, len(_COARSE) - 1) or coarse[best] < 1.2 * float(np.median(coarse)):
        return 0.0
    angles = _COARSE[best] + _FINE
    fine = _sharpness(found, angles, 1.0)
    top = int(np.argmax(fine))
    peak = float(angles[top])
    if 0 < top < len(angles) - 1:
        before, at, after = fine[top - 1 : top + 2]
        bend = before - 2 * at + after
        if bend < 0:
            peak += 0.5 * (before - after) / bend * 0.05
    return float(round(-peak, 2))


def marks_above_below(found: Pieces) -> tuple[int, int]:
    """How many marks stand above letters and how many below, each counted with the letter nearest to it."""
    letters, marks = found.letters(), found.marks()
    if not len(letters) or not len(marks):
        return 0, 0
    size = found.letter_height
    # A grid of letter-high cells finds the letters near a mark without comparing all with all.
    cells: dict[tuple[int, int], list[int]] = {}
    middles = (letters[:, 0] + letters[:, 2]) / 2
    for index, (x, top) in enumerate(zip(middles.tolist(), letters[:, 1].tolist(), strict=True)):
        cells.setdefault((int(x // size), int(top // size)), []).append(index)
    above = below = 0
    rows = letters.tolist()
    for left, top, right, bottom in marks.tolist():
        x, y = (left + right) / 2, (top + bottom) / 2
        column, row = int(x // size), int(y // size)
        near = [
            index
            for across in (-1, 0, 1)
            for down in (-3, -2, -1, 0, 1, 2)
            for index in cells.get((column + across, row + down), ())
        ]
        best: tuple[float, bool] | None = None
        for index in near:
            letter = rows[index]
            if min(right, letter[2]) - max(left, letter[0]) <= 0:
                continue  # not over or under it
            over, under = letter[1] - y, y - letter[3]
            distance = max(over, under)
            if 0 < distance <= size and (best is None or distance < best[0]):
                best = (distance, over > under)
        if best is not None:
            above += bool(best[1])
            below += not best[1]
    return above, below


def _sharpness(found: Pieces, angles: NDArray[np.float64], bin_size: float) -> NDArray[np.float64]:
    """For each angle the energy of the histogram of the letters' lower edges, over that of an even spread."""
    letters = found.letters()
    x = (letters[:, 0] + letters[:, 2]) / 2 - found.width / 2
    y = letters[:, 3] - found.height / 2
    reach = math.hypot(found.width, found.height) / 2
    bins = int(2 * reach / bin_size) + 4
    energy = np.empty(len(angles))
    spread = max(1.0, len(letters) ** 2 / (found.height / bin_size))
    for index, angle in enumerate(np.deg2rad(angles)):
        rows = (y * math.cos(angle) - x * math.sin(angle) + reach) / bin_size
        counts = np.bincount(rows.astype(np.int64).clip(0, bins - 1), minlength=bins).astype(np.float64)
        smooth = counts[:-2] + 2 * counts[1:-1] + counts[2:]
        energy[index] = float(np.dot(smooth, counts[1:-1])) / 4
    return energy / spread
