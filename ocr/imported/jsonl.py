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
)

_SCHEMA = "chamra/export-jsonl/"
_LONGEST = 48 * MOST_LETTERS  # bytes of a page: a letter has a box and a confidence

_MOST = 1_000_000_000  # of pixels, characters or pages


def _recognises(file: GivenFile) -> bool:
    return file.root is None and file.data.startswith(b"{") and _SCHEMA.encode() in file.data[:200]


def _parse(file: GivenFile) -> ImportedFile:
    """The pages, in the order of their numbers.

    Raises:
        BadInput: a line is no page of such a file, or its number does not fit the others'.
    """
    pages: list[ImportedPage] = []
    numbers: dict[int, int] = {}
    for at, line in enumerate(file.data.splitlines(), start=1):
        if len(line) > _LONGEST:
            raise too_much(file.name, at, f"{_LONGEST >> 20} MiB")
        try:
            found = json.loads(line)
            pages.append(_page(found))
            number = _whole(found.get("page", at))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            raise BadInput(
                f"Line {at} of {file.name} is no page.", remedy="Export it anew as jsonl."
            ) from error
        if number in numbers:
            raise _out_of_place(file.name, at, number, f"and so is line {numbers[number]}")
        numbers[number] = at
    for number, at in numbers.items():
        if number != min(numbers) and number - 1 not in numbers:
            raise _out_of_place(file.name, at, number, f"and page {number - 1} is missing")
    return ImportedFile(NAME, "", tuple(pages[numbers[number] - 1] for number in sorted(numbers)))


def _out_of_place(name: str, at: int, number: int, why: str) -> BadInput:
    return BadInput(f"Line {at} of {name} is page {number}, {why}.", remedy="Export all pages anew as jsonl.")


def _page(found: dict[str, Any]) -> ImportedPage:
    """The page that a line says.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, OverflowError: it says none, or one that cannot be.
    """
    if not found["schema"].startswith(_SCHEMA):
        raise ValueError("of another form")
    text = found["text"]
    if text is None or text == "":
        return ImportedPage(0.0, 0.0, ())
    text.encode()  # single surrogates are no text
    image = found["image"]
    width, height = _whole(image["width"]), _whole(image["height"])
    known = {}
    for line in found["lines"]:
        start = _whole(line["start"])
        if start in known or text[start : start + len(line["text"])] != line["text"]:
            raise ValueError("a line that the text does not have")
        known[start] = line
    lines, start = [], 0
    for row in text.split("\n"):
        lines.append(_line(row, known.get(start)))
        start += len(row) + 1
    return ImportedPage(float(width), float(height), tuple(lines))


def _line(text: str, known: dict[str, Any] | None) -> TextLine:
    if known is None or known["text"] != text:
        return TextLine((TextRun(text),))
    letters = zip(text, known["boxes"], known["confidences"], strict=True)
    runs = tuple(TextRun(one, _box(box), _confidence(confidence)) for one, box, confidence in letters)
    return TextLine(runs, _box(known["box"]))


def _whole(value: Any) -> int:  # noqa: ANN401  what a file says
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError("no number of pixels, characters or pages")
    return value


def _box(box: list[Any] | None) -> Rect | None:
    if box is None:
        return None
    left, top, right, bottom = (_whole(side) for side in box)
    if right < left or bottom < top:
        raise ValueError("no box")
    return float(left), float(top), float(right), float(bottom)


def _confidence(value: Any) -> float | None:  # noqa: ANN401  what a file says
    if value is None:
        return None
    if type(value) not in {int, float} or not 0 <= value <= 1:
        raise ValueError("no confidence")
    return float(value)


FORMAT = ImportFormat(_recognises, _parse)
