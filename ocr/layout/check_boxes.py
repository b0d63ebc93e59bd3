"""Check boxes: small squares drawn with straight lines, empty or with something in them."""

from __future__ import annotations

from bisect import bisect_right

import cv2
import numpy as np
from numpy.typing import NDArray

from model.region import CheckState, Region, RegionKind
from ocr.image.scale import in_image

STRAIGHT = 0.6
"""In letter heights: strokes of a box are straight for so long at least."""

SIDE = (1.1, 2.6)
"""In letter heights: the least and the largest side of a check box, its lines included."""

SQUARE = 1.3
"""How many times longer than the other one of its sides may be."""

MISS = 0.4
"""In letter heights: by how much the upper and the lower line may differ at their ends, where a tick goes on."""

DRAWN = 0.85
"""Share of the upright sides that must be ink."""

PAPER = 0.25
"""Share of the inside that must be paper."""

AROUND = 0.6
RING = 3
"""Share of the line so many thumbnail pixels outside each side that must be paper: a tick may leave the box, and the
rules of a table go on at its corners."""

LINE = 0.26
"""Share of a box's side that its lines may take on each side of it; what is further in is inside."""

MARKED = 0.05
"""Share of a box's inside that is ink when something is in it."""

POINT, CORNERS = 0.12, 3
"""Share of a box's side, from a corner, within which there is ink, and in how many corners: that of a ring is further
in."""

CORNER = 0.08
"""Share of a corner, a third of the inside each way, that is ink when a stroke ends there: in a cross all four."""

Mask = NDArray[np.uint8]
Edges = tuple[int, int, int, int]


def find_check_boxes(mask: Mask, letter_height: float, scale: float) -> tuple[Region, ...]:
    """The check boxes of an upright page, from the top, with their state; boxes in pixels of the image.

    `mask` is the ink of its thumbnail, `letter_height` in the thumbnail's pixels, `scale` the thumbnail's pixels per
    image pixel.
    """
    found: list[Edges] = []
    for edges in _squares(mask, letter_height):
        apart = all(edges[0] >= other[2] or edges[1] >= other[3] or edges[2] <= other[0] for other in found)
        if apart and _is_box(mask, edges):
            found.append(edges)
    return tuple(
        Region(RegionKind.CHECK_BOX, in_image(edges, scale), state=_state(mask, edges))
        for edges in sorted(found, key=lambda edges: (edges[1], edges[0]))
    )


def _squares(mask: Mask, letter_height: float) -> list[Edges]:
    """Left, top, right, bottom of every two level strokes that are as far apart as they are long, from the top."""
    length = max(5, int(STRAIGHT * letter_height))
    flat = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    contours, _ = cv2.findContours(flat, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least, most, miss = (share * letter_height for share in (*SIDE, MISS))
    strokes = sorted(
        (y, x, x + wide, y + high)
        for x, y, wide, high in map(cv2.boundingRect, contours)
        if least - miss <= wide <= most + miss
    )
    beginning: dict[int, list[int]] = {}  # strokes by where they begin, so that not all are held against all
    column = max(1, int(miss) + 1)
    for number, stroke in enumerate(strokes):
        beginning.setdefault(stroke[1] // column, []).append(number)
    found = []
    for number, (top, left, right, _) in enumerate(strokes):
        below: list[int] = []
        for step in (-1, 0, 1):
            numbers = beginning.get(left // column + step, [])
            for other in numbers[bisect_right(numbers, number) :]:
                if strokes[other][0] - top > most:
                    break
                below.append(other)
        for _, start, end, foot in (strokes[other] for other in sorted(below)):
            alike = abs(start - left) <= miss and abs(end - right) <= miss
            sides = sorted((min(right, end) - max(left, start), foot - top))
            if alike and least <= sides[0] and sides[1] <= min(most, SQUARE * sides[0] + 1):
                found.append((max(left, start), top, min(right, end), foot))
    return found


def _is_box(mask: Mask, edges: Edges) -> bool:
    """True when ink runs down both sides, the inside is paper for the most part, and so is what is around."""
    left, top, right, bottom = edges
    rows, columns = mask.shape
    if left < RING or top < RING or right + RING > columns or bottom + RING > rows:
        return False
    line = max(2, int(LINE * (right - left)))
    ink = mask > 0
    sides = (
        ink[top:bottom, left - 1 : left + line].any(axis=1),
        ink[top:bottom, right - line : right + 1].any(axis=1),
    )
    if min(side.mean() for side in sides) < DRAWN:
        return False
    if ink[top + line : bottom - line, left + line : right - line].mean() > 1 - PAPER:
        return False
    if not _has_corners(ink[top:bottom, left:right]):
        return False
    beside = (
        ink[top:bottom, left - RING], ink[top:bottom, right + RING - 1],
        ink[top - RING, left:right], ink[bottom + RING - 1, left:right],
    )  # fmt: skip
    return all(side.mean() <= 1 - AROUND for side in beside)


def _has_corners(box: NDArray[np.bool_]) -> bool:
    """Whether three corners of a box are drawn at least: the loops of large letters have none."""
    high, wide = (max(2, round(POINT * side)) for side in box.shape)
    corners = (box[:high, :wide], box[:high, -wide:], box[-high:, :wide], box[-high:, -wide:])
    return sum(bool(corner.any()) for corner in corners) >= CORNERS


def _state(mask: Mask, edges: Edges) -> CheckState:
    left, top, right, bottom = edges
    line = max(2, int(LINE * (right - left)))
    inside = mask[top + line : bottom - line, left + line : right - line] > 0
    if inside.size == 0 or inside.mean() < MARKED:
        return CheckState.EMPTY
    high, wide = max(1, inside.shape[0] // 3), max(1, inside.shape[1] // 3)
    corners = (inside[:high, :wide], inside[:high, -wide:], inside[-high:, :wide], inside[-high:, -wide:])
    crossed = all(corner.mean() >= CORNER for corner in corners)
    return CheckState.CROSSED if crossed else CheckState.TICKED
