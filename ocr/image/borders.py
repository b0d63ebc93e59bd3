"""What the scanner adds to a page: black borders along its edges and punch holes, painted over with paper.

Tesseract reads their rims as letters and takes a thick border for a part of the text block. A page that has neither
comes back as it was, bit by bit; where it might be print it is left alone.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.components import QUICKEST
from ocr.image.orientation import Thumbnail, thumbnail
from ocr.image.quality import SMALLEST_SIGN
from ocr.image.shades import level_below

DARK = 0.45
"""Of the paper's grey level: what is darker may be a border or a hole. The lid's shadow beside a border is lighter."""

ONE_SHADE = 0.15
"""Of the paper's grey level: what differs more from a border around it may be a letter."""

DARKEST_PAPER = 100
"""Grey level. Below it there is no paper to tell from a border: a black page, a negative."""

THICK = 7
"""Thumbnail pixels (1.2 mm at 150 dpi): strokes of letters are thinner, so letters that touch a border come off it."""

LEAST_CONTACT = 120
"""Thumbnail pixels (20 mm at 150 dpi) of the page's edges that one dark part must take to be a border; a letter cut by
the edge takes a few millimetres."""

CONTACT_SHARE = 0.15
"""And this share of the page's shorter side."""

PAGE_SHARE = 0.1
"""Share of the image: an opening in a border as large as that is the page inside its frame. What is smaller and not
dust may be white letters on a dark ground, and then that ground is no border."""

HOLE = (4.0, 8.0)
"""Millimetres, diameters of punch holes: 5 to 6 by ISO 838, up to 8 by other punches."""

HOLE_MARGIN = 20.0
"""Millimetres from the nearest edge of the page to the centre of a hole; 12 by ISO 838."""

HOLE_CLEARANCE = 3.0
"""Millimetres of bare paper around a hole. A bullet stands nearer to its line."""

ROUND = 0.05
"""How far a hole's shape may be from a disc's: sides from each other and area from the disc's, as shares."""

MOST_HOLES = 6
"""More discs in the margins than this are print."""

_RIM = 2  # thumbnail pixels of half-dark rim painted with a border or hole
_MILLIMETRES_PER_INCH = 25.4


def without_borders(
    image: NDArray[np.uint8], dpi: float, known: Thumbnail | None = None
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """A page image, any way up, with borders and holes painted over, and in words what was; else the very same image.

    `dpi` are pixels per inch of the image; at 0 (not known) holes are not looked for.
    """
    seen = known or thumbnail(image)
    small, scale = seen.image, seen.scale
    paper = level_below(seen.shades, 0.9)
    if paper < DARKEST_PAPER:
        return image, ()
    dark = np.where(small < DARK * paper, np.uint8(255), np.uint8(0))
    border = _border(small, dark, paper)
    steps = []
    if border.any():
        steps.append("dark border painted over")
    holes = _holes(dark & ~border, scale * dpi / _MILLIMETRES_PER_INCH)
    if holes.any():
        steps.append("punch holes painted over")
    if not steps:
        return image, ()
    over = cv2.dilate(border | holes, np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8))
    where = cv2.resize(over, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    painted = image.copy()
    painted[where] = int(np.median(small[(dark == 0) & (over == 0)]))
    return painted, tuple(steps)


def _border(small: NDArray[np.uint8], dark: NDArray[np.uint8], paper: int) -> NDArray[np.uint8]:
    """255 where a thumbnail's dark parts are a scanner's border."""
    # Beyond the image all counts as dark, so that a thin border along an edge is as thick as need be.
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((THICK, THICK), np.uint8))
    border = np.zeros_like(dark)
    if not solid.any():
        return border
    contact = max(LEAST_CONTACT, CONTACT_SHARE * min(dark.shape))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.asarray(solid, np.uint8), connectivity=8, ltype=cv2.CV_32S
    )
    edges = np.concatenate((labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]))
    for label, count in zip(*np.unique(edges[edges > 0], return_counts=True), strict=True):
        if count < contact:
            continue
        left, top, wide, high, _ = stats[label]
        part = labels[top : top + high, left : left + wide] == label
        shades = small[top : top + high, left : left + wide].astype(np.int16)
        alike = np.abs(shades - np.median(shades[part])) <= ONE_SHADE * paper
        if not _has_openings(part & alike, dark.size):
            border[top : top + high, left : left + wide][part] = 255
    return _to_its_tips(border, dark) if border.any() else border


def _to_its_tips(border: NDArray[np.uint8], dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A border with what goes on from it along the edges of the page, too thin to have been taken for solid."""
    inside = THICK // 2
    rim = dark.copy()
    rim[inside:-inside, inside:-inside] = 0
    _, labels = cv2.connectedComponents(border | rim, connectivity=8, ltype=cv2.CV_32S)
    return np.where(np.isin(labels, np.unique(labels[border > 0])), np.uint8(255), np.uint8(0))


def _has_openings(part: NDArray[np.bool_], page: int) -> bool:
    """True when something that may be a letter stands out from a dark part, closed in by it."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.asarray(~part, np.uint8), connectivity=4, ltype=cv2.CV_32S
    )
    outer = np.unique(np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1])))
    inner = stats[np.setdiff1d(np.arange(1, count), outer)]
    sides = np.maximum(inner[:, cv2.CC_STAT_WIDTH], inner[:, cv2.CC_STAT_HEIGHT])
    return bool(np.any((sides >= SMALLEST_SIGN) & (inner[:, cv2.CC_STAT_AREA] < PAGE_SHARE * page)))


def _holes(dark: NDArray[np.uint8], millimetre: float) -> NDArray[np.uint8]:
    """255 where a thumbnail has punch holes; `millimetre` in its pixels."""
    found = np.zeros_like(dark)
    if millimetre <= 0:
        return found
    height, width = dark.shape
    _, labels, stats, centres = cv2.connectedComponentsWithStatsWithAlgorithm(dark, 8, cv2.CV_32S, QUICKEST)
    holes = []
    least, most = (side * millimetre for side in HOLE)
    sides = stats[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    for label in 1 + np.flatnonzero(((sides >= least) & (sides <= most)).all(axis=1)):
        left, top, wide, high, area = (int(value) for value in stats[label])
        x, y = centres[label]
        disc = math.pi / 4 * wide * high
        if abs(wide - high) > max(1.0, ROUND * wide) or abs(area - disc) > ROUND * disc:
            continue
        # From the edge of the page nearest to it up to the hole, and around the hole, there is bare paper.
        to_edge, beyond = min(
            (
                (x, labels[top : top + high, :left]),
                (y, labels[:top, left : left + wide]),
                (width - x, labels[top : top + high, left + wide :]),
                (height - y, labels[top + high :, left : left + wide]),
            ),
            key=lambda side: float(side[0]),
        )
        clear = math.ceil(HOLE_CLEARANCE * millimetre)
        near = labels[max(0, top - clear) : top + high + clear, max(0, left - clear) : left + wide + clear]
        bare = not beyond.any() and np.count_nonzero(near) == area
        if to_edge <= HOLE_MARGIN * millimetre and bare:
            holes.append(int(label))
    if len(holes) <= MOST_HOLES:
        found[np.isin(labels, holes)] = 255
    return found
