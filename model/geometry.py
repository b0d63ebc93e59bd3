"""Where a place of the page image lies in the upright image that was read, and back.

A page image is turned by quarter turns and then straightened by a small angle (`model.page.Preparation`).
Both are described here without any imaging library, so that a report can cut crops from the straightened
page and draw boxes on it with the very mapping the reader used. Lengths are pixels; a point is continuous,
with the corner of the first pixel at (0, 0) and its centre at (0.5, 0.5).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.page import Box, Preparation


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
    return (height, width) if preparation.quarter_turns % 2 else (width, height)


def straightening(skew: float, width: int, height: int) -> Affine:
    """The turn by `skew` degrees clockwise around the centre of an image of `width` by `height` pixels."""
    angle = math.radians(skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = width / 2, height / 2
    return Affine(cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y)


def from_upright(preparation: Preparation, width: int, height: int) -> Affine:
    """Where a point of the upright image lies in the page image of `width` by `height` pixels."""
    upright_width, upright_height = upright_size(preparation, width, height)
    found = straightening(-preparation.skew, upright_width, upright_height)
    for _ in range(preparation.quarter_turns % 4):
        # The image that was turned clockwise into this one was as high as this one is wide.
        found = Affine(0, 1, 0, -1, 0, upright_width).after(found)
        upright_width, upright_height = upright_height, upright_width
    return found


def to_upright(box: Box, preparation: Preparation, width: int, height: int) -> Box:
    """A box of the page image in the frame of the upright image.

    `width` and `height` are those of the page image. Exact for quarter turns; where the page was straightened
    too, the smallest box around the turned one, cut at the image's edges.
    """
    turned = _turn(box, preparation.quarter_turns, width, height)
    if not preparation.skew:
        return turned
    width, height = upright_size(preparation, width, height)
    return _around(turned, straightening(preparation.skew, width, height), width, height)


def to_page(box: Box, preparation: Preparation, width: int, height: int) -> Box:
    """A box of the upright image in the frame of the page image of `width` by `height` pixels.

    The inverse of `to_upright` for quarter turns; with a skew, the smallest box around the turned one.
    """
    upright_width, upright_height = upright_size(preparation, width, height)
    if preparation.skew:
        back = straightening(-preparation.skew, upright_width, upright_height)
        box = _around(box, back, upright_width, upright_height)
    return _turn(box, -preparation.quarter_turns, upright_width, upright_height)


def _turn(box: Box, quarter_turns: int, width: int, height: int) -> Box:
    """The box after so many quarter turns clockwise of an image of `width` by `height` pixels."""
    for _ in range(quarter_turns % 4):
        box = Box(height - box.bottom, box.left, height - box.top, box.right)
        width, height = height, width
    return box


def _around(box: Box, affine: Affine, width: int, height: int) -> Box:
    corners = [affine(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    left, right = _outwards([x for x, _ in corners], width)
    top, bottom = _outwards([y for _, y in corners], height)
    return Box(left, top, right, bottom)


def _outwards(values: list[float], size: int) -> tuple[int, int]:
    # Rounding error must not widen a box by a pixel.
    low, high = math.floor(min(values) + 1e-6), math.ceil(max(values) - 1e-6)
    low = min(max(low, 0), size)
    return low, min(max(high, low), size)
