"""PDFs with Thai text in an embedded font and a character map as broken as a test wants it."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

FONTS = Path("/usr/share/fonts/truetype/tlwg")
SIZE = 16.0
ABOVE_BELOW = "ัิีึืฺุู็่้๊๋์ํ๎"


def font_path(name="Norasi"):
    path = FONTS / f"{name}.ttf"
    if not path.is_file():
        pytest.skip("fonts-thai-tlwg is not installed")
    return path


class Face:
    """A font of which the glyphs keep their numbers in the subset."""

    def __init__(self, name="Norasi"):
        self.path = font_path(name)
        self.font = TTFont(self.path)
        self.order = self.font.getGlyphOrder()
        self.scale = 1000 / self.font["head"].unitsPerEm

    def number(self, letter):
        return self.font.getGlyphID(self.font.getBestCmap()[ord(letter)])

    def width(self, number):
        return self.font["hmtx"][self.order[number]][0] * self.scale

    def program(self, numbers, *, with_map):
        """The font file with these glyphs alone, with or without its own map."""
        options = subset.Options(retain_gids=True, notdef_outline=True, layout_features=[], glyph_names=False)
        options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "OS/2", "name", "post"]
        font = TTFont(self.path)
        chosen = subset.Subsetter(options)
        chosen.populate(
            gids=list(numbers),
            unicodes=[c for c, g in font.getBestCmap().items() if font.getGlyphID(g) in set(numbers)],
        )
        chosen.subset(font)
        if not with_map:
            del font["cmap"]
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def to_unicode(claims):
    """A ToUnicode stream for {glyph number: text}."""
    rows = [f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>" for number, text in claims.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap end end"
    ).encode()


def build(
    lines, *, face=None, claims=None, with_map=False, mode=0, glyphs=None, extra=None, step=26, drawing=""
):
    """A page with these lines.

    `claims(letter, number)` is what the character map says of a glyph (None: nothing); `glyphs`: the glyph numbers
    by letter where they shall not be the usual ones; `extra`: what it says of glyphs that are there but
    not drawn; `step`: points from line to line. A line may be a list of (x in points, text) or (x, text, size, rise),
    or (x, text, size, rise, white between letters), all in points. `drawing`: PDF operators that draw besides.
    """
    face = face or Face()
    numbers = {
        letter: face.number(letter) for line in lines for _, text, *_ in _pieces(line) for letter in text
    }
    numbers |= glyphs or {}
    extra = extra or {}
    said = dict(extra)
    for letter, number in numbers.items():
        text = claims(letter, number) if claims else letter
        if text is not None:
            said[number] = text
    document = pikepdf.new()
    document.add_blank_page(page_size=(700, 842))
    page = document.pages[0]
    program = document.make_stream(face.program({*numbers.values(), *extra}, with_map=with_map))
    program.Length1 = len(program.read_bytes())
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Test"), Flags=4, FontBBox=Array([-500, -500, 1500, 1500]),
        ItalicAngle=0, Ascent=1000, Descent=-300, CapHeight=700, StemV=80, FontFile2=program,
    )  # fmt: skip
    widths = Array(
        [item for n in sorted(set(numbers.values())) for item in (n, Array([round(face.width(n), 2)]))]
    )
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Test"), CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=document.make_indirect(descriptor), W=widths, DW=0,
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Test"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(descendant)]),
    )  # fmt: skip
    font.ToUnicode = document.make_stream(to_unicode(said))
    page.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))
    content = [f"q {drawing} Q BT {mode} Tr"]
    for row, line in enumerate(lines):
        for x, text, *given in _pieces(line):
            style: list[Any] = [*given, *(SIZE, 0, 0)[len(given) :]]
            size, rise, white = style
            codes = "".join(f"{numbers[letter]:04X}" for letter in text)
            content.append(f"/F1 {size} Tf {white} Tc 1 0 0 1 {x} {760 - step * row + rise} Tm <{codes}> Tj")
    page.Contents = document.make_stream("\n".join([*content, "ET"]).encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pieces(line):
    return line if isinstance(line, list) else [(72, line)]
