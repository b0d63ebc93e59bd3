"""From the codes of a simple font to its glyphs (ISO 32000-1, 9.6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Array, Dictionary, Name, Object

from reports.searchable.archive.programs import FontGlyphs

_SYMBOLIC = 4
_SYMBOLS = (0xF000, 0xF100, 0xF200, 0)
_NONE = ".notdef"


def _win_ansi() -> dict[int, str]:
    found = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
    return {code: agl.UV2AGL.get(ord(one), _NONE) if one else "bullet" for code, one in found.items()}


_BASES: dict[str, Mapping[int, str]] = {
    "/WinAnsiEncoding": _win_ansi(),
    "/MacRomanEncoding": dict(enumerate(MacRoman)),
    "/StandardEncoding": dict(enumerate(StandardEncoding)),
}


def glyph_names(font: Object, codes: Iterable[int], brought: Mapping[int, str]) -> list[str]:
    """The names of the glyphs that codes of a font mean; `brought` is the encoding of its program."""
    encoding = font.get("/Encoding")
    names = dict(brought)
    if isinstance(encoding, Name):
        names = dict(_BASES.get(str(encoding), {}))
    elif isinstance(encoding, Dictionary):
        names = dict(_BASES.get(str(encoding.get("/BaseEncoding")), brought or _BASES["/StandardEncoding"]))
        at = 0
        for one in encoding.get("/Differences", Array()):
            if isinstance(one, Name):
                names[at] = str(one)[1:]
                at += 1
            else:
                at = int(one)
    return [names.get(code, _NONE) for code in codes]


def true_type_glyphs(font: Object, program: FontGlyphs, codes: list[int]) -> list[str | None] | None:
    """The glyphs of a TrueType font that codes mean, None for those that are not there; None alone where PDF/A-2 takes
    the way in which they are found for none (6.2.11.6)."""
    if int(font.FontDescriptor.get("/Flags", 0)) & _SYMBOLIC:
        return _symbols(program, codes) if "/Encoding" not in font else None
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if str(base) not in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        return None
    names = glyph_names(font, codes, {})
    unicodes, romans = program.maps.get((3, 1)), program.maps.get((1, 0))
    if unicodes is not None:
        found = [unicodes.get(ord(text)) if len(text := agl.toUnicode(one)) == 1 else None for one in names]
    elif romans is not None and not isinstance(encoding, Dictionary):
        found = [romans.get(MacRoman.index(one)) if one in MacRoman else None for one in names]
    else:
        return None
    return [one if one is None else program.glyph_named(one) for one in found]


def _symbols(program: FontGlyphs, codes: list[int]) -> list[str | None] | None:
    maps = program.maps.get((3, 0))
    if maps is None:
        if len(program.maps) != 1:
            return None
        maps = next(iter(program.maps.values()))
    found = [next((maps[high + code] for high in _SYMBOLS if high + code in maps), _NONE) for code in codes]
    return [program.glyph_named(one) for one in found]
