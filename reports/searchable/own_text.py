"""Text that a PDF has of its own, made silent: it is drawn as before, and whoever reads it finds spaces.

A damaged text layer, be it hidden behind a scan or a character map that is wrong, would be found and copied beside the
text of this program. The fonts of the page get a ToUnicode map that has a space for every code, and the texts that
marked contents state instead of what is drawn (ActualText) are taken out; what is drawn stays. Where a font is seen and
not embedded, viewers choose the glyphs that they draw by that map: such fonts are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from reports.searchable.streams import compressed

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_MOST_FORMS = 5000
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = 3

_Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Container:
    """What has a content stream: a page, or a form that it draws."""

    content: pikepdf.Page | pikepdf.Stream
    resources: Object

    @property
    def identity(self) -> _Identity:
        found: _Identity = (
            self.content.obj.objgen if isinstance(self.content, pikepdf.Page) else self.content.objgen
        )
        return found

    @property
    def fonts(self) -> dict[str, Object]:
        """The fonts among its resources by name."""
        found = self.resources.get("/Font")
        if not isinstance(found, Dictionary):
            return {}
        return {name: font for name, font in found.items() if isinstance(font, Dictionary)}

    def instructions(self) -> list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
        """Its operators, none where it cannot be parsed."""
        try:
            return list(pikepdf.parse_content_stream(self.content))
        except pikepdf.PdfError:
            return []


def silence_own_text(pdf: Pdf, pages: Iterable[pikepdf.Page]) -> None:
    """Make the text of these pages silent, and that of no other page."""
    chosen = {page.obj.objgen for page in pages}
    mine: list[list[_Container]] = []
    others: list[list[_Container]] = []
    for page in pdf.pages:
        if page.obj.objgen in chosen:
            _own_fonts(pdf, page)
        (mine if page.obj.objgen in chosen else others).append(list(_containers(page)))
    kept = {one.identity for page in others for one in page}
    kept |= {
        font.objgen for page in others for one in page for font in one.fonts.values() if font.is_indirect
    }
    maps = {size: pdf.make_indirect(compressed(pdf, _spaces(size))) for size in (1, 2)}
    for containers in mine:
        seen = {identity for one in containers for identity in _seen_fonts(one)}
        for one in containers:
            for font in one.fonts.values():
                if not font.is_indirect or font.objgen not in kept:
                    _silence(font, maps, seen=not font.is_indirect or font.objgen in seen)
            if one.identity not in kept:
                _without_stated_text(pdf, one)
    if "/StructTreeRoot" in pdf.Root and not others:
        # What it says of the page is the text that is silent now.
        del pdf.Root["/StructTreeRoot"]


def _own_fonts(pdf: Pdf, page: pikepdf.Page) -> None:
    """Give the page fonts of its own: those of its resources may be used by other pages too."""
    fonts = {
        name: pdf.make_indirect(Dictionary(dict(font.items())))
        for name, font in _Container(page, page.resources).fonts.items()
    }
    if fonts:
        resources = Dictionary(dict(page.resources.items()))
        resources.Font = Dictionary(fonts)
        page.obj.Resources = resources


def _containers(page: pikepdf.Page) -> Iterator[_Container]:
    """The page and the forms that it draws, each once."""
    seen: set[_Identity] = set()
    ahead = [_Container(page, page.resources)]
    while ahead:
        one = ahead.pop()
        yield one
        forms = one.resources.get("/XObject")
        for _, form in forms.items() if isinstance(forms, Dictionary) else ():
            if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != Name.Form:
                continue
            if form.objgen not in seen and len(seen) < _MOST_FORMS:
                seen.add(form.objgen)
                inner = form.get("/Resources")
                ahead.append(_Container(form, inner if isinstance(inner, Dictionary) else one.resources))


def _seen_fonts(container: _Container) -> Iterator[_Identity]:
    """The fonts with which something is shown that can be seen; all where the content cannot be parsed."""
    fonts = container.fonts
    instructions = container.instructions()
    if not instructions:
        yield from (font.objgen for font in fonts.values())
    state: tuple[str, int] = ("", 0)
    kept: list[tuple[str, int]] = []
    for one in instructions:
        operator, operands = str(one.operator), list(one.operands)
        if operator == "q":
            kept.append(state)
        elif operator == "Q" and kept:
            state = kept.pop()
        elif operator == "Tf" and operands:
            state = (str(operands[0]), state[1])
        elif operator == "Tr" and operands:
            state = (state[0], int(operands[0]))
        elif operator in _SHOWING and state[1] != _INVISIBLE and state[0] in fonts:
            yield fonts[state[0]].objgen


def _silence(font: Object, maps: Mapping[int, Object], *, seen: bool) -> None:
    composite = font.get("/Subtype") == Name.Type0
    if not seen or font.get("/Subtype") == Name.Type3 or _is_embedded(font, composite=composite):
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


def _without_stated_text(pdf: Pdf, container: _Container) -> None:
    """Take out the texts that marked contents state; the content keeps its bytes where it states none."""
    changed = False
    instructions = container.instructions()
    for one in instructions:
        if str(one.operator) not in ("BDC", "DP"):
            continue
        for operand in one.operands:
            if isinstance(operand, Dictionary) and "/ActualText" in operand:
                del operand["/ActualText"]
                changed = True
    if changed:
        data = pikepdf.unparse_content_stream(instructions)
        if isinstance(container.content, pikepdf.Page):
            container.content.obj.Contents = pdf.make_indirect(compressed(pdf, data))
        else:
            container.content.write(data)
    properties = container.resources.get("/Properties")
    for _, named in properties.items() if isinstance(properties, Dictionary) else ():
        if isinstance(named, Dictionary) and "/ActualText" in named:
            del named["/ActualText"]


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
