"""ALTO 2 to 4, the Library of Congress's format: Page, TextLine, String, SP."""

from __future__ import annotations

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
    pages = tuple(_page(page, spaced=spaced or ours, ours=ours) for page in inside(root, "Page"))
    return ImportedFile(program, (versions[-1].text or "").strip() if versions else "", pages)


def _page(page: Element, *, spaced: bool, ours: bool) -> ImportedPage:
    lines = tuple(_line(line, spaced=spaced, ours=ours) for line in inside(page, "TextLine"))
    width, height = number(page.get("WIDTH")), number(page.get("HEIGHT"))
    return ImportedPage(width or 0.0, height or 0.0, tuple(line for line in lines if line.runs or ours))


def _line(line: Element, *, spaced: bool, ours: bool) -> TextLine:
    """The line's strings; where the file marks no spaces at all, every string is a word."""
    runs: list[TextRun] = []
    for part in children(line, "String", "SP", "HYP"):
        if local(part) == "SP":
            runs.append(TextRun("\t" if ours and part.get("ID", "").startswith(TAB_ID) else " "))
            continue
        if runs and not spaced and local(part) == "String":
            runs.append(TextRun(" "))
        runs.append(TextRun(part.get("CONTENT", ""), _box(part), share(number(part.get("WC")))))
    return TextLine(tuple(run for run in runs if run.text), _box(line))


def _box(element: Element) -> Rect | None:
    left, top = number(element.get("HPOS")), number(element.get("VPOS"))
    width, height = number(element.get("WIDTH")), number(element.get("HEIGHT"))
    if left is None or top is None or width is None or height is None:
        return None
    return rect(left, top, left + width, top + height)


FORMAT = ImportFormat.of_xml("alto", parse)
