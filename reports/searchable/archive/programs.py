"""The program of an embedded font: which glyphs it has, and how wide they are."""

from __future__ import annotations

import io
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont

_NONE = ".notdef"


@dataclass(frozen=True, slots=True)
class FontGlyphs:
    """A font's glyphs by their numbers, names and CIDs. `maps` are those of a TrueType font from codes to names, by
    platform and encoding; `names_by_code` is the encoding that a font brings along."""

    glyphs: tuple[str, ...]
    cids: Set[int]
    maps: Mapping[tuple[int, int], Mapping[int, str]]
    names_by_code: Mapping[int, str]
    source: Any
    units: float

    def glyph(self, number: int) -> str | None:
        """The glyph of that number; None for the one that stands for glyphs which are not there."""
        return self.glyphs[number] if 0 < number < len(self.glyphs) else None

    def glyph_named(self, name: str) -> str | None:
        """The glyph of that name."""
        return name if name != _NONE and name in self.glyphs else None

    def glyph_of_cid(self, cid: int) -> str | None:
        """The glyph of a character identifier."""
        name = f"cid{cid:05}"
        return self.glyph_named(name) if "cid00001" in self.glyphs or name in self.glyphs else self.glyph(cid)

    def width(self, glyph: str) -> float | None:
        """How wide a glyph is, in thousandths of the font's size; None where that cannot be read."""
        try:
            if isinstance(self.source, TTFont):
                return float(self.source["hmtx"][glyph][0]) * 1000 / self.units
            drawn = self.source[glyph]
            drawn.draw(NullPen())
            return float(drawn.width) * 1000 / self.units
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  tables are read as they are asked for, and a damaged one raises anything
            return None


def program_of(data: bytes) -> FontGlyphs | None:
    """The program of a TrueType, OpenType or CFF font; None where it is of another kind or damaged."""
    try:
        if data[:4] in (b"\0\1\0\0", b"true", b"OTTO"):
            return _true_type(data)
        return _compact(data) if data[:1] == b"\1" else None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a damaged font raises anything
        return None


def _true_type(data: bytes) -> FontGlyphs | None:
    font = TTFont(io.BytesIO(data), lazy=True)
    if "CFF " in font:
        return _compact(font.getTableData("CFF "))
    maps = (
        {(one.platformID, one.platEncID): one.cmap for one in font["cmap"].tables} if "cmap" in font else {}
    )
    order = tuple(font.getGlyphOrder())
    return FontGlyphs(order, frozenset(range(len(order))), maps, {}, font, float(font["head"].unitsPerEm))


def _compact(data: bytes) -> FontGlyphs | None:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    top = fonts[0]
    order = tuple(top.charset)
    by_cid = hasattr(top, "ROS")
    cids = (
        {int(one[3:]) if one.startswith("cid") else 0 for one in order} if by_cid else set(range(len(order)))
    )
    brought: dict[int, str] = {}
    if not by_cid:
        encoding = top.Encoding
        if isinstance(encoding, str):
            if encoding != "StandardEncoding":
                return None
            encoding = StandardEncoding
        brought = dict(enumerate(encoding))
    matrix = getattr(top, "FontMatrix", [0.001])
    return FontGlyphs(order, frozenset(cids), {}, brought, top.CharStrings, 1 / float(matrix[0]))
