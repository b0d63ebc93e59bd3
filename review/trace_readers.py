"""What every reader of a page made of one place: whose letter it is that stands there, and what the others read."""

from __future__ import annotations

from dataclasses import dataclass

from audit.conclusions import reader_kind
from model.box import Box
from model.edit import Span
from model.page import Page, Reading

_OVER = 0.5  # of the lower of two letters: so much of them on one height, and they are of one line
_BESIDE = 0.25  # of a place's width: so far beyond it a letter's middle may lie


@dataclass(frozen=True, slots=True)
class ReaderThere:
    """A reader of the page and what it read at the place: None where it was not asked about that line. `gave` says that
    what stands in the raw text is what it read."""

    reader: str
    text: str | None
    gave: bool


def readers_at(page: Page, span: Span) -> tuple[ReaderThere, ...]:
    """The witness readings of a page at a place of its raw text; none where the place has no box.

    A raw text that several readers have voted about has each of them among its witness readings.
    """
    box = page.reading.box_of(span)
    raw = page.reading.text[span.start : span.end]
    if box is None:
        return ()
    found = []
    for witness in page.readings[1:]:
        text = _text_at(witness, box)
        found.append(ReaderThere(reader_kind(witness.reader), text, text == raw))
    return tuple(found)


def _text_at(reading: Reading, box: Box) -> str | None:
    """What a reading has in a place; None where it has nothing in that line."""
    edge = _BESIDE * (box.right - box.left)
    asked, text = False, []
    for letter, place in zip(reading.text, reading.boxes, strict=True):
        if place is None or not _in_one_line(place, box):
            continue
        asked = True
        if box.left - edge <= (place.left + place.right) / 2 <= box.right + edge:
            text.append(letter)
    return "".join(text) if asked else None


def _in_one_line(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _OVER * min(one.bottom - one.top, other.bottom - other.top)
