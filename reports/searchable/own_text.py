"""Text that a PDF has of its own, made silent: it is drawn as before, and whoever reads it finds spaces.

A damaged text layer, be it hidden behind a scan or a character map that is wrong, would be found and copied beside the
text of this program. The streams of the page stay as they are; its fonts get a ToUnicode map that has a space for every
code. Where a font is not embedded, viewers choose the glyphs that they draw by that map: such fonts are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from reports.searchable.streams import compressed

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_MOST_FORMS = 5000


def silence_own_text(pdf: Pdf, pages: Iterable[pikepdf.Page]) -> None:
    """Make the text of these pages silent, and that of no other page."""
    chosen = {page.obj.objgen for page in pages}
    others = {
        font.objgen
        for page in pdf.pages
        if page.obj.objgen not in chosen
        for font in _fonts(page)
        if font.is_indirect
    }
    maps = {size: pdf.make_indirect(compressed(pdf, _spaces(size))) for size in (1, 2)}
    for page in pdf.pages:
        if page.obj.objgen in chosen:
            for font in _fonts(page):
                if font.objgen not in others or not font.is_indirect:
                    _silence(font, maps)
    if "/StructTreeRoot" in pdf.Root and not others:
        # What it says of the page is the text that is silent now.
        del pdf.Root["/StructTreeRoot"]


def _silence(font: Object, maps: Mapping[int, Object]) -> None:
    composite = font.get("/Subtype") == Name.Type0
    if font.get("/Subtype") == Name.Type3 or _is_embedded(font, composite=composite):
        font.ToUnicode = maps[2 if composite else 1]


def _is_embedded(font: Object, *, composite: bool) -> bool:
    described = font
    if composite:
        descendants = font.get("/DescendantFonts")
        if not isinstance(descendants, Array) or not len(descendants):
            return False
        described = descendants[0]
    descriptor = described.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(name in descriptor for name in _FONT_FILES)


def _fonts(page: pikepdf.Page) -> Iterator[Object]:
    """The fonts of a page and of the forms that it draws."""
    seen: set[tuple[int, int]] = set()
    ahead: list[Object] = [page.resources]
    while ahead:
        resources = ahead.pop()
        fonts, forms = resources.get("/Font"), resources.get("/XObject")
        if isinstance(fonts, Dictionary):
            yield from (font for _, font in fonts.items() if isinstance(font, Dictionary))
        for _, form in forms.items() if isinstance(forms, Dictionary) else ():
            inner = form.get("/Resources") if isinstance(form, pikepdf.Stream) else None
            if isinstance(inner, Dictionary) and form.objgen not in seen and len(seen) < _MOST_FORMS:
                seen.add(form.objgen)
                ahead.append(inner)


def _spaces(size: int) -> bytes:
    """A ToUnicode map for codes of so many bytes: a space for each."""
    block = " ".join(["<0020>"] * 256)
    heads = [""] if size == 1 else [f"{high:02X}" for high in range(256)]
    ranges = [f"<{head}00> <{head}FF> [{block}]" for head in heads]
    blocks = [ranges[at : at + 100] for at in range(0, len(ranges), 100)]
    body = "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in blocks)
    codes = "<00> <FF>" if size == 1 else "<0000> <FFFF>"
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Spaces def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n{codes}\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
