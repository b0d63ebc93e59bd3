"""What PDF/A-2u asks of the fonts in which text is shown (ISO 19005-2, 6.2.11).

A font is taken apart only as far as is needed to hold what it draws against what the PDF says of it; a font of a kind
that is not taken apart here is a hindrance by name, and never passed unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator

from fontTools import agl
from pikepdf import Array, Dictionary, Name, Object, Stream

from reports.searchable.archive.drawing import ShownFont
from reports.searchable.archive.encodings import glyph_names, true_type_glyphs
from reports.searchable.archive.maps import unicode_map
from reports.searchable.archive.programs import FontGlyphs, program_of

UNMAPPED = ("\0", "\ufeff", "\ufffe")
"""Characters for which no code of a font may stand."""

_CLOSE = 1.0  # thousandths of the font's size: what the widths of a font and its program may differ by
_CODE_BYTES = 2
_NOT_LOOKED_INTO = "is embedded in a form that is not looked into"


def font_faults(shown: ShownFont) -> Iterator[str]:
    """What is wrong with a font in which text is shown, in words."""
    name = _name(shown.font)
    composite = shown.font.get("/Subtype") == Name.Type0
    codes = _codes(shown, _CODE_BYTES if composite else 1)
    faults = _composite_faults(shown, codes) if composite else _simple_faults(shown, codes)
    for fault in (*faults, *_unicode_faults(shown.font, codes)):
        yield f"the font {name} {fault}"


def _name(font: Object) -> str:
    full = str(font.get("/BaseFont", "/without a name"))[1:]
    return full[7:] if full[6:7] == "+" else full


def _codes(shown: ShownFont, size: int) -> list[int]:
    return sorted(
        {
            int.from_bytes(one[at : at + size], "big")
            for one in shown.strings
            for at in range(0, len(one), size)
        }
    )


def _unicode_faults(font: Object, codes: list[int]) -> Iterator[str]:
    """6.2.11.7: every code stands for characters."""
    stated = font.get("/ToUnicode")
    if isinstance(stated, Stream):
        found = unicode_map(bytes(stated.read_bytes()))
        if any(one in text for text in found.values() for one in UNMAPPED):
            yield "says of codes that they stand for U+0000, U+FEFF or U+FFFE"
        if any(not found.get(code) for code in codes):
            yield "does not say of each code which character it stands for"
    elif font.get("/Subtype") == Name.Type0 or any(
        not agl.toUnicode(one) for one in glyph_names(font, codes, {})
    ):
        yield "does not say which characters its codes stand for"


def _composite_faults(shown: ShownFont, codes: list[int]) -> Iterator[str]:
    encoding = shown.font.get("/Encoding")
    descendants = shown.font.get("/DescendantFonts")
    if str(encoding) not in ("/Identity-H", "/Identity-V"):
        yield "has codes that are not looked into (no Identity-H)"
        return
    if not isinstance(descendants, Array) or not isinstance(descendants[0], Dictionary):
        yield "has no glyphs"
        return
    font = descendants[0]
    program = yield from _program(font, seen=shown.seen)
    if program is None:
        return
    if font.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in font:
        yield "does not say which of its glyphs its codes mean (CIDToGIDMap)"
        return
    if "/CIDSet" in font.FontDescriptor and not _lists_all(font.FontDescriptor.CIDSet, program):
        yield "lists its glyphs, and not all of them"
    widths = _composite_widths(font)
    default = float(font.get("/DW", 1000))
    glyph_of = _glyphs_by_code(font, program)
    yield from _glyph_faults(program, ((glyph_of(code), widths.get(code, default)) for code in codes))


def _glyphs_by_code(font: Object, program: FontGlyphs) -> Callable[[int], str | None]:
    mapped = font.get("/CIDToGIDMap")
    if isinstance(mapped, Stream):
        table = bytes(mapped.read_bytes())
        return lambda code: program.glyph(int.from_bytes(table[2 * code : 2 * code + 2], "big"))
    return program.glyph_of_cid


def _lists_all(listed: Object, program: FontGlyphs) -> bool:
    bits = bytes(listed.read_bytes())
    stated = {at * 8 + bit for at, byte in enumerate(bits) for bit in range(8) if byte & 0x80 >> bit}
    return stated | {0} == program.cids | {0}


def _composite_widths(font: Object) -> dict[int, float]:
    """ISO 32000-1, 9.7.4.3: `c [w1 w2 ...]` and `first last w`."""
    found: dict[int, float] = {}
    items = list(font.get("/W", Array()))
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, Array):
            found |= {first + index: float(one) for index, one in enumerate(second)}
            at += 2
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(items[at + 2]))
            at += 3
    return found


def _simple_faults(shown: ShownFont, codes: list[int]) -> Iterator[str]:
    font = shown.font
    kind = str(font.get("/Subtype"))
    if kind == "/Type3":
        yield "is drawn by the file's own operators (Type 3), which is not looked into"
        return
    program = yield from _program(font, seen=shown.seen)
    if program is None:
        return
    glyphs = (
        true_type_glyphs(font, program, codes)
        if kind == "/TrueType"
        else [program.glyph_named(one) for one in glyph_names(font, codes, program.names_by_code)]
    )
    if glyphs is None:
        yield "has an encoding that PDF/A-2 does not take for its kind"
        return
    first, widths = int(font.get("/FirstChar", 0)), list(font.get("/Widths", Array()))
    missing = float(font.FontDescriptor.get("/MissingWidth", 0))
    stated = [float(widths[code - first]) if 0 <= code - first < len(widths) else missing for code in codes]
    yield from _glyph_faults(program, zip(glyphs, stated, strict=True))


def _program(font: Object, *, seen: bool) -> Generator[str, None, FontGlyphs | None]:
    """Gives faults, and in the end the font's program: None where there is nothing to hold against it."""
    descriptor = font.get("/FontDescriptor")
    stream = next(
        (
            descriptor[key]
            for key in ("/FontFile", "/FontFile2", "/FontFile3")
            if isinstance(descriptor, Dictionary) and isinstance(descriptor.get(key), Stream)
        ),
        None,
    )
    if stream is None:
        if seen:
            yield "is not embedded"
        return None
    found = program_of(bytes(stream.read_bytes()))
    if found is None:
        yield _NOT_LOOKED_INTO
    return found


def _glyph_faults(program: FontGlyphs, shown: Iterable[tuple[str | None, float]]) -> Iterator[str]:
    pairs = list(shown)
    if any(glyph is None for glyph, _ in pairs):
        yield "shows letters that it does not have"
    drawn = [(program.width(glyph), width) for glyph, width in pairs if glyph is not None]
    if any(own is None for own, _ in drawn):
        yield _NOT_LOOKED_INTO
    if any(own is not None and abs(own - width) > _CLOSE for own, width in drawn):
        yield "has widths that are not those of its letters"
