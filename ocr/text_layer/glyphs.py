"""The glyphs of a page as plain data: what the worker process found in the file, checked."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, TypeAlias

INVISIBLE_MODES = (3, 7)
"""Text render modes that draw nothing: text laid_out under or over a scan."""

GlyphKey: TypeAlias = tuple[str, int, str | None]
"""A glyph of a document: the name of its font, its code, and what the character map says it is."""

_MOST = 1_000_000  # points; no page is larger
_KEPT = 2048  # glyphs that are taken in once, on however many pages of a document they come


@dataclass(frozen=True, slots=True)
class FontGlyph:
    """One glyph of a font, by the code with which the page draws it.

    `claim`: what the character map says it is, None where it says nothing. `own`: the characters for which the
    font program's own Unicode map gives it. `name`: the characters that its name stands for. `number`: its number
    in the font program. `advance` and `outline` in thousandths of the font size, y upwards; an empty outline
    is a blank, None an unknown one. `parts`: numbers of the glyphs that it is put together from.
    """

    code: int
    claim: str | None
    own: str
    name: str
    number: int | None
    advance: float
    outline: tuple[tuple[tuple[int, int], ...], ...] | None
    parts: tuple[int, ...]
    ink: tuple[int, int, int, int] | None
    """Left, bottom, right and top of the outline; None for a blank and where it is not known."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the page. `glyphs` by code."""

    name: str
    glyphs: Mapping[int, FontGlyph]

    def key(self, code: int) -> GlyphKey:
        """A name for one of its glyphs that holds on every page: fonts of one name may have other glyphs for a code."""
        return self.name, code, self.glyphs[code].claim


class ClusterPart(IntEnum):
    """In which part of a page a glyph stands: its own content, a field of a form, another annotation, a field that has
    a cell for each letter."""

    PAGE = 0
    FIELD = 1
    ANNOTATION = 2
    COMB = 3

    @property
    def is_field(self) -> bool:
        """True for both kinds of fields."""
        return self in (ClusterPart.FIELD, ClusterPart.COMB)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph where it is drawn, points from the top left of the page as shown, y downwards.

    `x`, `y`: its origin. `across` and `up`: the two sides of its em square as vectors. `hidden`: drawn
    invisibly. As `visibility` finds them: `shown`, the share of its strokes that is to be seen, 0 to 1; `contrast`, how
    clearly, 0 to 1 for black on white; `struck`, whether a rule goes through it; `inked`, whether there is ink of
    letters where it is not to be seen itself.
    """

    font: int
    code: int
    x: float
    y: float
    across: tuple[float, float]
    up: tuple[float, float]
    hidden: bool
    shown: float = 1.0
    contrast: float = 1.0
    struck: bool = False
    inked: bool = False
    part: ClusterPart = ClusterPart.PAGE

    @property
    def size(self) -> float:
        """The height of its em square in points."""
        return math.hypot(*self.up)


@dataclass(frozen=True, slots=True)
class GlyphPage:
    """All that a page draws as text. `images`: the boxes of its images, points as above."""

    width: float
    height: float
    images: tuple[tuple[float, float, float, float], ...]
    fonts: tuple[Font, ...]
    glyphs: tuple[Drawn, ...]

    def glyph(self, drawn: Drawn) -> FontGlyph:
        """The glyph that is drawn there."""
        return self.fonts[drawn.font].glyphs[drawn.code]


def glyph_page(data: Mapping[str, Any]) -> GlyphPage:
    """The worker's answer, checked.

    Raises:
        ValueError, KeyError, TypeError, OverflowError: it is no such answer.
    """
    width, height = _finite(data["width"]), _finite(data["height"])
    if width <= 0 or height <= 0:
        raise ValueError("a page without size")
    fonts = tuple(_font(font) for font in data["fonts"])
    glyphs = tuple(_drawn(row, fonts) for row in data["glyphs"])
    images = tuple(_four(box) for box in data["images"])
    return GlyphPage(width, height, images, fonts, glyphs)


def _font(data: Mapping[str, Any]) -> Font:
    glyphs = {int(code): _glyph(int(code), glyph) for code, glyph in data["glyphs"].items()}
    return Font(str(data["name"]), glyphs)


@lru_cache(maxsize=_KEPT)
def _glyph(code: int, facts: str) -> FontGlyph:
    data = json.loads(facts)
    outline = data["outline"]
    points = [(int(x), int(y)) for contour in outline or () for x, y in contour]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return FontGlyph(
        code=code,
        claim=None if data["claim"] is None else str(data["claim"]),
        own=str(data["own"]),
        name=str(data["name"]),
        number=None if data["number"] is None else int(data["number"]),
        advance=_finite(data["advance"]),
        outline=None
        if outline is None
        else tuple(tuple((int(x), int(y)) for x, y in contour) for contour in outline),
        parts=tuple(int(part) for part in data["parts"]),
        ink=(min(xs), min(ys), max(xs), max(ys)) if points else None,
    )


def _drawn(row: Sequence[Any], fonts: Sequence[Font]) -> Drawn:
    font, code, mode = int(row[0]), int(row[1]), int(row[8])
    if font < 0 or code not in fonts[font].glyphs:
        raise ValueError("a glyph that no font describes")
    x, y, ax, ay, ux, uy = (_finite(value) for value in row[2:8])
    return Drawn(font, code, x, y, (ax, ay), (ux, uy), mode in INVISIBLE_MODES, part=ClusterPart(int(row[9])))


def _four(box: Sequence[Any]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (_finite(value) for value in box)
    return left, top, right, bottom


def _finite(value: float | str) -> float:
    number = float(value)
    if not math.isfinite(number) or abs(number) > _MOST:
        raise ValueError("a number that no page has")
    return number
