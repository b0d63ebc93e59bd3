"""Where glyphs are drawn: each as a letter with its place along and across its line."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from model.box import Box
from ocr.text_layer.glyphs import Drawn, FontGlyph, GlyphPage
from ocr.text_layer.mapping import ABOVE, BELOW, Meaning

SAME_PLACE = 0.08
"""In ems: a letter drawn again so near is the same letter made bold by drawing it twice."""

UPRIGHT = 5.0
"""Degrees by which a line of text may slant and still run along a side of the page."""

SLANTS = 10.0
"""Degrees: text across the page is told apart by its direction in steps of these."""

MIDDLE = 0.25
HANGS = 0.5
"""In ems: how high over the baseline the middle of a sign is, and how far off it shows that it hangs elsewhere."""

MARKS = ABOVE | BELOW

Quad = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PlacedCharacter:
    """A letter where it is drawn. `box`: its ink in points from the top left of the page, None for what has none.

    `at`, `end`: where its cell begins and ends along its line, points; `base`: its baseline across the line;
    `left`, `right`: its ink along the line; `size`: its em in points; `glyph`: which of the page's glyphs it is, None
    for what is drawn otherwise.
    """

    text: str
    box: Quad | None
    at: float
    end: float
    base: float
    left: float
    right: float
    size: float
    glyph: int | None


def placed(
    glyph: FontGlyph, drawn: Drawn, number: int, meanings: Sequence[dict[int, Meaning]]
) -> list[PlacedCharacter]:
    """The glyph as a letter, two marks in one glyph as two; none for what draws nothing: spaces are found by gaps."""
    text = meanings[drawn.font][drawn.code].text
    size = math.hypot(*drawn.up)
    if not text or text.isspace() or size <= 0:
        return []
    box = _ink(glyph, drawn)
    turned = direction(drawn)
    at, base = along(turned, drawn.x, drawn.y)
    end, _ = along(turned, *_point(drawn, glyph.advance, 0.0))
    left, right = at, end
    if box is not None:
        corners = [along(turned, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        left, right = min(corner[0] for corner in corners), max(corner[0] for corner in corners)
        middle = (min(corner[1] for corner in corners) + max(corner[1] for corner in corners)) / 2
        if not text[0].isalnum() and text not in MARKS and abs(base - MIDDLE * size - middle) > HANGS * size:
            base = middle + MIDDLE * size  # roots and large brackets hang from their origin
    pieces = text if all(piece in MARKS for piece in text) else [text]
    return [
        PlacedCharacter(piece, box, at, max(at, end), base, left, right, size, number) for piece in pieces
    ]


def once(letters: Sequence[PlacedCharacter]) -> list[PlacedCharacter]:
    """The letters, leaving out those drawn again on the same place."""
    kept: list[PlacedCharacter] = []
    seen: dict[tuple[str, int, int], list[PlacedCharacter]] = defaultdict(list)
    for letter in letters:
        cell = max(1.0, letter.size)
        column, row = int(letter.at / cell), int(letter.base / cell)
        near = [
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in seen[letter.text, column + across, row + down]
        ]
        if any(
            math.hypot(letter.at - other.at, letter.base - other.base) < SAME_PLACE * letter.size
            for other in near
        ):
            continue
        seen[letter.text, column, row].append(letter)
        kept.append(letter)
    return kept


def direction(drawn: Drawn) -> float:
    """In degrees clockwise: 0 for text that runs to the right, 90 downwards; slanting text in steps of `SLANTS`."""
    angle = math.degrees(math.atan2(drawn.across[1], drawn.across[0])) % 360
    side = round(angle / 90) * 90
    return float(side % 360 if abs(angle - side) <= UPRIGHT else round(angle / SLANTS) * SLANTS % 360)


def along(turned: float, x: float, y: float) -> tuple[float, float]:
    """A point of the page along and across (downwards) text that runs in that direction."""
    if turned % 90 == 0:
        return ((x, y), (y, -x), (-x, -y), (-y, x))[int(turned / 90)]
    cosine, sine = math.cos(math.radians(turned)), math.sin(math.radians(turned))
    return x * cosine + y * sine, y * cosine - x * sine


def around(one: Quad | None, other: Quad | None) -> Quad | None:
    """The smallest box around both, either of which may be unknown."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _ink(glyph: FontGlyph, drawn: Drawn) -> Quad | None:
    """The glyph's ink on the page; its cell up to letter height where the font's outlines are not known."""
    if glyph.outline is None:
        left, bottom, right, top = 0.0, 0.0, glyph.advance, 700.0
    elif glyph.ink is None:
        return None
    else:
        left, bottom, right, top = map(float, glyph.ink)
    corners = [_point(drawn, x, y) for x in (left, right) for y in (bottom, top)]
    return (
        min(x for x, _ in corners), min(y for _, y in corners),
        max(x for x, _ in corners), max(y for _, y in corners),
    )  # fmt: skip


def _point(drawn: Drawn, x: float, y: float) -> tuple[float, float]:
    """A point of the glyph's em square, in thousandths, on the page."""
    return (
        drawn.x + (drawn.across[0] * x + drawn.up[0] * y) / 1000,
        drawn.y + (drawn.across[1] * x + drawn.up[1] * y) / 1000,
    )


def pixel_boxes(page: GlyphPage, quads: Sequence[Quad | None], width: int, height: int) -> list[Box | None]:
    """Boxes in points as boxes in pixels of a page image of that size, rounded outwards and cut at its edges."""
    across, down = width / page.width, height / page.height
    found: list[Box | None] = []
    for box in quads:
        if box is None:
            found.append(None)
            continue
        left = min(max(math.floor(box[0] * across), 0), width)
        top = min(max(math.floor(box[1] * down), 0), height)
        right = min(max(math.ceil(box[2] * across), left), width)
        bottom = min(max(math.ceil(box[3] * down), top), height)
        found.append(Box(left, top, right, bottom))
    return found
