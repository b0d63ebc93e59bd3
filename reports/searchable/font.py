"""A font without pictures, whose every code says which character it stands for.

Readers take a text from the codes and their ToUnicode map and guess spaces and lines from positions, so what counts are
widths. Measured with pdfium, poppler, MuPDF and pdfminer: letters of one width; Thai marks narrow, but not 0 (pdfminer
loses their order) and not as wide as a letter (MuPDF loses letters).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pikepdf import Array, Dictionary, Name, Object, Pdf

from reports.searchable.streams import compressed

LETTER_WIDTH = 500
MARK_WIDTH = 100
ASCENT, DESCENT = 800, -200
"""In thousandths of the font's size, as the widths."""

FONT_NAME = "ChamraText"
_UNITS = 1000
_MAP_BLOCK = 100  # a ToUnicode map may have so many entries in a block
_PRIVATE = 0xE000  # codes of characters beyond the Basic Multilingual Plane, which need two of their own
_PRIVATE_END = 0xF8FF


SEPARATOR = "\ufdd0"
"""Stands in a text to be encoded for a narrow space: what parts two stretches of a line. It is no character."""


def width(character: str) -> int:
    """The width of a character in thousandths of the font's size."""
    return (
        MARK_WIDTH
        if character == SEPARATOR or unicodedata.category(character) in ("Mn", "Me", "Cf")
        else LETTER_WIDTH
    )


class TextFont:
    """The codes of a document's characters, given out as they are asked for. `name` is what the font is called among
    the resources of each page."""

    def __init__(self, name: str = FONT_NAME) -> None:
        self.name = name
        self._codes: dict[str, int] = {}
        self._taken: set[int] = set()

    def encode(self, text: str) -> str:
        """The text's codes as the hexadecimal string of a content stream."""
        return "".join(f"{self._code(character):04X}" for character in text)

    def _code(self, character: str) -> int:
        code = self._codes.get(character)
        if code is None:
            code = ord(character)
            if code > 0xFFFF or code in self._taken:
                code = next(one for one in range(_PRIVATE, _PRIVATE_END) if one not in self._taken)
            self._codes[character] = code
            self._taken.add(code)
        return code

    def write(self, pdf: Pdf) -> Object:
        """The font as an object of a PDF, with all characters that were asked for."""
        data = _program()
        program = compressed(pdf, data)
        program.Length1 = len(data)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name(f"/{FONT_NAME}"), Flags=4,
            FontBBox=Array([0, DESCENT, LETTER_WIDTH, ASCENT]), ItalicAngle=0,
            Ascent=ASCENT, Descent=DESCENT, CapHeight=ASCENT, StemV=80, FontFile2=program,
        )  # fmt: skip
        narrow = sorted(code for character, code in self._codes.items() if width(character) == MARK_WIDTH)
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{FONT_NAME}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), DW=LETTER_WIDTH,
            W=Array([item for code in narrow for item in (code, code, MARK_WIDTH)]),
            CIDToGIDMap=compressed(pdf, _glyphs(narrow)),
        )  # fmt: skip
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{FONT_NAME}"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=compressed(pdf, _to_unicode(self._codes)),
        ))  # fmt: skip


def _glyphs(narrow: Iterable[int]) -> bytes:
    """The number of each code's glyph: 1 for letters, 2 for marks."""
    glyphs = bytearray(b"\x00\x01" * 0x10000)
    for code in narrow:
        glyphs[2 * code + 1] = 2
    return bytes(glyphs)


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    entries = [
        f"<{code:04X}> <{character.replace(SEPARATOR, ' ').encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for character, code in sorted(codes.items(), key=lambda pair: pair[1])
    ]
    blocks = [entries[at : at + _MAP_BLOCK] for at in range(0, len(entries), _MAP_BLOCK)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _program() -> bytes:
    """A TrueType font of two glyphs, for letters and for marks: a line there and back, which has a size and no ink."""
    builder = FontBuilder(_UNITS, isTTF=True)
    widths = {".notdef": LETTER_WIDTH, "letter": LETTER_WIDTH, "mark": MARK_WIDTH}
    builder.setupGlyphOrder(list(widths))
    builder.setupCharacterMap({})
    builder.setupGlyf({name: _inkless(across) for name, across in widths.items()})
    builder.setupHorizontalMetrics({name: (across, 0) for name, across in widths.items()})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": FONT_NAME, "styleName": "Regular", "psName": FONT_NAME})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0  # the same bytes every time
    data = io.BytesIO()
    builder.font.recalcTimestamp = False
    builder.save(data)
    return data.getvalue()


def _inkless(across: int) -> Glyph:
    """pdfium takes a character's box from its glyph, and leaves out a lone character whose glyph is empty."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    pen.lineTo((across, ASCENT))
    pen.lineTo((across // 2, (ASCENT + DESCENT) // 2))
    pen.closePath()
    return pen.glyph()
