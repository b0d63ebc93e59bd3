"""What PDF/A-2 asks of all that is drawn: operators, colours, graphics states; and the codes shown in each font.

Paragraph numbers are those of ISO 19005-2:2011.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from reports.searchable.archive.colours import Colours, Resources
from reports.searchable.archive.images import form_faults, image_faults
from reports.searchable.archive.objects import TooMuchToSee

_KNOWN = """
b B b* B* BDC BI BMC BT BX c cm cs CS d d0 d1 Do DP EI EMC ET EX f F f* g G gs h i ID j J K k l m M MP n q Q re RG rg
ri s S sc SC scn SCN sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
_OPERATORS = frozenset(_KNOWN.split()) | {"INLINE IMAGE"}
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_DEVICE_OPERATORS = {
    "g": "/DeviceGray", "G": "/DeviceGray", "rg": "/DeviceRGB", "RG": "/DeviceRGB", "k": "/DeviceCMYK",
    "K": "/DeviceCMYK",
}  # fmt: skip
_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_BLENDINGS = """
/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight /SoftLight /Difference
/Exclusion /Hue /Saturation /Color /Luminosity
"""
_DEEPEST_STATE = 28
_MOST_INSTRUCTIONS = 2_000_000
_INVISIBLE = 3


@dataclass(slots=True)
class ShownFont:
    """A font, the strings that are shown in it, and whether any of them can be seen."""

    font: Object
    strings: set[bytes] = field(default_factory=set)
    seen: bool = False


@dataclass(slots=True)
class _TextState:
    font: str = ""
    rendering: int = 0


class Drawings:
    """All that a PDF draws, looked at once each: `shown` has the fonts that text is shown in."""

    def __init__(self, meant: int) -> None:
        """`meant`: components of the colours that the output intent says."""
        self._colours = Colours(meant)
        self._looked_at: set[tuple[int, int]] = set()
        self._left = _MOST_INSTRUCTIONS
        self._shown: dict[tuple[int, int, str], ShownFont] = {}

    @property
    def shown(self) -> list[ShownFont]:
        """The fonts in which something is shown."""
        return list(self._shown.values())

    def page_faults(self, page: pikepdf.Page) -> Iterator[str]:
        """What is wrong with what a page draws, in words."""
        yield from self._group_faults(page.obj, page.resources)
        yield from self._content_faults(page, page.resources)

    def form_faults(self, form: Object | None) -> Iterator[str]:
        """What is wrong with a form, be it drawn by a page or the appearance of an annotation."""
        if not isinstance(form, Stream) or self._is_known(form):
            return
        yield from form_faults(form)
        resources = form.get("/Resources", Dictionary())
        yield from self._group_faults(form, resources)
        yield from self._content_faults(form, resources)

    def _is_known(self, one: Object) -> bool:
        if one.objgen in self._looked_at:
            return True
        self._looked_at.add(one.objgen)
        return False

    def _group_faults(self, drawn: Object, resources: Resources) -> Iterator[str]:
        group = drawn.get("/Group")
        if isinstance(group, Dictionary) and "/CS" in group:
            yield from self._colours.faults(group.CS, resources)

    def _content_faults(self, content: pikepdf.Page | Object, resources: Resources) -> Iterator[str]:
        yield from self._resource_faults(resources)
        state, kept = _TextState(), list[_TextState]()
        for one in pikepdf.parse_content_stream(content):
            self._left -= 1
            if self._left < 0:
                raise TooMuchToSee
            operator, operands = str(one.operator), list[Any](one.operands)
            if operator not in _OPERATORS:
                yield "a page has operators that PDF does not know"  # 6.2.2
            elif operator == "q":
                kept.append(_TextState(state.font, state.rendering))
                if len(kept) > _DEEPEST_STATE:
                    yield "graphics states are nested more than 28 deep"  # 6.1.13
            elif operator == "Q":
                state = kept.pop() if kept else state
            elif operator == "Tf":
                state.font = str(operands[0])
            elif operator == "Tr":
                state.rendering = int(operands[0])
            elif operator in _SHOWING:
                yield from self._show(operands, state, resources)
            else:
                yield from self._operator_faults(operator, operands, resources)

    def _operator_faults(self, operator: str, operands: list[Any], resources: Resources) -> Iterator[str]:
        if operator in _DEVICE_OPERATORS:
            yield from self._colours.faults(Name(_DEVICE_OPERATORS[operator]), resources)
        elif operator in ("cs", "CS"):
            yield from self._colours.faults(operands[0], resources)
        elif operator == "ri" and str(operands[0]) not in _INTENTS:
            yield "a way to map colours is asked for that PDF/A does not know"
        elif operator == "INLINE IMAGE":
            yield from self._inline_faults(operands[0], resources)
        elif operator == "Do":
            drawn = resources.get("/XObject", Dictionary()).get(str(operands[0]))
            if drawn is None:
                yield "something is drawn that is not among a page's resources"  # 6.2.2

    def _inline_faults(self, image: pikepdf.PdfInlineImage, resources: Resources) -> Iterator[str]:
        entries = image.obj
        if any(str(one) == "/LZWDecode" for one in _listed(entries.get("/Filter"))):
            yield "a stream is packed with LZW"
        if entries.get("/Interpolate", False):
            yield "an image asks the viewer to smooth it"
        if "/ColorSpace" in entries:
            yield from self._colours.faults(entries.ColorSpace, resources)

    def _show(self, operands: list[Any], state: _TextState, resources: Resources) -> Iterator[str]:
        fonts = resources.get("/Font", Dictionary())
        font = fonts.get(state.font) if state.font else None
        if not isinstance(font, Dictionary):
            yield "text is shown in a font that is not among the resources"  # 6.2.2
            return
        place = (*font.objgen, "") if font.is_indirect else (*fonts.objgen, state.font)
        if not font.is_indirect and not fonts.is_indirect:
            place = (len(self._shown), -1, state.font)
        shown = self._shown.setdefault(place, ShownFont(font))
        shown.seen |= state.rendering != _INVISIBLE
        last = operands[-1]
        shown.strings |= {
            bytes(part)
            for part in (last if isinstance(last, Array) else [last])
            if isinstance(part, pikepdf.String)
        }

    def _resource_faults(self, resources: Resources) -> Iterator[str]:
        for state in _values(resources, "/ExtGState"):
            yield from self._state_faults(state, resources)
        for shading in _values(resources, "/Shading"):
            yield from self._colours.faults(shading.get("/ColorSpace"), resources)
        for pattern in _values(resources, "/Pattern"):
            if self._is_known(pattern):
                continue
            if isinstance(pattern, Stream):
                own = pattern.get("/Resources", Dictionary())
                yield from self._content_faults(pattern, own)
            elif "/Shading" in pattern:
                yield from self._colours.faults(pattern.Shading.get("/ColorSpace"), resources)
        for drawn in _values(resources, "/XObject"):
            kind = drawn.get("/Subtype")
            if kind == Name.Form:
                yield from self.form_faults(drawn)
            elif kind == Name.Image:
                yield from () if self._is_known(drawn) else image_faults(drawn, resources, self._colours)
            else:
                yield "a drawing is written in PostScript"  # 6.2.9

    def _state_faults(self, state: Object, resources: Resources) -> Iterator[str]:
        """6.2.5 and 6.2.10."""
        if "/TR" in state or state.get("/TR2", Name.Default) != Name.Default or "/HTP" in state:
            yield "colours are changed when they are printed (transfer functions)"
        if state.get("/HT", Name.Default) != Name.Default:
            yield "a raster is prescribed for printing"
        if str(state.get("/BM", "/Normal")) not in _BLENDINGS.split():
            yield "what lies over something else is blended in a way that PDF/A does not know"
        if str(state.get("/RI", _INTENTS[0])) not in _INTENTS:
            yield "a way to map colours is asked for that PDF/A does not know"
        if "/Font" in state:
            yield "a font is set by a graphics state, which is not looked into"
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and "/G" in mask:
            yield from self.form_faults(mask.G)


def _values(resources: Resources, kind: str) -> list[Object]:
    found = resources.get(kind)
    return [one for _, one in found.items()] if isinstance(found, Dictionary) else []


def _listed(value: Object | None) -> list[Object]:
    return list(value) if isinstance(value, Array) else [] if value is None else [value]
