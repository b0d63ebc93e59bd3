"""hOCR 1.2: HTML whose classes say what is a page, a line, a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ocr.imported.parts import (
    ImportedFile,
    ImportedPage,
    ImportFormat,
    Rect,
    TextLine,
    TextRun,
    local,
    number,
    rect,
    share,
)

LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"})

ROOM = 0.2
"""Of the line's height: a space between two Thai words is one only if their boxes leave so much room. Tesseract's hOCR
makes a word of nearly every Thai letter, with white space behind each."""

_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_CONFIDENCE = re.compile(r"\bx_wconf\s+([\d.]+)")
_THAI = re.compile("[\u0e01-\u0e5b]")


def parse(root: Element) -> ImportedFile:
    """The pages of an hOCR file."""
    system = next(
        (e.get("content", "") for e in root.iter() if local(e) == "meta" and e.get("name") == "ocr-system"),
        "",
    )
    program, _, version = system.strip().partition(" ")
    pages = tuple(_page(element) for element in root.iter() if _class(element) & {"ocr_page"})
    return ImportedFile(program, version, pages)


def _page(element: Element) -> ImportedPage:
    box = _box(element) or (0.0, 0.0, 0.0, 0.0)
    lines = tuple(_line(e) for e in element.iter() if _class(e) & LINES)
    return ImportedPage(box[2], box[3], tuple(line for line in lines if line.runs))


def _line(element: Element) -> TextLine:
    box = _box(element)
    height = box[3] - box[1] if box else 0.0
    runs = [run for run in _runs(element) if run.text]
    kept: list[TextRun] = []
    for place, run in enumerate(runs):
        if run.text.isspace():
            before = kept[-1] if kept else None
            after = next((p for p in runs[place + 1 :] if not p.text.isspace()), None)
            if before is None or after is None or before.text.isspace() or not _room(before, after, height):
                continue
            kept.append(TextRun(" "))
        else:
            kept.append(run)
    return TextLine(tuple(kept), box)


def _runs(element: Element) -> Iterator[TextRun]:
    """Words and the white space between them, in order."""
    words = [e for e in element.iter() if _class(e) & {"ocrx_word", "ocr_word"}]
    if not words:
        yield TextRun(" ".join("".join(element.itertext()).split()))
        return
    for word in words:
        found = _CONFIDENCE.search(word.get("title", ""))
        confidence = share(number(found[1]) if found else None, 100)
        yield TextRun("".join("".join(word.itertext()).split()), _box(word), confidence)
        if word.tail is None or not word.tail or word.tail.isspace():
            yield TextRun(" ")


def _room(before: TextRun, after: TextRun, height: float) -> bool:
    if not (_THAI.search(before.text[-1]) and _THAI.search(after.text[0])):
        return True
    if before.box is None or after.box is None or height <= 0:
        return True
    return after.box[0] - before.box[2] >= ROOM * height


def _class(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _box(element: Element) -> Rect | None:
    found = _BOX.search(element.get("title", ""))
    return rect(*(number(value) for value in found.groups())) if found else None


FORMAT = ImportFormat.of_xml("html", parse)
