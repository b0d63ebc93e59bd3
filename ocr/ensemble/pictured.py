"""Letters in the pictures of a PDF page that OCR reads: a screenshot or a map is no part of the page's own text.

They are taken out of the base reading, and each place is marked, so that a person looks there; what was read in them
stays on record beside it. A scan is one picture with all of its letters: there nothing is taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.box import Box
from model.mark import MarkKind
from model.page import Reading
from ocr.ensemble.unread import tidied
from ocr.letters import letters_of, reading_of
from ocr.text_layer.marks import place_mark

MOST = 0.5
"""Share of a page's letters from which on those in its pictures are its text."""


def without_pictured(reading: Reading, pictures: Sequence[Box]) -> Reading:
    """A reading without the letters that stand in `pictures`, boxes in pixels of the page image, and with a mark for
    each picture that has any; the reading itself where there are none, or where they are most of it."""
    inside = [_picture_of(box, pictures) for box in reading.boxes]
    count = sum(box is not None for box in reading.boxes)
    pictured = sum(number is not None for number in inside)
    if not pictured or pictured > MOST * count:
        return reading
    rows = []
    for line in reading.lines:
        at = line.span.start
        letters = letters_of(reading, line.span)
        kept = tidied([letter for n, letter in enumerate(letters, at) if inside[n] is None])
        if any(letter.box is not None for letter in kept):
            rows.append((kept, line.box))
    found = reading_of(reading.page, reading.reader, rows)
    places = [pictures[number] for number in sorted({number for number in inside if number is not None})]
    marks = [place_mark(MarkKind.PICTURE, box, found.text, found.boxes) for box in places]
    return replace(found, marks=tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind))))


def _picture_of(box: Box | None, pictures: Sequence[Box]) -> int | None:
    """The number of the picture in which the middle of a box lies."""
    if box is None:
        return None
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return next(
        (n for n, one in enumerate(pictures) if one.left <= x < one.right and one.top <= y < one.bottom), None
    )
