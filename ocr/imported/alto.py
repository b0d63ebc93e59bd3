"""ALTO 2 to 4, the Library of Congress's format: Page, TextLine, String, SP."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from model.program import NAME
from ocr.imported.parts import (
    TAB_ID,
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
    share,
)


def parse(root: Element) -> ImportedFile:
    """The pages of an ALTO file."""
    software = list(inside(root, "softwareName"))
    versions = list(inside(root, "softwareVersion"))
    spaced = any(True for _ in inside(root, "SP"))
    program = (software[-1].text or "").strip() if software else ""
    ours = program == NAME
    named = [
        ref.get("REF", "") for order in inside(root, "ReadingOrder") for ref in inside(order, "ElementRef")
    ]
    rank = {name: place for place, name in reversed(list(enumerate(named)))}
    pages = tuple(_page(page, rank, spaced=spaced or ours, ours=ours) for page in inside(root, "Page"))
    return ImportedFile(program, (versions[-1].text or "").strip() if versions else "", pages)


def _page(page: Element, rank: Mapping[str, int], *, spaced: bool, ours: bool) -> ImportedPage:
    lines = tuple(_line(line, spaced=spaced, ours=ours) for line in _in_order(page, rank))
    width, height = number(page.get("WIDTH")), number(page.get("HEIGHT"))
    return ImportedPage(width or 0.0, height or 0.0, tuple(line for line in lines if line.runs or ours))


def _in_order(page: Element, rank: Mapping[str, int]) -> list[Element]:
    """The lines as they are to be read: those that the reading order names, or whose block it names, first and in its
    order, then the others; without one, from block to block as each names the next (`IDNEXT`)."""
    found: list[tuple[int, Element]] = []
    ahead = [(child, len(rank)) for child in reversed(page)]
    while ahead:
        element, around = ahead.pop()
        place = rank.get(element.get("ID", ""), around)
        if local(element) == "TextLine":
            found.append((place, element))
        else:
            parts = list(element) if rank else _chained(element)
            ahead += [(child, place) for child in reversed(parts)]
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _chained(element: Element) -> list[Element]:
    """The parts of an element, each followed by the one that it names as the next."""
    parts = list(element)
    by_name = {part.get("ID", ""): part for part in parts if part.get("ID")}
    following = {part.get("IDNEXT", "") for part in parts}
    starts = [part for part in parts if part.get("ID", "") not in following or not part.get("ID")]
    chained: dict[int, Element] = {}
    for start in (*starts, *parts):
        part: Element | None = start
        while part is not None and id(part) not in chained:
            chained[id(part)] = part
            part = by_name.get(part.get("IDNEXT", ""))
    return list(chained.values())


def _line(line: Element, *, spaced: bool, ours: bool) -> TextLine:
    """The line's strings; where the file marks no spaces at all, every string is a word."""
    runs: list[TextRun] = []
    for part in children(line, "String", "SP", "HYP"):
        if local(part) == "SP":
            runs.append(TextRun("\t" if ours and part.get("ID", "").startswith(TAB_ID) else " "))
            continue
        if runs and not spaced and local(part) == "String":
            runs.append(TextRun(" "))
        text = part.get("CONTENT") or "".join(glyph.get("CONTENT", "") for glyph in children(part, "Glyph"))
        runs.append(TextRun(text, _box(part), share(number(part.get("WC")))))
    return TextLine(tuple(run for run in runs if run.text), _box(line))


def _box(element: Element) -> Rect | None:
    left, top = number(element.get("HPOS")), number(element.get("VPOS"))
    width, height = number(element.get("WIDTH")), number(element.get("HEIGHT"))
    if left is None or top is None or width is None or height is None:
        return None
    return rect(left, top, left + width, top + height)


FORMAT = ImportFormat.of_xml("alto", parse)
