"""TEI P5: the text as it stands, lines by their `lb`, pages by their `pb`, lines' places by zones of the facsimile.

Of a `choice` the corrected text is taken before the wrong one, what was written before what an editor has made of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from model.program import NAME
from ocr.imported.bounds import MOST_LINES
from ocr.imported.parts import (
    ImportedFile,
    ImportedPage,
    ImportFormat,
    Rect,
    TextLine,
    TextRun,
    children,
    inside,
    local,
    number,
    rect,
)

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TAKEN = ("corr", "orig", "abbr")
_BLOCKS = frozenset({"p", "ab", "head", "fw", "note", "l", "item", "cell"})


@dataclass(slots=True)
class _BrokenLine:
    """A line as it is met: its number on the page from 1, its place, and its text piece by piece."""

    number: int = 1
    box: Rect | None = None
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _BrokenPage:
    size: tuple[float, float] = (0.0, 0.0)
    lines: list[_BrokenLine] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """Goes through the text in its order. `ours`: this program wrote it, so white space in a line is the line's."""

    places: dict[str, Rect]
    ours: bool
    pages: list[_BrokenPage] = field(default_factory=list)
    depth: int = 0  # of blocks around: what stands between them is the file's own white space

    def go(self, one: Element) -> None:
        name = local(one)
        if name == "pb":
            _, _, right, bottom = self.places.get(_reference(one), (0.0, 0.0, 0.0, 0.0))
            self.pages.append(_BrokenPage((right, bottom)))
        elif name == "lb" or (name in _BLOCKS and not self.ours):
            lines = self._page().lines
            count = int(number(one.get("n")) or 0) if name == "lb" else 0
            at = count if 0 < count <= MOST_LINES else (lines[-1].number + 1 if lines else 1)
            lines.append(_BrokenLine(at, self.places.get(_reference(one))))
        if name == "choice":
            taken = next((child for want in _TAKEN for child in children(one, want)), None)
            for child in [*one][:1] if taken is None else [taken]:
                self._say(child.text)
                self._inner(child)
            return
        inner = name in _BLOCKS
        self.depth += inner
        self._say(one.text)
        self._inner(one)
        self.depth -= inner

    def _inner(self, one: Element) -> None:
        for child in one:
            self.go(child)
            self._say(child.tail)

    def _page(self) -> _BrokenPage:
        if not self.pages:
            self.pages.append(_BrokenPage())
        return self.pages[-1]

    def _say(self, text: str | None) -> None:
        if not text or (self.ours and not self.depth):
            return
        lines = self._page().lines
        if not lines:
            lines.append(_BrokenLine())
        lines[-1].parts.append(text)


def parse(root: Element) -> ImportedFile:
    """The pages of a TEI file."""
    made = next(inside(root, "application"), None)
    ours = made is not None and made.get("ident") == NAME
    walk = _Walk(_places(root), ours)
    for text in children(root, "text"):
        for body in children(text, "front", "body", "back"):
            walk.go(body)
    pages = tuple(_our_page(page) if ours else _page(page) for page in walk.pages)
    program, version = ("", "") if made is None else (made.get("ident", ""), made.get("version", ""))
    return ImportedFile(program, version, pages)


def _places(root: Element) -> dict[str, Rect]:
    """The places that the facsimile gives, by their names."""
    found: dict[str, Rect] = {}
    for one in inside(root, "surface", "zone"):
        box = rect(*(number(one.get(corner)) for corner in ("ulx", "uly", "lrx", "lry")))
        if box is not None:
            found[one.get(_ID, "")] = box
    return found


def _reference(one: Element) -> str:
    return one.get("facs", "").partition(" ")[0].removeprefix("#")


def _page(page: _BrokenPage) -> ImportedPage:
    """A page of anybody's: white space is one space, line ends of the file are none of the text."""
    lines = ((" ".join("".join(line.parts).split()), line.box) for line in page.lines)
    return ImportedPage(*page.size, tuple(TextLine((TextRun(text),), box) for text, box in lines if text))


def _our_page(page: _BrokenPage) -> ImportedPage:
    """A page of ours: a correction over a line end stands at the first of its lines, and fills those after it."""
    texts: dict[int, str] = {}
    boxes = {line.number: line.box for line in page.lines}
    for line in page.lines:
        for at, part in enumerate("".join(line.parts).split("\n"), start=line.number):
            texts[at] = texts.get(at, "") + part
    numbers = range(1, max((*texts, *boxes), default=0) + 1)
    lines = tuple(TextLine((TextRun(texts.get(at, "")),), boxes.get(at)) for at in numbers)
    return ImportedPage(*page.size, lines)


FORMAT = ImportFormat.of_xml("TEI", parse)
