"""What on a page is no print: pictures, seals, stamps' frames, signatures and handwriting, told by their ink's shape.

Printed letters are much alike in height and stand in rows on one baseline; that is looked for first, and what belongs
to such a row is print whatever else it looks like: to leave out a printed letter is worse than to read a signature.
Only the remaining ink can be something else. Pixels are those of the thumbnail's ink mask unless said otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.region import RegionKind
from ocr.image.components import Components
from ocr.layout.print_rows import PrintRows, baseline_sharpness, print_rows

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

CUT = 3
"""Pixels around a word in which a ruling line may have cut it."""

MOST_PIECES = 3000
"""With more pieces that are no print than this a page is dirt or halftone, and nothing can be told."""

EMBLEM = 4.5
"""In letter heights: the sides of a seal or an emblem are at least so long."""

EMBLEM_SHAPE = (0.6, 1.6)
"""Width to height of seals and emblems."""

SYMMETRY = 0.7
"""Correlation with its mirror image from which a drawing is an emblem."""

LETTERING = 0.2
"""Share of an emblem's ink that letters in rows take at most: with more of them it is a frame around print."""

ROUND = (0.92, 1.04)
"""Area within a ring's hull, of the ellipse in its box: a polygon of eight sides has 0.9, a square 1.27."""

IN_RING = 0.5
"""Share of the ink within a ring that letters in rows take at most: else it is a step of a flow chart."""

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
        return tuple(
            replace(region, box=Box(*(round(edge / scale) for edge in _edges(region.box))))
            for region in self.regions
        )


def pictures(found: Components, letter_height: float, cut: NDArray[np.uint8] | None = None) -> PictureRegions:
    """The regions that are no print, boxes in the mask's pixels.

    `found` are the components of a page's ink mask, upright and without ruling lines, `letter_height` the median height
    of its letters. Nothing is found on a page without letters. Ink in a row of print is never any region's. `cut` is
    not 0 where ruling lines were taken out of the mask: what they ran through may have lost its baseline with them.
    """
    nothing = PictureRegions((), np.zeros(found.labels.shape, np.uint8))
    if letter_height <= 0 or not len(found.areas):
        return nothing
    rows = print_rows(found, letter_height)
    size = np.maximum(found.widths, found.heights)
    free = np.flatnonzero(~_in_print(found, rows, letter_height) & (size >= PIECE * letter_height))
    if not 0 < len(free) <= MOST_PIECES:
        return nothing
    page = _PrintedPage(found, letter_height, rows.standing, _tall(found, free, rows, letter_height))
    printed, written = _words(page, free, cut)
    free = np.setdiff1d(free, printed)
    drawn, emblems = np.zeros((2, len(found.areas)), np.bool_)
    regions: list[PictureRegion] = []
    for group in _groups(found.edges[free], letter_height, APART):
        numbers = free[group]
        told = _tell(page, numbers, written)
        if told is not None:
            regions.append(told.region)
            (emblems if told.region.kind is RegionKind.SEAL else drawn)[told.members] = True
    if not regions:
        return nothing
    return PictureRegions(tuple(regions), _ink(found, drawn, emblems, rows))


def _ink(
    found: Components, drawn: NDArray[np.bool_], emblems: NDArray[np.bool_], rows: PrintRows
) -> NDArray[np.uint8]:
    """The ink of what is drawn, with its half-dark rim, but for rows of print; and that of emblems as a whole."""
    rim = np.ones((3, 3), np.uint8)
    ink = np.zeros(found.labels.shape, np.uint8)
    if drawn.any():
        ink = np.asarray(cv2.dilate(found.mask_of(drawn), rim), np.uint8) & ~rows.area(ink.shape)
        # The rim of a stroke beside a letter is the letter's.
        others = ~drawn
        ink &= ~np.asarray(cv2.dilate(found.mask_of(others), rim), np.uint8) | found.mask_of(drawn)
    if emblems.any():
        ink |= np.asarray(cv2.dilate(found.mask_of(emblems), rim), np.uint8)
    return ink


@dataclass(frozen=True, slots=True)
class _PrintedPage:
    """A page's components, the height of its letters, which stand in rows, and which are too tall for letters."""

    found: Components
    size: float
    standing: NDArray[np.bool_]
    tall: NDArray[np.bool_]

    def box(self, numbers: NDArray[np.intp]) -> Box:
        """The smallest box around components."""
        left, top = self.found.edges[numbers, :2].min(axis=0)
        right, bottom = self.found.edges[numbers, 2:].max(axis=0)
        return Box(int(left), int(top), int(right), int(bottom))

    def ink(self, numbers: NDArray[np.intp], box: Box) -> NDArray[np.bool_]:
        """The ink of components in their box."""
        return np.isin(self.found.labels[box.top : box.bottom, box.left : box.right], numbers + 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """A region, and the components it is made of."""

    region: PictureRegion
    members: NDArray[np.intp]


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
    page: _PrintedPage, free: NDArray[np.intp], cut: NDArray[np.uint8] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of the components outside the rows those of words that are printed, and those of words that are written."""
    printed: list[NDArray[np.intp]] = []
    written: list[NDArray[np.intp]] = []
    low = free[page.found.heights[free] < TALL * page.size]
    for group in _groups(page.found.edges[low], page.size, (WORD, 0.0)):
        numbers = low[group]
        box = page.box(numbers)
        if box.width < WORD_WIDTH * page.size:
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


def _is_cut(box: Box, cut: NDArray[np.uint8] | None) -> bool:
    """True where something was taken out of the mask in a box or at its edges."""
    if cut is None:
        return False
    around = cut[max(0, box.top - CUT) : box.bottom + CUT, max(0, box.left - CUT) : box.right + CUT]
    return bool(around.any())


def _groups(edges: NDArray[np.float64], size: float, apart: tuple[float, float]) -> list[NDArray[np.intp]]:
    """Components nearer to each other than `apart`, in letter heights across and down, as groups of indices."""
    across, down = apart[0] * size / 2, apart[1] * size / 2
    left, top, right, bottom = edges.T + np.array([[-across], [-down], [across], [down]])
    group = np.arange(len(edges))
    order = np.argsort(left, kind="stable")
    starts = left[order]
    for place, one in enumerate(order):
        others = order[place + 1 : int(np.searchsorted(starts, right[one], side="right"))]
        touching = others[(top[others] <= bottom[one]) & (bottom[others] >= top[one])]
        for other in np.unique(group[touching]):
            group[group == other] = group[one]
    return [np.flatnonzero(group == number) for number in np.unique(group)]


def _tell(page: _PrintedPage, numbers: NDArray[np.intp], written: NDArray[np.intp]) -> _Told | None:
    """What a group of components that are no print is; None where it may be a word by itself.

    `written` are the components of written words.
    """
    tall = numbers[page.tall[numbers]]
    by_hand = np.intersect1d(numbers, written)
    if not len(tall):
        return _told(page, RegionKind.HANDWRITING, by_hand, 0.6) if len(by_hand) else None
    box, size = page.box(numbers), page.size
    largest = int(tall[np.argmax(page.found.widths[tall] * page.found.heights[tall])])
    drawn = page.box(np.array([largest]))
    ring = _ring(page, largest, drawn)
    if ring is not None:
        return ring
    frame, straight = _outline(page, largest)
    if straight and page.found.areas[largest] <= HOLLOW * drawn.width * drawn.height:
        large = drawn.width >= FRAME[0] * size and drawn.height >= FRAME[1] * size
        kind = RegionKind.STAMP if large and frame else RegionKind.PICTURE
        return _told(page, kind, tall, 0.7)
    emblem = _emblem(page, box)
    if emblem is not None:
        return emblem
    members = np.union1d(by_hand, numbers[_inside(page, numbers, tall)])
    if drawn.width >= SIGNATURE * size and len(members) <= STROKES:
        return _told(page, RegionKind.SIGNATURE, members, 0.7)
    return _told(page, RegionKind.HANDWRITING, members, 0.8)


def _told(page: _PrintedPage, kind: RegionKind, numbers: NDArray[np.intp], score: float) -> _Told:
    return _Told(PictureRegion(kind, page.box(numbers), score), numbers)


def _inside(page: _PrintedPage, numbers: NDArray[np.intp], tall: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which components have their middle in the box of a tall one, or little beside it."""
    edges, around = page.found.edges[numbers], page.found.edges[tall]
    x, y = (edges[:, 0] + edges[:, 2]) / 2, (edges[:, 1] + edges[:, 3]) / 2
    margin = BESIDE * page.size
    across = (x[:, None] >= around[:, 0] - margin) & (x[:, None] <= around[:, 2] + margin)
    down = (y[:, None] >= around[:, 1] - margin) & (y[:, None] <= around[:, 3] + margin)
    return np.asarray((across & down).any(axis=1), np.bool_)


def _emblem(page: _PrintedPage, box: Box) -> _Told | None:
    """A seal or an emblem, with all that lies in its box; None where there is none, or rows of print go through it."""
    size = page.size
    shape = box.width / max(1, box.height)
    if min(box.width, box.height) < EMBLEM * size or not EMBLEM_SHAPE[0] <= shape <= EMBLEM_SHAPE[1]:
        return None
    if _has_print_beside(page, box):
        return None
    numbers = _lying_in(page, box)
    areas = page.found.areas[numbers]
    if areas[page.standing[numbers]].sum() > LETTERING * areas.sum():
        return None
    likeness = _symmetry(page.ink(numbers, box), size)
    return _told(page, RegionKind.SEAL, numbers, round(likeness, 2)) if likeness >= SYMMETRY else None


def _lying_in(page: _PrintedPage, box: Box) -> NDArray[np.intp]:
    """The components that lie in a box."""
    left, top, right, bottom = page.found.edges.T
    inside = (left >= box.left) & (right <= box.right) & (top >= box.top) & (bottom <= box.bottom)
    return np.flatnonzero(inside)


def _has_print_beside(page: _PrintedPage, box: Box) -> bool:
    """Whether letters of rows of print at the height of a box stand partly in it or next to it."""
    left, top, right, bottom = page.found.edges.T
    level = (top < box.bottom) & (bottom > box.top)
    within = (left >= box.left) & (right <= box.right)
    beside = (right > box.left - 2 * page.size) & (left < box.right + 2 * page.size)
    return bool((page.standing & level & beside & ~within).any())


def _ring(page: _PrintedPage, number: int, box: Box) -> _Told | None:
    """A round seal, with its lettering and whatever else lies in it; None where a component is no ring, a row of print
    goes through it, or what it holds is mostly print."""
    shape = box.width / max(1, box.height)
    if min(box.width, box.height) < EMBLEM * page.size or not EMBLEM_SHAPE[0] <= shape <= EMBLEM_SHAPE[1]:
        return None
    outlines, _ = cv2.findContours(page.found.ink_in(number), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    # The hull: rings are thin, and broken here and there.
    hull = cv2.convexHull(np.concatenate(outlines))
    area = cv2.contourArea(hull) / (np.pi / 4 * box.width * box.height)
    if not ROUND[0] <= area <= ROUND[1] or _has_print_beside(page, box):
        return None
    numbers = _lying_in(page, box)
    held = numbers[numbers != number]
    areas = page.found.areas[held]
    if areas[page.standing[held]].sum() > IN_RING * areas.sum():
        return None
    return _told(page, RegionKind.SEAL, numbers, 0.8)


def _symmetry(ink: NDArray[np.bool_], size: float) -> float:
    """How much a drawing is like its mirror image: the correlation of their blurred ink, 1 at most."""
    blurred = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), 0.25 * size)
    mirrored = np.ascontiguousarray(blurred[:, ::-1])
    reach = int(0.5 * size)
    padded = cv2.copyMakeBorder(blurred, 0, 0, reach, reach, cv2.BORDER_CONSTANT, value=0)
    return float(cv2.matchTemplate(padded, mirrored, cv2.TM_CCOEFF_NORMED).max())


def _outline(page: _PrintedPage, number: int) -> tuple[bool, bool]:
    """Whether a component's outline is a rectangle nearly level, and whether it is made of long straight pieces."""
    outlines, _ = cv2.findContours(page.found.ink_in(number), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    corners = cv2.approxPolyDP(outline, 0.25 * page.size, closed=True)
    straight = cv2.arcLength(outline, closed=True) / len(corners) >= STRAIGHT * page.size
    _, sides, angle = cv2.minAreaRect(outline)
    level = abs((angle + 45) % 90 - 45) <= ASKEW
    return bool(level and cv2.contourArea(outline) >= RECTANGLE * sides[0] * sides[1]), bool(straight)


def _edges(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom
