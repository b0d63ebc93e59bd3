"""Letters as a reader puts them down, and the reading that lines of them make up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.box import Box
from model.edit import Span
from model.page import Line, Reader, Reading
from ocr.image.prepare import Prepared

RAISED_FORMS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
"""Signs of notes and exponents to the characters that stand raised; Thai digits have none."""


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """One code point with its box, the reader's confidence, and the white behind it, as a `Reading` has them."""

    text: str
    box: Box | None = None
    confidence: float | None = None
    gap: float | None = None


LetterRow = list[ReadLetter]
"""The code points of one line, in order."""


def letters_of(reading: Reading, span: Span) -> LetterRow:
    """The code points of a span of a reading."""
    return [
        ReadLetter(reading.text[at], reading.boxes[at], reading.confidences[at], reading.gaps[at])
        for at in range(span.start, span.end)
    ]


def text_of(letters: Sequence[ReadLetter]) -> str:
    """The text of letters."""
    return "".join(letter.text for letter in letters)


def on_page(letters: Sequence[ReadLetter], prepared: Prepared) -> LetterRow:
    """Letters whose boxes are in pixels of the prepared image, with boxes in pixels of the page image."""
    return [
        letter if letter.box is None else replace(letter, box=prepared.to_page(letter.box))
        for letter in letters
    ]


def reading_of(page: int, reader: Reader, rows: Sequence[tuple[Sequence[ReadLetter], Box | None]]) -> Reading:
    """The reading of a page from its lines, each with its box; a newline ends each of them."""
    letters: LetterRow = []
    lines: list[Line] = []
    for row, box in rows:
        start = len(letters)
        letters.extend(row)
        lines.append(Line(Span(start, len(letters)), box))
        letters.append(ReadLetter("\n"))
    return Reading(
        page=page,
        reader=reader,
        text=text_of(letters),
        lines=tuple(lines),
        boxes=tuple(letter.box for letter in letters),
        confidences=tuple(letter.confidence for letter in letters),
        gaps=tuple(letter.gap for letter in letters),
    )
