"""Watermarks on scans: large even grey letters across a page's text, lifted to the paper they lie on.

A watermark has one grey level clearly between paper and ink, strokes several times as broad as those of letters, sharp
edges, and print across it. Large grey letters without print on them are a heading and are left, as are shaded cells,
shapes, photographs and shadows. Pixels are those of the page's thumbnail unless said otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around
from ocr.image.components import Components, components
from ocr.image.quality import Survey
from ocr.image.scale import in_image
from ocr.image.shades import Counts, level_below

BETWEEN = (0.3, 0.9)
"""Of the way from the page's ink to its paper: where a watermark's grey lies."""

SPREAD = 4
"""Grey levels to either side that count as the same grey when the page's greys are counted."""

COMMON = 0.004
"""Share of the page's pixels that have a watermark's grey at least."""

LEAST = 0.0005
"""Share of the page in which that grey is as broad as a watermark's stroke, at least."""

PEAK = 1.7
"""How many times more common it is than the greys a little darker and a little lighter, as halftones and shadows have
them."""

SAME = (14, 0.45)
"""How far pixels of one grey may be from it: grey levels, and of the way to the paper."""

BROAD = 0.4
"""In letter heights: strokes are at least so broad, three times those of letters."""

BROADEST = 4.0
"""In letter heights: what is broader is an area, no stroke."""

LARGE = (1.5, 3.5)
"""In letter heights: the longer side of each piece of a watermark, and of its largest one, at least."""

LONG = 2.5
"""Squares of a stroke's own breadth that a piece with strokes fills at least."""

GREY = 0.4
"""Share of a piece that has the watermark's grey itself, at least: print across it takes the rest."""

SOLID = 0.8
"""Share of its hull that a piece takes from which on it is no letter by itself: a shape or a shaded cell."""

LEVEL = (0.85, 5.0)
"""Share of an outline that runs level or upright, within so many degrees, from which on a piece is a shaded part of a
table."""

SHARP = 0.75
"""Share of what is around a piece, print left out, that is as light as paper: shadows have none of this."""

CROSSED = 0.01
"""Share of a watermark that is print across it, at least."""

RIM = 3
"""Pixels around a watermark's pieces in which their soft edge lies."""

STROKE = 0.3
"""In letter heights: letters' strokes are narrower, so that the ground under them can be told from beside them."""

FAINTER = 0.1
"""Of the way from ink to paper: how much fainter than elsewhere ink under a watermark is, if it is."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Watermark:
    """A watermark of an image: the box around it, and how many pixels its strokes take."""

    box: Box
    area: int


@dataclass(frozen=True, slots=True)
class PageWatermarks:
    """The watermarks of a page, boxes and areas in pixels of its image; `mask` is 255 on their strokes in the
    thumbnail, `ink`, `level` and `paper` the grey levels of the page's print, of the watermarks and of the paper."""

    marks: tuple[Watermark, ...]
    mask: Grey
    ink: int
    level: int
    paper: int


def watermarks(seen: Survey) -> PageWatermarks | None:
    """The watermarks of a page; None where it has none, which takes a look at the counts of its greys on most pages."""
    size = seen.pieces.letter_height
    counts = seen.thumbnail.shades
    ink, paper = level_below(counts, 0.01), level_below(counts, 0.6)
    level = _level(counts, ink, paper)
    if level is None or size <= 0:
        return None
    same = round(min(SAME[0], SAME[1] * (paper - level)))
    across = max(3, round(BROAD * size)) | 1
    if not _is_broad(seen.small, level, same, across):
        return None
    small = np.asarray(cv2.GaussianBlur(seen.small, (3, 3), 0), np.uint8)
    strokes = (small <= level + same).astype(np.uint8) * np.uint8(255)
    disc = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)), np.uint8)
    strokes = np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_OPEN, disc), np.uint8)
    page = _Strokes(small, components(strokes), size, level, same, paper)
    chosen = _pieces(page)
    if not chosen.any():
        return None
    mask = page.found.mask_of(chosen)
    print_across = small[mask > 0] < (ink + level) / 2
    if float(print_across.mean()) < CROSSED:
        return None
    return PageWatermarks(
        _marks(page, chosen, seen.scale), _with_corners(page, mask, disc), ink, level, paper
    )


def _is_broad(small: Grey, level: int, same: int, across: int) -> bool:
    """A quick look, at half the size, whether a grey has places as broad as a stroke, of `across` pixels."""
    half = cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    alike = cv2.inRange(half, np.array(level - same), np.array(level + same))
    # The square within the disc that a stroke is opened with.
    side = max(2, int(across * math.sqrt(0.5) / 2))
    inner = cv2.erode(alike, np.ones((side, side), np.uint8))
    return cv2.countNonZero(inner) >= LEAST * half.size


def _with_corners(page: _Strokes, mask: Grey, disc: Grey) -> Grey:
    """The strokes with their corners, which are narrower than a stroke is broad."""
    alike = (np.abs(page.small.astype(np.int16) - page.level) <= page.same).astype(np.uint8) * np.uint8(255)
    alike = np.asarray(cv2.morphologyEx(alike, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    return mask | (alike & np.asarray(cv2.dilate(mask, disc), np.uint8))


def _level(counts: Counts, ink: int, paper: int) -> int | None:
    """The grey between ink and paper that stands out of the page's greys; None where none does."""
    alike = np.convolve(counts, np.ones(2 * SPREAD + 1), "same") / counts.sum()
    first, last = (round(ink + part * (paper - ink)) for part in BETWEEN)
    if last - first < 2 * SPREAD:
        return None
    level = first + int(alike[first : last + 1].argmax())
    around = np.arange(level - SPREAD, level + SPREAD + 1).clip(0, 255)
    level = round(float(np.average(around, weights=counts[around] + 1e-9)))
    beside = [alike[min(max(level + step, 0), 255)] for step in (-4 * SPREAD, 4 * SPREAD)]
    # Beside a light watermark the paper's own grey begins.
    if level + 4 * SPREAD > last:
        beside[1] = alike[level : paper + 1].min()
    return level if alike[level] >= max(COMMON, PEAK * max(beside)) else None


@dataclass(frozen=True, slots=True)
class _Strokes:
    """A page's smoothed thumbnail, what on it is broad and not lighter than a grey level, and that level."""

    small: Grey
    found: Components
    size: float
    level: int
    same: int
    paper: int


def _pieces(page: _Strokes) -> NDArray[np.bool_]:
    """Which components are strokes of a watermark: those that are told by themselves, and those between them."""
    found, size = page.found, page.size
    longer = np.maximum(found.widths, found.heights)
    strokes, letters = np.zeros((2, len(longer)), np.bool_)
    for number in np.flatnonzero(longer >= LARGE[0] * size).tolist():
        strokes[number] = _is_stroke(page, number)
        letters[number] = strokes[number] and _is_letter(page, number)
    if not letters.any() or longer[letters].max() < LARGE[1] * size:
        return np.zeros(len(longer), np.bool_)
    reach = float(np.median(longer[letters]))
    left, top = found.edges[letters, :2].min(axis=0) - reach
    right, bottom = found.edges[letters, 2:].max(axis=0) + reach
    x, y = (found.edges[:, 0] + found.edges[:, 2]) / 2, (found.edges[:, 1] + found.edges[:, 3]) / 2
    return np.asarray(strokes & (x >= left) & (x <= right) & (y >= top) & (y <= bottom), np.bool_)


def _is_stroke(page: _Strokes, number: int) -> bool:
    """Whether a piece is of the watermark's grey, no broader than strokes, and has sharp edges to the paper."""
    left, top, right, bottom = (int(edge) for edge in page.found.edges[number])
    own = cv2.copyMakeBorder(page.found.ink_in(number), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    if 2 * float(cv2.distanceTransform(own, cv2.DIST_L2, 3).max()) > BROADEST * page.size:
        return False
    inside = page.small[top:bottom, left:right][own[1:-1, 1:-1] > 0].astype(np.int16)
    if float(np.mean(np.abs(inside - page.level) <= page.same)) < GREY:
        return False
    margin = 2 * RIM
    area = slice(max(0, top - margin), bottom + margin), slice(max(0, left - margin), right + margin)
    labels = page.found.labels[area]
    own = (labels == number + 1).astype(np.uint8)
    near, far = (cv2.dilate(own, np.ones((2 * by + 1, 2 * by + 1), np.uint8)) for by in (RIM, margin))
    around = page.small[area][(far > near) & (labels == 0)]
    bare = around[around >= page.level - page.same]
    return len(bare) > 0 and float(np.mean(bare > (page.level + page.paper) / 2)) >= SHARP


def _is_letter(page: _Strokes, number: int) -> bool:
    """Whether a stroke is shaped as letters are: no bar, no shape, no part of a table."""
    own = cv2.copyMakeBorder(page.found.ink_in(number), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    breadth = 2 * float(cv2.distanceTransform(own, cv2.DIST_L2, 3).max())
    outlines, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    area = float(page.found.areas[number])
    if area < LONG * breadth**2 or area > SOLID * cv2.contourArea(cv2.convexHull(outline)):
        return False
    corners = cv2.approxPolyDP(outline, 1.5, closed=True)[:, 0, :].astype(np.float64)
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    off = np.minimum(np.abs(sides[:, 0]), np.abs(sides[:, 1]))
    level = off <= math.tan(math.radians(LEVEL[1])) * lengths
    return float(lengths[level].sum()) < LEVEL[0] * float(lengths.sum())


def _marks(page: _Strokes, chosen: NDArray[np.bool_], scale: float) -> tuple[Watermark, ...]:
    """The chosen pieces, those no further apart than they are large as one watermark, in pixels of the image."""
    numbers = np.flatnonzero(chosen)
    edges = page.found.edges[numbers]
    reach = float(np.median(np.maximum(page.found.widths, page.found.heights)[numbers])) / 2
    group = np.arange(len(numbers))
    for one, (left, top, right, bottom) in enumerate(edges + np.array([-reach, -reach, reach, reach])):
        apart = (edges[:, 0] - reach > right) | (edges[:, 2] + reach < left)
        apart |= (edges[:, 1] - reach > bottom) | (edges[:, 3] + reach < top)
        group[np.isin(group, group[~apart])] = group[one]
    marks = []
    for name in np.unique(group).tolist():
        own = group == name
        boxes = [in_image(row, scale) for row in edges[own].tolist()]
        box = box_around(boxes)
        assert box is not None
        marks.append(Watermark(box, round(float(page.found.areas[numbers[own]].sum()) / scale**2)))
    return tuple(sorted(marks, key=lambda mark: (mark.box.top, mark.box.left)))


def without_watermarks(image: Grey, found: PageWatermarks, letter_height: float) -> Grey:
    """The image with the watermarks as light as its paper, and print on them as dark as it was beside them.

    `letter_height` is in pixels of the image. What is as dark as the page's ink stays so.
    """
    height, width = image.shape
    rim = cv2.dilate(found.mask, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8))
    around = cv2.resize(rim, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    core = cv2.resize(cv2.erode(found.mask, np.ones((3, 3), np.uint8)), (width, height)) == 255
    size = 2 * round(STROKE * letter_height / 2) + 1
    kernel = np.ones((size, size), np.uint8)
    ground = np.asarray(cv2.morphologyEx(image, cv2.MORPH_CLOSE, kernel), np.float32)
    inside = image[core]
    if len(inside):
        # The closing takes the lightest of the paper's grain for its grey.
        ground -= max(0.0, float(np.median(ground[core])) - found.level)
    ground = np.where(core, np.float32(found.level), ground.clip(found.level, found.paper))
    ink, level, paper = float(found.ink), float(found.level), float(found.paper)
    dark = inside[inside < (ink + level) / 2]
    fainter = max(0.0, float(np.percentile(dark, 10)) - ink) if len(dark) else 0.0
    if fainter < FAINTER * (paper - ink):
        fainter = 0.0
    darkest = ink + fainter * (paper - ground) / (paper - level)
    lifted = ink + (image - darkest) * ((paper - ink) / np.maximum(ground - darkest, 1.0))
    # What is darker than ink is left as it is.
    lifted = np.where(image <= ink, image, lifted).clip(0, 255)
    return np.where(around, lifted.round(), image).astype(np.uint8)
