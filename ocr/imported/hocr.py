"""hOCR 1.2: HTML whose classes say what is a page, a line, a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from model.program import NAME
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

WORDS = frozenset({"ocrx_word", "ocr_word"})

UNREAD = frozenset({"script", "style"})
"""Elements whose text nobody reads."""

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
    read = _our_page if program == NAME else _page
    pages = tuple(read(element) for element in root.iter() if _class(element) & {"ocr_page"})
    return ImportedFile(program, version, pages)


def _our_page(element: Element) -> ImportedPage:
    """A page that this program has exported: what stands in a line is its text, to the last space."""
    box = _box(element) or (0.0, 0.0, 0.0, 0.0)
    lines = tuple(_our_line(line) for line in element.iter() if _class(line) & {"ocr_line"})
    return ImportedPage(box[2], box[3], lines)


def _our_line(line: Element) -> TextLine:
    runs = [TextRun(line.text or "")]
    for word in line:
        found = _CONFIDENCE.search(word.get("title", ""))
        runs += [
            TextRun(word.text or "", _box(word), share(number(found[1]) if found else None, 100)),
            TextRun(word.tail or ""),
        ]
    return TextLine(tuple(run for run in runs if run.text), _box(line))


@dataclass(frozen=True, slots=True)
class _PlacedText:
    """A piece of a page's text, with the line and the word that it stands in; None where it stands in none."""

    text: str
    line: Element | None
    word: Element | None


def _page(element: Element) -> ImportedPage:
    """Every character of the page once, in the order in which the file states it."""
    box = _box(element) or (0.0, 0.0, 0.0, 0.0)
    lines: list[TextLine] = []
    for _, group in groupby(_pieces(element), key=lambda piece: id(piece.line)):
        pieces = list(group)
        if pieces[0].line is None:
            lines += _rows(_runs(pieces))
        else:
            lines.append(_line(pieces, _box(pieces[0].line)))
    return ImportedPage(box[2], box[3], tuple(line for line in lines if line.runs))


def _pieces(page: Element) -> Iterator[_PlacedText]:
    """All text of the page in document order. Lines may stand in lines (a float, a caption): the innermost counts; of
    words in words the outermost."""
    ahead: list[tuple[Element | str, Element | None, Element | None]] = [(page, None, None)]
    while ahead:
        one, line, word = ahead.pop()
        if isinstance(one, str):
            yield _PlacedText(one, line, word)
            continue
        if local(one) in UNREAD or (local(one) == "del" and "alt" in _class(one)):
            continue  # of alternatives the one that is inserted is the text
        if local(one) == "br":
            yield _PlacedText("\n", one if line is None else line, None)
            continue
        line = one if _class(one) & LINES else line
        word = word if word is not None or not _class(one) & WORDS else one
        inside: list[Element | str] = [one.text or ""]
        for child in one:
            inside += [child, child.tail or ""]
        ahead += [(each, line, word) for each in reversed(inside) if not isinstance(each, str) or each]


def _line(pieces: Sequence[_PlacedText], box: Rect | None) -> TextLine:
    height = box[3] - box[1] if box else 0.0
    runs = list(_runs(pieces))
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


def _runs(pieces: Sequence[_PlacedText]) -> Iterator[TextRun]:
    """Words, what stands beside words, and the white space between them, in order."""
    behind_word = False
    for word, group in groupby(pieces, key=lambda piece: piece.word):
        text = "".join(piece.text for piece in group)
        words = text.split()
        if word is not None:
            if behind_word:
                yield TextRun(" ")
            found = _CONFIDENCE.search(word.get("title", ""))
            confidence = share(number(found[1]) if found else None, 100)
            if words:
                yield TextRun("".join(words), _box(word), confidence)
        else:
            if text[:1].isspace():
                yield TextRun(" ")
            if words:
                yield TextRun(" ".join(words))
                if text[-1].isspace():
                    yield TextRun(" ")
        behind_word = word is not None


def _rows(runs: Iterable[TextRun]) -> Iterator[TextLine]:
    """Words that stand in no line, in rows: a word that goes on in the row of the one before it belongs to it."""
    row: list[TextRun] = []
    for run in runs:
        if run.text.isspace():
            continue
        if row and not _goes_on(row[-1], run):
            yield _row(row)
            row = []
        row.append(run)
    if row:
        yield _row(row)


def _goes_on(before: TextRun, run: TextRun) -> bool:
    if before.box is None or run.box is None:
        return before.box is run.box
    shared = min(before.box[3], run.box[3]) - max(before.box[1], run.box[1])
    lower = min(before.box[3] - before.box[1], run.box[3] - run.box[1])
    return run.box[0] >= before.box[0] and shared * 2 > lower


def _row(row: Sequence[TextRun]) -> TextLine:
    boxes = [run.box for run in row if run.box is not None]
    box = None
    if boxes:
        sides = list(zip(*boxes, strict=True))
        box = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
    height = box[3] - box[1] if box else 0.0
    kept = [row[0]]
    for run in row[1:]:
        kept += [TextRun(" "), run] if _room(kept[-1], run, height) else [run]
    return TextLine(tuple(kept), box)


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
