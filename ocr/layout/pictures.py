"""What on a page is no print: pictures, seals, stamps' frames, signatures and handwriting, told by their ink's shape.

Printed letters are much alike in height and stand in rows on one baseline; that is looked for first, and what belongs
to such a row is print whatever else it looks like: to leave out a printed letter is worse than to read a signature.
Only the remaining ink can be something else. Pixels are those of the thumbnail's ink mask unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.region import RegionKind
from ocr.image.components import Components
from ocr.image.scale import edges_of, in_image
from ocr.layout.emblems import area, emblems, ring
from ocr.layout.near_groups import near_groups
from ocr.layout.print_rows import PrintRows, baseline_sharpness
from ocr.layout.printed_page import PrintedPage

PIECE = 0.3
"""In letter heights: what is smaller is a dot."""

TALL = 3.0
"""In letter heights: no letter of the text, with its marks, is so tall."""

BROAD = 1.5
"""And no such thing is narrower: a streak, a bracket or a rule is."""

IN_PRINT = 0.35
"""Share of its box from which a tall thing that overlaps rows of print is taken for letters run together."""

APART = (1.2, 0.6)
"""In letter heights, across and down: pieces nearer to each other than that belong together."""

WORD = 1.0
"""In letter heights: the white between two pieces of one word is narrower."""

WORD_WIDTH = 2.0
"""In letter heights: whether a word stands on a baseline is asked from this width on."""

SHARP = 0.55
"""Baseline's sharpness from which a word outside the rows is print. On three official letters printed words have 0.55
to 1.2, written ones 0.15 to 0.5."""

BLUNT = 0.4
"""Baseline's sharpness below which a word without any tall stroke is handwriting."""

WRITTEN_WIDTH = 4.0
"""In letter heights: such a word is at least so wide."""

FEWEST_LETTERS = 6
"""And has so many pieces of letter size."""

LARGE, LEVEL = 1.5, 0.12
FEWEST_LARGE, MOST_LARGE = 4, 0.7
"""In letter heights, how high letters of a heading are at least, and, of its own, how far their feet are apart at most;
how many there are, and the share of all that is so high."""

CUT = 3
"""Pixels around a word in which a ruling line may have cut it."""

MOST_PIECES = 3000
"""With more pieces that are no print than this a page is dirt or halftone, and nothing can be told."""

FRAME = (8.0, 4.0)
"""In letter heights: a stamp's frame is at least so wide and high."""

HOLLOW = 0.15
"""Share of its box that the ink of a frame or a line drawing takes at most."""

RECTANGLE = 0.85
"""Share of the smallest rectangle around it, at any angle, that the outline of a stamp's frame encloses at least."""

ASKEW = 20.0
"""Degrees: how far from level a stamp is set at most."""

STRAIGHT = 3.0
"""In letter heights: mean length of the straight pieces of the outline of a line drawing."""

SIGNATURE = 4.0
"""In letter heights: a signature's longest stroke is at least so wide."""

BESIDE = 0.5
"""In letter heights: how far from the box of a tall stroke what belongs to it may lie."""

STROKES = 6
"""And it has no more pieces than this."""


@dataclass(frozen=True, slots=True)
class PictureRegion:
    """A region that is no print: what it is, where, and how sure that is, 0 to 1. Print may lie in its box."""

    kind: RegionKind
    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class PictureRegions:
    """The regions of a page that are no print, and the mask of their ink, 255 where a pixel is no print's."""

    regions: tuple[PictureRegion, ...]
    ink: NDArray[np.uint8]

    def scaled(self, scale: float) -> tuple[PictureRegion, ...]:
        """The regions with their boxes in pixels of the image of whose pixels the mask has `scale` each."""
        return tuple(replace(region, box=in_image(edges_of(region.box), scale)) for region in self.regions)


def pictures(
    found: Components, letter_height: float, rows: PrintRows, cut: NDArray[np.uint8] | None = None
) -> PictureRegions:
    """The regions that are no print, boxes in the mask's pixels.

    `found` are the components of a page's ink mask, upright and without ruling lines, `letter_height` the median height
    of its letters, `rows` their rows of print. Nothing is found on a page without letters. Ink in a row of print is
    never any region's. `cut` is not 0 where ruling lines were taken out of the mask: what they ran through may have
    lost its baseline with them.
    """
    nothing = PictureRegions((), np.zeros(found.labels.shape, np.uint8))
    if letter_height <= 0 or not len(found.areas):
        return nothing
    size = np.maximum(found.widths, found.heights)
    free = np.flatnonzero(~_in_print(found, rows, letter_height) & (size >= PIECE * letter_height))
    if not 0 < len(free) <= MOST_PIECES:
        return nothing
    page = PrintedPage(found, letter_height, rows.standing)
    told = [_told(page, RegionKind.SEAL, numbers, likeness) for numbers, likeness in emblems(page)]
    for one in told:
        free = np.setdiff1d(free, one.members)
    tall = _tall(found, free, rows, letter_height)
    printed, written = _words(page, free, cut)
    free = np.setdiff1d(free, printed)
    for group in near_groups(found.edges[free], letter_height, APART):
        numbers = free[group]
        thing = _tell(page, numbers, numbers[tall[numbers]], written)
        told += [thing] if thing is not None else []
    return PictureRegions(tuple(one.region for one in told), _ink(page, told, rows)) if told else nothing


@dataclass(frozen=True, slots=True)
class _Told:
    """A region, and the components it is made of."""

    region: PictureRegion
    members: NDArray[np.intp]


def _ink(page: PrintedPage, told: Sequence[_Told], rows: PrintRows) -> NDArray[np.uint8]:
    """The ink of what is drawn, with its half-dark rim, but for rows of print; and seals as a whole."""
    found, rim = page.found, np.ones((3, 3), np.uint8)
    ink = np.zeros(found.labels.shape, np.uint8)
    drawn = np.zeros(len(found.areas), np.bool_)
    for one in told:
        drawn[one.members] |= one.region.kind is not RegionKind.SEAL
    if drawn.any():
        ink = np.asarray(cv2.dilate(found.mask_of(drawn), rim), np.uint8) & ~rows.area(ink.shape)
        # The rim of a stroke beside a letter is the letter's.
        ink &= ~np.asarray(cv2.dilate(found.mask_of(~drawn), rim), np.uint8) | found.mask_of(drawn)
    for one in told:
        if one.region.kind is RegionKind.SEAL:
            ink |= area(page, one.members)
    return ink


def _in_print(found: Components, rows: PrintRows, size: float) -> NDArray[np.bool_]:
    """Which components are letters, marks and signs of rows of print."""
    x = ((found.edges[:, 0] + found.edges[:, 2]) / 2 / rows.cell).astype(np.int64)
    y = ((found.edges[:, 1] + found.edges[:, 3]) / 2 / rows.cell).astype(np.int64)
    return rows.standing | ((rows.grid[y, x] > 0) & (found.heights < TALL * size))


def _tall(found: Components, free: NDArray[np.intp], rows: PrintRows, size: float) -> NDArray[np.bool_]:
    """Which components are too tall and broad for letters and are not letters of a large type."""
    tall = np.zeros(len(found.areas), np.bool_)
    for number in free[(found.heights[free] >= TALL * size) & (found.widths[free] >= BROAD * size)]:
        left, top, right, bottom = (int(edge / rows.cell) for edge in found.edges[number])
        covered = float(rows.grid[top : bottom + 1, left : right + 1].mean())
        tall[number] = covered < IN_PRINT and not _is_large_type(found, int(number))
    return tall


def _is_large_type(found: Components, number: int) -> bool:
    """True when other letters of its own size stand beside a tall component."""
    left, _, right, bottom = found.edges[number]
    high = float(found.heights[number])
    alike = (found.heights >= 0.6 * high) & (found.heights <= 1.6 * high) & (found.widths <= 3 * high)
    level = np.abs(found.edges[:, 3] - bottom) <= 0.12 * high
    beside = (found.edges[:, 0] <= right + 2 * high) & (found.edges[:, 2] >= left - 2 * high)
    return int(np.count_nonzero(alike & level & beside)) >= 3


def _words(
    page: PrintedPage, free: NDArray[np.intp], cut: NDArray[np.uint8] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of the components outside the rows those of words that are printed, and those of words that are written."""
    printed: list[NDArray[np.intp]] = []
    written: list[NDArray[np.intp]] = []
    low = free[page.found.heights[free] < TALL * page.size]
    for group in near_groups(page.found.edges[low], page.size, (WORD, 0.0)):
        numbers = low[group]
        box = page.box(numbers)
        if box.width < WORD_WIDTH * page.size:
            continue
        if _is_heading(page.found.edges[numbers], page.size):
            printed.append(numbers)
            continue
        sharpness = baseline_sharpness(page.ink(numbers, box), page.size)
        if sharpness >= SHARP:
            printed.append(numbers)
        elif sharpness < BLUNT and box.width >= WRITTEN_WIDTH * page.size:
            letters = page.found.heights[numbers] >= 0.6 * page.size
            if np.count_nonzero(letters) >= FEWEST_LETTERS and not _is_cut(box, cut):
                written.append(numbers)
    empty = np.zeros(0, np.intp)
    return np.concatenate([empty, *printed]), np.concatenate([empty, *written])


def _is_heading(edges: NDArray[np.float64], size: float) -> bool:
    """Whether pieces of ink are letters of large type: most of them alike in height, on one level."""
    feet, high = edges[:, 3], edges[:, 3] - edges[:, 1]
    letters = high >= LARGE * size
    if np.count_nonzero(letters) < FEWEST_LARGE:
        return False
    middle, foot = float(np.median(high[letters])), float(np.median(feet[letters]))
    alike = (high >= 0.75 * middle) & (high <= 1.6 * middle) & (np.abs(feet - foot) <= LEVEL * middle)
    return bool(np.count_nonzero(alike) >= max(FEWEST_LARGE, MOST_LARGE * np.count_nonzero(letters)))


def _is_cut(box: Box, cut: NDArray[np.uint8] | None) -> bool:
    """True where something was taken out of the mask in a box or at its edges."""
    if cut is None:
        return False
    around = cut[max(0, box.top - CUT) : box.bottom + CUT, max(0, box.left - CUT) : box.right + CUT]
    return bool(around.any())


def _tell(
    page: PrintedPage, numbers: NDArray[np.intp], tall: NDArray[np.intp], written: NDArray[np.intp]
) -> _Told | None:
    """What a group of components that are no print is; None where it may be a word by itself.

    `tall` are those of them that are too tall for letters, `written` the components of written words.
    """
    by_hand = np.intersect1d(numbers, written)
    if not len(tall):
        return _told(page, RegionKind.HANDWRITING, by_hand, 0.6) if len(by_hand) else None
    size = page.size
    largest = int(tall[np.argmax(page.found.widths[tall] * page.found.heights[tall])])
    drawn = page.box(np.array([largest]))
    round_seal = ring(page, largest)
    if round_seal is not None:
        return _told(page, RegionKind.SEAL, round_seal, 0.8)
    frame, straight = _outline(page, largest)
    if straight and page.found.areas[largest] <= HOLLOW * drawn.width * drawn.height:
        large = drawn.width >= FRAME[0] * size and drawn.height >= FRAME[1] * size
        kind = RegionKind.STAMP if large and frame else RegionKind.PICTURE
        return _told(page, kind, tall, 0.7)
    members = np.union1d(by_hand, numbers[_inside(page, numbers, tall)])
    if drawn.width >= SIGNATURE * size and len(members) <= STROKES:
        return _told(page, RegionKind.SIGNATURE, members, 0.7)
    return _told(page, RegionKind.HANDWRITING, members, 0.8)


def _told(page: PrintedPage, kind: RegionKind, numbers: NDArray[np.intp], score: float) -> _Told:
    return _Told(PictureRegion(kind, page.box(numbers), score), numbers)


def _inside(page: PrintedPage, numbers: NDArray[np.intp], tall: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which components have their middle in the box of a tall one, or little beside it."""
    edges, around = page.found.edges[numbers], page.found.edges[tall]
    x, y = (edges[:, 0] + edges[:, 2]) / 2, (edges[:, 1] + edges[:, 3]) / 2
    margin = BESIDE * page.size
    across = (x[:, None] >= around[:, 0] - margin) & (x[:, None] <= around[:, 2] + margin)
    down = (y[:, None] >= around[:, 1] - margin) & (y[:, None] <= around[:, 3] + margin)
    return np.asarray((across & down).any(axis=1), np.bool_)


def _outline(page: PrintedPage, number: int) -> tuple[bool, bool]:
    """Whether a component's outline is a rectangle nearly level, and whether it is made of long straight pieces."""
    outlines, _ = cv2.findContours(page.found.ink_in(number), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    corners = cv2.approxPolyDP(outline, 0.25 * page.size, closed=True)
    straight = cv2.arcLength(outline, closed=True) / len(corners) >= STRAIGHT * page.size
    _, sides, angle = cv2.minAreaRect(outline)
    level = abs((angle + 45) % 90 - 45) <= ASKEW
    return bool(level and cv2.contourArea(outline) >= RECTANGLE * sides[0] * sides[1]), bool(straight)
