"""Emblems and seals: line art as high as several lines, by itself, the same on both sides, or a ring.

Copied line art falls to pieces, no one of which is larger than a letter, and some of them stand in a row by chance. So
an emblem is looked for where ink is near ink, whatever its pieces are like, and told by its shape as a whole. Pixels
are those of the thumbnail's ink mask.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.layout.printed_page import PrintedPage

LEAST = 4.5
"""In letter heights: the sides of a seal or an emblem are at least so long."""

LARGEST = 30.0
"""In letter heights: what is larger is a frame or a picture."""

SHAPE = (0.6, 1.6)
"""Width to height of seals and emblems."""

LETTERING = 0.2
"""Share of an emblem's ink that letters in rows take at most: with more of them it is a frame around print."""

OUTLINES = 8
"""An emblem's ink has at least so many outlines, outer and inner ones: a letter of a title has no more than four."""

SYMMETRY = 0.75
"""Correlation of an emblem's ink with its mirror image, blurred, at least. On the letters, forms and gazettes that it
was chosen with emblems have 0.80 to 0.99, signatures, notes and drawings beside no print at most 0.76."""

SILHOUETTE = 0.85
"""And of its silhouette: emblems have 0.91 to 0.98, the others at most 0.77."""

MARGIN = 0.5
"""In letter heights: the white around an emblem that is its own."""

FILLED = 0.3
"""Share of its box that an emblem's silhouette takes at least."""

ROUND = (0.92, 1.04)
"""Area within a ring's hull, of the ellipse in its box: a polygon of eight sides has 0.9, a square 1.27."""

IN_RING = 0.5
"""Share of the ink within a ring that letters in rows take at most: else it is a step of a flow chart."""

CELL = 0.25
"""In letter heights: the cells of the grid on which ink is gathered into silhouettes."""

BRIDGE = (5, 3)
"""In cells, across and down: ink nearer to ink than this is of one silhouette."""


def emblems(page: PrintedPage) -> Iterator[tuple[NDArray[np.intp], float]]:
    """The emblems of a page: the components of each, and how much it is like its mirror image, 0 to 1."""
    for silhouette, around in _silhouettes(page):
        numbers = page.lying_in(around)
        if not len(numbers):
            continue
        box = page.box(numbers)
        if not _has_shape(box, page.size) or page.has_print_beside(box):
            continue
        areas = page.found.areas[numbers]
        if areas[page.standing[numbers]].sum() > LETTERING * areas.sum():
            continue
        ink = page.ink(numbers, box)
        outlines, _ = cv2.findContours(ink.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        if len(outlines) < OUTLINES or _symmetry(silhouette, 1.0, 2) < SILHOUETTE:
            continue
        likeness = _symmetry(ink, 0.5 * page.size, int(0.5 * page.size))
        if likeness >= SYMMETRY:
            yield numbers, round(likeness, 2)


def ring(page: PrintedPage, number: int) -> NDArray[np.intp] | None:
    """A round seal of which a component is the ring, with its lettering and whatever else lies in it; None where the
    component is no ring, a row of print goes through it, or what it holds is mostly print."""
    box = page.box(np.array([number]))
    if not _has_shape(box, page.size):
        return None
    outlines, _ = cv2.findContours(page.found.ink_in(number), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    # The hull: rings are thin, and broken here and there.
    hull = cv2.convexHull(np.concatenate(outlines))
    area = cv2.contourArea(hull) / (np.pi / 4 * box.width * box.height)
    if not ROUND[0] <= area <= ROUND[1] or page.has_print_beside(box):
        return None
    numbers = page.lying_in(box)
    held = numbers[numbers != number]
    areas = page.found.areas[held]
    return None if areas[page.standing[held]].sum() > IN_RING * areas.sum() else numbers


def area(page: PrintedPage, numbers: NDArray[np.intp]) -> NDArray[np.uint8]:
    """255 where an emblem lies, a mask of the page: the hull of its components and a margin, for pale strokes of it are
    no ink here and may be ink to others; without the ink of what lies there and is none of it."""
    rows, columns = np.nonzero(page.ink(numbers, box := page.box(numbers)))
    hull = cv2.convexHull(np.stack([columns + box.left, rows + box.top], axis=1).astype(np.int32))
    edge = round(MARGIN * page.size)
    found = np.zeros(page.found.labels.shape, np.uint8)
    cv2.fillConvexPoly(found, hull, 255)
    cv2.polylines(found, [hull], True, 255, 2 * edge + 1)
    left, top, right, bottom = (
        box.left - edge - 1,
        box.top - edge - 1,
        box.right + edge + 1,
        box.bottom + edge + 1,
    )
    place = np.s_[max(0, top) : bottom, max(0, left) : right]
    others = (page.found.labels[place] > 0) & ~np.isin(page.found.labels[place], numbers + 1)
    found[place][cv2.dilate(others.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 0
    return found


def _silhouettes(page: PrintedPage) -> Iterator[tuple[NDArray[np.bool_], Box]]:
    """Where ink that stands in no row of print is near other such ink, in the shape of an emblem: the silhouette in
    cells, and the box around it."""
    found = page.found
    small = np.maximum(found.widths, found.heights) <= LARGEST * page.size
    mask = found.mask_of(small & ~page.standing)
    high, wide = mask.shape
    cell = max(1.0, CELL * page.size)
    across, down = (max(1, round(side / cell)) for side in (wide, high))
    grid = np.where(cv2.resize(mask, (across, down), interpolation=cv2.INTER_AREA) > 0, 1, 0)
    margin = max(BRIDGE)
    sheet = cv2.copyMakeBorder(
        grid.astype(np.uint8), margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0
    )
    sheet = cv2.morphologyEx(sheet, cv2.MORPH_CLOSE, np.ones(BRIDGE[::-1], np.uint8))
    near = sheet[margin:-margin, margin:-margin]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8, ltype=cv2.CV_32S)
    for number, (left, top, width, height, area) in enumerate(stats[1:].tolist(), 1):
        box = Box(
            int(left * wide / across), int(top * high / down),
            int(np.ceil((left + width) * wide / across)), int(np.ceil((top + height) * high / down)),
        )  # fmt: skip
        if area >= FILLED * width * height and _has_shape(box, page.size):
            yield labels[top : top + height, left : left + width] == number, box


def _has_shape(box: Box, size: float) -> bool:
    shape = box.width / max(1, box.height)
    return min(box.width, box.height) >= LEAST * size and SHAPE[0] <= shape <= SHAPE[1]


def _symmetry(ink: NDArray[np.bool_], blur: float, reach: int) -> float:
    """How much a drawing is like its mirror image, its axis up to half of `reach` beside the middle: the correlation of
    their blurred ink, 1 at most."""
    blurred = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), blur)
    mirrored = np.ascontiguousarray(blurred[:, ::-1])
    padded = cv2.copyMakeBorder(blurred, 0, 0, reach, reach, cv2.BORDER_CONSTANT, value=0)
    return float(cv2.matchTemplate(padded, mirrored, cv2.TM_CCOEFF_NORMED).max())
