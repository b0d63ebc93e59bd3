"""Where a place of the page image lies in the upright image that was read, and back.

A sheet in a photograph is rectified, a page image is turned by quarter turns and then straightened by a small angle
(`model.page.Preparation`). All of it is described here without any imaging library, so that a report can cut crops
from the straightened page and draw boxes on it with the very mapping the reader used. Lengths are pixels; a point is
continuous, with the corner of the first pixel at (0, 0) and its centre at (0.5, 0.5).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from model.box import Box
from model.page import Point, Preparation, Rectification

_STEPS = 12
_CLOSE = 1e-3  # pixels of the page image


@dataclass(frozen=True, slots=True)
class Affine:
    """The map (x, y) -> (a x + b y + c, d x + e y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Where the point (x, y) comes to lie."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def after(self, first: Affine) -> Affine:
        """The map that does `first` and then this one."""
        x, y = self(first.c, first.f)
        return Affine(
            self.a * first.a + self.b * first.d, self.a * first.b + self.b * first.e, x,
            self.d * first.a + self.e * first.d, self.d * first.b + self.e * first.e, y,
        )  # fmt: skip


def upright_size(preparation: Preparation, width: int, height: int) -> tuple[int, int]:
    """Width and height of the upright image of a page image of `width` by `height` pixels."""
    flat = preparation.rectification
    if flat is not None:
        width, height = flat.width, flat.height
    return (height, width) if preparation.quarter_turns % 2 else (width, height)


def straightening(skew: float, width: int, height: int) -> Affine:
    """The turn by `skew` degrees clockwise around the centre of an image of `width` by `height` pixels."""
    angle = math.radians(skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = width / 2, height / 2
    return Affine(cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y)


def from_upright(preparation: Preparation, width: int, height: int) -> Affine:
    """Where a point of the upright image lies in the page image of `width` by `height` pixels.

    Of a sheet in a photograph, which no affine map makes flat, as its corners at the top and at the left say.
    """
    upright_width, upright_height = upright_size(preparation, width, height)
    found = straightening(-preparation.skew, upright_width, upright_height)
    for _ in range(preparation.quarter_turns % 4):
        # The image that was turned clockwise into this one was as high as this one is wide.
        found = Affine(0, 1, 0, -1, 0, upright_width).after(found)
        upright_width, upright_height = upright_height, upright_width
    flat = preparation.rectification
    if flat is None:
        return found
    x, y = unrectified(flat, 0, 0)
    right_x, right_y = unrectified(flat, flat.width, 0)
    low_x, low_y = unrectified(flat, 0, flat.height)
    across, down = flat.width, flat.height
    sheet = Affine(
        (right_x - x) / across, (low_x - x) / down, x, (right_y - y) / across, (low_y - y) / down, y
    )
    return sheet.after(found)


def to_upright(box: Box, preparation: Preparation, width: int, height: int) -> Box:
    """A box of the page image in the frame of the upright image.

    `width` and `height` are those of the page image. Exact for quarter turns; where the page was rectified or
    straightened too, the smallest box around the turned one, cut at the image's edges.
    """
    flat = preparation.rectification
    if flat is not None:
        width, height = flat.width, flat.height
        box = _around(box, lambda x, y: rectified(flat, x, y), width, height)
    turned = _turn(box, preparation.quarter_turns, width, height)
    if not preparation.skew:
        return turned
    if preparation.quarter_turns % 2:
        width, height = height, width
    return _around(turned, straightening(preparation.skew, width, height), width, height)


def to_page(box: Box, preparation: Preparation, width: int, height: int) -> Box:
    """A box of the upright image in the frame of the page image of `width` by `height` pixels.

    The inverse of `to_upright` for quarter turns; with a rectification or a skew, the smallest box around the turned
    one.
    """
    upright_width, upright_height = upright_size(preparation, width, height)
    if preparation.skew:
        back = straightening(-preparation.skew, upright_width, upright_height)
        box = _around(box, back, upright_width, upright_height)
    box = _turn(box, -preparation.quarter_turns, upright_width, upright_height)
    flat = preparation.rectification
    return box if flat is None else _around(box, lambda x, y: unrectified(flat, x, y), width, height)


def unrectified(flat: Rectification, x: float, y: float) -> Point:
    """Where a point of a rectified image lies in the page image."""
    return _at(flat, x / flat.width * (len(flat.nodes[0]) - 1), y / flat.height * (len(flat.nodes) - 1))[0]


def rectified(flat: Rectification, x: float, y: float) -> Point:
    """Where a point of the page image lies in the rectified image; outside it where it does not lie on the sheet."""
    columns, rows = len(flat.nodes[0]) - 1, len(flat.nodes) - 1
    u, v = columns / 2, rows / 2
    for _ in range(_STEPS):
        (at_x, at_y), (a, d), (b, e) = _at(flat, u, v)
        off_x, off_y = x - at_x, y - at_y
        area = a * e - b * d
        if abs(off_x) + abs(off_y) < _CLOSE or area == 0:
            break
        # No further than a sheet's size beyond its edges: there the grid says little.
        u = min(max(u + (e * off_x - b * off_y) / area, -columns), 2 * columns)
        v = min(max(v + (a * off_y - d * off_x) / area, -rows), 2 * rows)
    return u / columns * flat.width, v / rows * flat.height


def _at(flat: Rectification, u: float, v: float) -> tuple[Point, Point, Point]:
    """The point of the page image at grid coordinates, and how it moves with each of them."""
    column = min(max(int(u), 0), len(flat.nodes[0]) - 2)
    row = min(max(int(v), 0), len(flat.nodes) - 2)
    u, v = u - column, v - row
    upper, lower = flat.nodes[row], flat.nodes[row + 1]
    (ax, ay), (bx, by) = upper[column], upper[column + 1]
    (cx, cy), (dx, dy) = lower[column], lower[column + 1]
    left_x, left_y = ax + v * (cx - ax), ay + v * (cy - ay)
    right_x, right_y = bx + v * (dx - bx), by + v * (dy - by)
    across = right_x - left_x, right_y - left_y
    down = (1 - u) * (cx - ax) + u * (dx - bx), (1 - u) * (cy - ay) + u * (dy - by)
    return (left_x + u * across[0], left_y + u * across[1]), across, down


def _turn(box: Box, quarter_turns: int, width: int, height: int) -> Box:
    """The box after so many quarter turns clockwise of an image of `width` by `height` pixels."""
    for _ in range(quarter_turns % 4):
        box = Box(height - box.bottom, box.left, height - box.top, box.right)
        width, height = height, width
    return box


def _around(box: Box, place: Callable[[float, float], Point], width: int, height: int) -> Box:
    corners = [place(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    left, right = _outwards([x for x, _ in corners], width)
    top, bottom = _outwards([y for _, y in corners], height)
    return Box(left, top, right, bottom)


def _outwards(values: list[float], size: int) -> tuple[int, int]:
    # Rounding error must not widen a box by a pixel.
    low, high = math.floor(min(values) + 1e-6), math.ceil(max(values) - 1e-6)
    low = min(max(low, 0), size)
    return low, min(max(high, low), size)
