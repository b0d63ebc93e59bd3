"""The outlines and names of an embedded font program's glyphs, inside the worker process."""

from __future__ import annotations

import io
from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

from fontTools.pens.basePen import BasePen

# fontTools has no types worth the name for what is read here.
tt_lib: Any = import_module("fontTools.ttLib")
cff_lib: Any = import_module("fontTools.cffLib")

MAX_POINTS = 4000
"""Points of one outline. The most ornate Thai letter has 300."""

MAX_PARTS = 8
"""Parts of a composite glyph that are looked at."""

EM = 1000
"""Outlines and advances are given in thousandths of the font size."""

CURVE_STEPS = 4
"""Straight pieces that a curve is cut into: at letter size that is finer than a pixel."""

Handle: TypeAlias = Any
Outline: TypeAlias = list[list[tuple[int, int]]]


class TooManyPoints(Exception):
    """An outline that no letter has."""


class FontProgram:
    """A TrueType, OpenType or bare CFF font program.

    Raises (on creation):
        Exception: whatever fontTools raises on a damaged one.
    """

    def __init__(self, data: bytes) -> None:
        self._font: Any = None
        self._cff: Any = None
        if data[:4] in (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"):
            self._font = tt_lib.TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
            self._order: list[str] = self._font.getGlyphOrder()
            self._set: Any = self._font.getGlyphSet()
            self._scale = EM / max(1, self._font["head"].unitsPerEm)
        else:
            fonts = cff_lib.CFFFontSet()
            fonts.decompile(io.BytesIO(data), None)
            self._cff = fonts[0]
            self._order = list(self._cff.charset)
            self._set = self._cff.CharStrings
            self._scale = EM * float(self._cff.FontMatrix[0])
        self._index = {name: number for number, name in enumerate(self._order)}
        self._tables = self._character_maps()
        self._letters = self._letters_of_glyphs()

    def by_number(self, number: int) -> str | None:
        """The glyph of that number (a TrueType glyph id, or a CID of a CID-keyed CFF)."""
        if self._cff is not None and f"cid{number:05}" in self._index:
            return f"cid{number:05}"
        return self._order[number] if 0 <= number < len(self._order) else None

    def by_code(self, code: int, letter: str | None, name: str | None) -> str | None:
        """The glyph that a one-byte code stands for, by the rules for simple fonts."""
        if name is not None and name in self._index:
            return name
        if letter and len(letter) == 1:
            for (platform, encoding), table in self._tables.items():
                if (platform, encoding) != (3, 0) and platform in (0, 3) and ord(letter) in table:
                    return table[ord(letter)]
        for key in ((3, 0), (1, 0)):
            table = self._tables.get(key, {})
            for value in (code, 0xF000 + code):
                if value in table:
                    return table[value]
        if self._cff is not None:
            built_in: Any = getattr(self._cff, "Encoding", None)
            if isinstance(built_in, list) and code < len(built_in) and built_in[code] != ".notdef":
                return str(built_in[code])
        return None

    def number(self, glyph: str) -> int:
        """The glyph's number in the font's order."""
        return self._index[glyph]

    def letters(self, glyph: str) -> str:
        """The letters for which the font's own Unicode maps give that glyph, in code point order."""
        return "".join(chr(value) for value in sorted(self._letters.get(glyph, ())))

    def outline(self, glyph: str) -> Outline:
        """The glyph's contours as closed polygons; empty for a blank.

        Raises:
            TooManyPoints: no letter has so many.
        """
        pen = _Polygons(self._set, self._scale)
        self._set[glyph].draw(pen)
        return pen.contours

    def parts(self, glyph: str) -> list[int]:
        """The numbers of the glyphs that a TrueType glyph is put together from; empty for one drawn whole."""
        if self._font is None or "glyf" not in self._font:
            return []
        found = self._font["glyf"][glyph]
        if not found.isComposite():
            return []
        return [self._index[part.glyphName] for part in found.components[:MAX_PARTS]]

    def _character_maps(self) -> dict[tuple[int, int], Mapping[int, str]]:
        if self._font is None or "cmap" not in self._font:
            return {}
        return {(t.platformID, t.platEncID): t.cmap for t in self._font["cmap"].tables if t.isUnicode() or
                (t.platformID, t.platEncID) in ((3, 0), (1, 0))}  # fmt: skip

    def _letters_of_glyphs(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for (platform, encoding), table in self._tables.items():
            if platform == 1 or (platform, encoding) == (3, 0):
                continue
            for value, name in table.items():
                found.setdefault(name, set()).add(value)
        return found


class _Polygons(BasePen):  # type: ignore[misc]
    """Flattens an outline into polygons of whole thousandths of an em."""

    def __init__(self, glyphs: Handle, scale: float) -> None:
        super().__init__(glyphs)
        self._scale = scale
        self._points = 0
        self.contours: Outline = []

    def _add(self, point: tuple[float, float]) -> None:
        self._points += 1
        if self._points > MAX_POINTS:
            raise TooManyPoints
        x, y = (max(-32000, min(32000, round(value * self._scale))) for value in point)
        self.contours[-1].append((x, y))

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.contours.append([])
        self._add(pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        if not self.contours:
            self.contours.append([])
        self._add(pt)

    def _curveToOne(  # noqa: N802 - fontTools' name
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        start = self._getCurrentPoint() or pt1
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            x, y = (
                sum(w * p[axis] for w, p in zip(weights, (start, pt1, pt2, pt3), strict=True))
                for axis in (0, 1)
            )
            self._lineTo((x, y))
