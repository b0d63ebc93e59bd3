"""The ink of a page image against the letters of a published text, computed anew: no reader's code, no rule's.

Worked out here in the frame of the page image itself, however it was turned for reading: dark pieces of letter size
that stand in no letter's place, put together into words, and letters in whose place the paper is bare. Of a page
that is dark as a whole (`audit.light_print`) it is the light pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from audit.ink_pieces import Grey, ink_mask, letter_height, pieces_of, without_rules, words_of
from audit.letters import (
    ReadLetters,
    bare,
    edges_of,
    inked_width,
    read_letters,
    standing,
    unborne,
    wrong_length,
)
from audit.light_print import dark_on_light
from model.account import InkKind
from model.addition import Addition
from model.box import Box
from model.edit import Edit, Findings, Span
from model.evidence import EvidenceKind
from model.mark import MarkKind
from model.page import Page

SIDE = 1754
"""Pixels: images are looked at with their longer side no longer than this, A4 at 150 dpi."""

AROUND = 0.45
"""In heights of letters: how far beyond its box a letter's ink, or a mark's, may lie."""

WIDEST = 12.0
"""In heights of letters: no letter is so wide, nor a word whose box stands for its letters'."""

LEAST_WRITTEN = 0.3
"""Letters that a person writes for each letter height of ink in a place: fewer are not its text."""

ROWS, LONG_ROW = 2, 12.0
"""So many rows of lost words, each half as wide as the place and so many letter heights long, are print, whatever the
place is said to be."""

MOST_NAMED = 8
"""Places that are named; the rest is counted."""

cv2.setNumThreads(1)  # several pages are looked at at a time


@dataclass(frozen=True, slots=True)
class InkAudit:
    """What a page leaves open, in pixels of its image.

    `lost`: places of ink like letters where no letter of the text stands. `bare`: places of letters without ink.
    `unborne`: why other letters cannot be the page's, and where (`audit.letters`).
    """

    lost: tuple[Box, ...]
    bare: tuple[Box, ...]
    unborne: tuple[tuple[str, Box | int], ...] = ()


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is on record about a page besides its text.

    `places`: those that people were asked about. `claimed`: those of which the reading or its account says that they
    are something else, such as a seal, which nobody was asked about. `written`: places where people have put in text,
    with how many letters. `spans` were flagged and answered.
    """

    places: tuple[Box, ...] = ()
    spans: tuple[Span, ...] = ()
    claimed: tuple[Box, ...] = ()
    written: tuple[tuple[Box, int], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class InkGrounds:
    """What of a page on record its ink is held against, in little memory: kept for every page of a document.

    `pictures` are places that the reading shows as they are, `claimed` those that are said to be something else.
    """

    document: str
    number: int
    image_sha256: str
    letters: ReadLetters
    pictures: tuple[Box, ...]
    claimed: tuple[Box, ...]


def ink_grounds(page: Page) -> InkGrounds:
    """What is kept of a page.

    Raises:
        ValueError: a letter lies beyond every page.
    """
    marks = [(mark.kind, mark.box) for mark in page.reading.marks if mark.box is not None]
    pictures = tuple(box for kind, box in marks if kind is MarkKind.PICTURE)
    claimed = [box for kind, box in marks if kind is not MarkKind.PICTURE]
    named = page.account.named if page.account is not None else ()
    # In the box around a watermark most of the page's own print may lie.
    claimed += [one.box for one in named if one.kind is not InkKind.WATERMARK]
    letters = read_letters(page.reading)
    return InkGrounds(page.document, page.number, page.image_sha256, letters, pictures, tuple(claimed))


def looked_at(page: InkGrounds, findings: Findings, additions: Iterable[Addition]) -> LookedAt:
    """What was put before people, was written by them, or is named for what it is, such as a seal."""
    written = [
        (one.box, sum(letter.isalnum() for letter in one.after or ""))
        for one in additions
        if one.box is not None
    ]
    places = list(page.pictures)
    for flag in findings.flags:
        for one in flag.evidence:
            if one.kind is EvidenceKind.INK_AT:
                edges = [str(value) for value in one.values]
                if len(edges) == len(fields(Box)) and all(edge.isdecimal() for edge in edges):
                    left, top, right, bottom = map(int, edges)
                    places.append(Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
    spans = tuple(flag.span for flag in findings.flags)
    return LookedAt(tuple(places), spans, page.claimed, tuple(written))


def unaccounted(image: Grey, read: ReadLetters, edits: Sequence[Edit], known: LookedAt) -> Iterator[str]:
    """What of a page's ink and of its text is not accounted for, in words."""
    found = audit_ink(image, read, edits, known)
    if found.lost:
        yield f"ink like letters is not in the published text, and nobody was asked about it: {_named(found.lost)}"
    if found.bare:
        yield f"the published text has letters where the page is bare, and nobody was asked: {_named(found.bare)}"
    for why, group in groupby(found.unborne, key=lambda one: one[0]):
        places = [place for _, place in group]
        boxes = [place for place in places if isinstance(place, Box)]
        at = [str(place) for place in places if isinstance(place, int)]
        where = _named(boxes) if boxes else f"at code point {', '.join(at[:MOST_NAMED])} of what was read"
        yield f"the published text has letters {why}, and nobody was asked: {where}"


def _named(places: Sequence[Box]) -> str:
    shown = "; ".join(f"{b.left}, {b.top} to {b.right}, {b.bottom}" for b in places[:MOST_NAMED])
    more = len(places) - MOST_NAMED
    return f"{shown} in pixels of the page image" + (f", and {more} more places" if more > 0 else "")


def audit_ink(image: Grey, read: ReadLetters, edits: Sequence[Edit], known: LookedAt) -> InkAudit:
    """Hold a page image's grey pixels against the text that `edits` make of a reading."""
    letters = standing(read, edits, known.spans)
    scale = min(1.0, SIDE / max(image.shape))
    # Down to a half, two pixels for each are all there are, at an eighth of the cost.
    way = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=way), np.uint8)
    small = dark_on_light(small)
    mask = ink_mask(small)
    pieces = pieces_of(mask)
    height = letter_height(pieces)
    if not letters.placed.any():
        count = int(np.count_nonzero(letters.has_width))
        known_otherwise = height == 0 or known.spans or known.written
        wrong = not known_otherwise and wrong_length(count, inked_width(without_rules(mask, height), height))
        return InkAudit((), (), (("that are too few or too many for its ink", 0),) if wrong else ())
    without_ink = tuple(bare(letters, mask, scale))
    unborne_letters = tuple(unborne(letters, small, scale))
    if height == 0:
        return InkAudit((), without_ink, unborne_letters)
    printed = without_rules(mask, height)
    if printed is not mask:
        pieces = pieces_of(printed)
    places = np.zeros(mask.shape, np.uint8)
    own = letters.edges[letters.placed]
    own[:, 2] = np.minimum(own[:, 2], own[:, 0] + _widest(own[:, 3] - own[:, 1], height / scale))
    written = [box for box, count in known.written if _has_room(box, count, printed, height, scale)]
    _fill(places, np.concatenate((own, edges_of((*known.places, *written)))), scale, round(AROUND * height))
    lost = [_on_page(box, scale) for box in words_of(pieces, printed > places, height)]
    return InkAudit(tuple(_unclaimed(lost, known.claimed, height / scale)), without_ink, unborne_letters)


def _widest(high: NDArray[np.int64], height: float) -> NDArray[np.int64]:
    """How much of a box so high a letter, or a word whose box is all that is known, may take."""
    return np.maximum(1, np.rint(WIDEST * np.maximum(height, high / 2))).astype(np.int64)


def _has_room(box: Box, count: int, printed: Grey, height: float, scale: float) -> bool:
    """Whether the letters that a person wrote can be the text of a place: one word is not a whole page's."""
    top, left = max(0, int(box.top * scale)), max(0, int(box.left * scale))
    part = np.ascontiguousarray(printed[top : int(box.bottom * scale) + 1, left : int(box.right * scale) + 1])
    width = inked_width(part, height) if part.size else 0.0
    return count >= LEAST_WRITTEN * width or not wrong_length(count, width)


def _unclaimed(lost: Sequence[Box], claimed: Sequence[Box], height: float) -> Iterator[Box]:
    """The places that no claim explains: what is said to be a seal or a picture has no full rows of print in it."""
    full = [place for place in claimed if _full_rows(place, lost, height) >= ROWS]
    for box in lost:
        if not any(_lies_in(box, place) for place in claimed) or any(_lies_in(box, place) for place in full):
            yield box


def _full_rows(place: Box, lost: Sequence[Box], height: float) -> int:
    """How many rows of a place are full of lost words."""
    rows: dict[int, int] = {}
    for box in lost:
        if _lies_in(box, place):
            row = round((box.top + box.bottom) / 2 / (2 * height))
            rows[row] = rows.get(row, 0) + box.width
    return sum(width >= place.width / 2 and width >= LONG_ROW * height for width in rows.values())


def _lies_in(box: Box, place: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return place.left <= x < place.right and place.top <= y < place.bottom


def _fill(places: Grey, boxes: NDArray[np.int64], scale: float, around: int) -> None:
    left, top, right, bottom = np.rint(boxes * scale).astype(np.int64).T
    first, last = np.maximum(0, top - around).tolist(), (bottom + around + 1).tolist()
    begin, end = np.maximum(0, left - around).tolist(), (right + around + 1).tolist()
    for y0, y1, x0, x1 in zip(first, last, begin, end, strict=True):
        places[y0:y1, x0:x1] = 1


def _on_page(box: Box, scale: float) -> Box:
    return Box(*(round(edge / scale) for edge in (box.left, box.top, box.right, box.bottom)))
