"""Lines that run up or down an upright page, as in the heads of tables: cut out, turned and read both ways.

Where neither way gives words, the ink stays where it is and is read, or not, with what stands around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around
from model.page import Preparation
from ocr.image.prepare import Prepared
from ocr.layout.chains import NoPrint
from ocr.letters import LetterRow, on_page, text_of
from ocr.text_layer.contest import likelihood

WAYS = (1, 3)
"""Quarter turns clockwise: of a line that runs up the page, and of one that runs down."""

SURE, LIKELY = 0.9, -3.0
"""Mean confidence, and nats a letter, from which what is read is taken for a line."""

SHORTEST = 4
"""Letters of a line at least."""

PAPER = 80
"""Percentile of the grey levels around a line that its paper has."""

ReadRows = Callable[[Prepared], Sequence[LetterRow]]
"""What is read in the lines of an image; boxes in pixels of its page image."""


@dataclass(frozen=True, slots=True)
class TurnedLine:
    """A line that runs up or down the page: its letters and the box around them, in pixels of the page image."""

    letters: LetterRow
    box: Box


def turned_lines(prepared: Prepared, read: ReadRows) -> tuple[Prepared, tuple[TurnedLine, ...]]:
    """The lines that run up or down a page, and the page without their ink; the page itself where there are none."""
    lines: list[TurnedLine] = []
    image = prepared.image
    for place in prepared.turned:
        letters = max((_read(prepared, place, turns, read) for turns in WAYS), key=_rank)
        box = box_around(letter.box for letter in letters)
        if box is None or not _is_line(letters):
            continue
        image = image.copy() if image is prepared.image else image
        part = image[place.top : place.bottom, place.left : place.right]
        part[:] = np.uint8(np.percentile(part, PAPER))
        on = on_page(letters, prepared)
        lines.append(TurnedLine(on, prepared.to_page(box)))
    return (replace(prepared, image=image), tuple(lines)) if lines else (prepared, ())


def _read(prepared: Prepared, place: Box, turns: int, read: ReadRows) -> LetterRow:
    """What is read in a place when it is turned, if that is one line; boxes in pixels of the prepared image."""
    part: NDArray[np.uint8] = prepared.image[place.top : place.bottom, place.left : place.right]
    height, width = part.shape
    image = np.ascontiguousarray(np.rot90(part, -turns))
    alone = Prepared(image, prepared.quality, Preparation(quarter_turns=turns), width, height)
    try:
        rows = [row for row in read(alone) if row]
    except NoPrint:
        return []
    if len(rows) != 1:
        return []
    return [
        letter if letter.box is None else replace(letter, box=_moved(letter.box, place)) for letter in rows[0]
    ]


def _moved(box: Box, place: Box) -> Box:
    return Box(box.left + place.left, box.top + place.top, box.right + place.left, box.bottom + place.top)


def _rank(letters: LetterRow) -> float:
    found = likelihood(text_of(letters))
    return found.mean if found.letters else -float("inf")


def _is_line(letters: LetterRow) -> bool:
    sure = [letter.confidence for letter in letters if letter.confidence is not None]
    found = likelihood(text_of(letters))
    return found.letters >= SHORTEST and found.mean >= LIKELY and fmean(sure) >= SURE
