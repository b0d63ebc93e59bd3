"""JSON Lines as this program exports them: an object a page, each character with its box and confidence."""

from __future__ import annotations

import json
from typing import Any

from model.errors import BadInput
from model.program import NAME
from ocr.imported.bounds import MOST_LETTERS, too_much
from ocr.imported.parts import (
    GivenFile,
    ImportedFile,
    ImportedPage,
    ImportFormat,
    Rect,
    TextLine,
    TextRun,
    rect,
    share,
)

_SCHEMA = "chamra/export-jsonl/"
_LONGEST = 48 * MOST_LETTERS  # bytes of a page: a letter has a box and a confidence


def _recognises(file: GivenFile) -> bool:
    return file.root is None and file.data.startswith(b"{") and _SCHEMA.encode() in file.data[:200]


def _parse(file: GivenFile) -> ImportedFile:
    """The pages, in their order.

    Raises:
        BadInput: a line is no page of such a file.
    """
    pages = []
    for at, line in enumerate(file.data.splitlines(), start=1):
        if len(line) > _LONGEST:
            raise too_much(file.name, at, f"{_LONGEST >> 20} MiB")
        try:
            found = json.loads(line)
            pages.append(_page(found))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadInput(
                f"Line {at} of {file.name} is no page.", remedy="Export it anew as jsonl."
            ) from error
    return ImportedFile(NAME, "", tuple(pages))


def _page(found: dict[str, Any]) -> ImportedPage:
    text = found["text"] or ""
    if not text:
        return ImportedPage(0.0, 0.0, ())
    image = found["image"]
    known = {line["start"]: line for line in found["lines"]}
    lines, start = [], 0
    for row in text.split("\n"):
        lines.append(_line(row, known.get(start)))
        start += len(row) + 1
    return ImportedPage(float(image["width"]), float(image["height"]), tuple(lines))


def _line(text: str, known: dict[str, Any] | None) -> TextLine:
    if known is None or known["text"] != text:
        return TextLine((TextRun(text),))
    letters = zip(text, known["boxes"], known["confidences"], strict=True)
    runs = tuple(TextRun(one, _box(box), share(confidence)) for one, box, confidence in letters)
    return TextLine(runs, _box(known["box"]))


def _box(box: list[float] | None) -> Rect | None:
    return None if box is None else rect(*box)


FORMAT = ImportFormat(_recognises, _parse)
