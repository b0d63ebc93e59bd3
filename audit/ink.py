"""The ink of a page image against the letters of a published text, computed anew: no reader's code, no rule's.

Worked out here in the frame of the page image itself, however it was turned for reading: dark pieces of letter size
that stand in no letter's place, put together into words, and letters in whose place the paper is bare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

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
from model.account import InkKind
from model.addition import Addition
from model.box import Box
from model.edit import Edit, Findings, Span
from model.evidence import EvidenceKind
from model.mark import MarkKind
from model.page import Page

SIDE = 1754
"""Pixels: images are looked at with their longer side no longer than this, A4 at 150 dpi."""

CONTRAST = 0.3
"""Of the difference between paper and the darkest ink: what is so much darker than the paper around it is ink."""

SIZES = (0.5, 3.0)
"""In heights of letters as they are usual on the page: what is lower or higher is no letter."""

AROUND = 0.45
"""In heights of letters: how far beyond its box a letter's ink, or a mark's, may lie."""

NEAR = 0.5
"""In heights of letters: pieces of a word are no further from each other."""

FEWEST = 3
"""So many pieces of ink, one beside the other, are put before the auditor."""

LONG = 6.0
"""In heights of letters: straight strokes that are longer are rules."""

FAINTEST = 20
"""Grey levels: what is darker than the paper around by no more than that is no ink."""

REACH = 10
"""Pixels to each side in which the paper around is looked for."""

STRIDE = 5
"""Rows and columns, of which one is looked at for the paper around: the lightest of 9 x 9 pixels hardly changes from
one to the next. Against all of them, on scans and a photo, it costs a tenth and tells 1 in 20 to 2,000 pixels of ink
otherwise, all at the edges of strokes; the letters are of the same height."""

SHORTEST_RULE = 30
"""Pixels: shorter strokes are no rules, however small the letters are."""

QUICKEST = cv2.CCL_GRANA
"""OpenCV's algorithm that finds the same pieces in half of the time; they are asked for nothing that their order, which
is another, could change."""

WIDEST = 12.0
"""In heights of letters: no letter is so wide, nor a word whose box stands for its letters'."""

LEAST_WRITTEN = 0.3
"""Letters that a person writes for each letter height of ink in a place: fewer are not its text."""

ROWS, LONG_ROW = 2, 12.0
"""So many rows of lost words, each half as wide as the place and so many letter heights long, are print, whatever the
place is said to be."""

MOST_NAMED = 8
"""Places that are named; the rest is counted."""

Grey = NDArray[np.uint8]

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
    mask = _ink(small)
    pieces = _pieces(mask)
    height = _letter_height(pieces)
    if not letters.placed.any():
        count = int(np.count_nonzero(letters.has_width))
        known_otherwise = height == 0 or known.spans or known.written
        wrong = not known_otherwise and wrong_length(count, inked_width(_printed(mask, height), height))
        return InkAudit((), (), (("that are too few or too many for its ink", 0),) if wrong else ())
    without_ink = tuple(bare(letters, mask, scale))
    unborne_letters = tuple(unborne(letters, small, scale))
    if height == 0:
        return InkAudit((), without_ink, unborne_letters)
    printed = _printed(mask, height)
    if printed is not mask:
        pieces = _pieces(printed)
    places = np.zeros(mask.shape, np.uint8)
    own = letters.edges[letters.placed]
    own[:, 2] = np.minimum(own[:, 2], own[:, 0] + _widest(own[:, 3] - own[:, 1], height / scale))
    written = [box for box, count in known.written if _has_room(box, count, printed, height, scale)]
    _fill(places, np.concatenate((own, edges_of((*known.places, *written)))), scale, round(AROUND * height))
    lost = [_on_page(box, scale) for box in _words(pieces, printed > places, height)]
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


def _ink(small: Grey) -> Grey:
    """1 where a page is darker than the paper around."""
    darker = _darker(small)
    counts = cv2.calcHist([darker], [0], None, [256], [0, 256]).ravel().astype(np.intp)
    counts[: FAINTEST + 1] = 0
    most = _percentile(counts, 90) if counts.any() else 255.0
    least = int(max(FAINTEST, CONTRAST * most))
    return np.asarray(cv2.threshold(darker, least, 1, cv2.THRESH_BINARY)[1], np.uint8)


def _darker(small: Grey) -> Grey:
    """By how much a page is darker than the paper around, which is looked at in every `STRIDE`th row and column."""
    lightest = cv2.dilate(small, np.ones((9, 9), np.uint8))
    rows, columns = (
        np.minimum(np.arange(STRIDE // 2, side + STRIDE, STRIDE), side - 1) for side in small.shape
    )
    around = cv2.medianBlur(lightest[np.ix_(rows, columns)], 2 * (REACH // STRIDE) + 1)
    paper = cv2.resize(around, None, fx=STRIDE, fy=STRIDE, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.subtract(paper[: small.shape[0], : small.shape[1]], small), np.uint8)


def _percentile(counts: NDArray[np.intp], per_cent: float) -> float:
    """A percentile of grey levels that occur so many times each, as `numpy.percentile` gives it of the pixels."""
    sums = counts.cumsum()
    last = int(sums[-1]) - 1
    place = last * (per_cent / 100)
    low, high = np.searchsorted(sums, [int(place), min(int(place) + 1, last)], side="right").tolist()
    part = place - int(place)
    return float(low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part))


@dataclass(frozen=True, slots=True)
class _MaskPieces:
    """The connected pieces of a mask: one row of OpenCV's figures for each, and which one each pixel of the rectangle
    around all ink, `rows` by `columns`, belongs to."""

    rows: slice
    columns: slice
    labels: NDArray[np.integer[Any]]
    stats: NDArray[np.int32]


def _pieces(mask: Grey) -> _MaskPieces:
    left, top, wide, high = cv2.boundingRect(mask)
    rows, columns = slice(top, top + high), slice(left, left + wide)
    inked = mask[rows, columns]
    if not inked.size:
        return _MaskPieces(rows, columns, np.zeros(inked.shape, np.int32), np.zeros((1, 5), np.int32))
    small = _most_pieces(inked) < np.iinfo(np.uint16).max
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        inked, 8, cv2.CV_16U if small else cv2.CV_32S, QUICKEST
    )
    shifted = np.asarray(stats, np.int32)
    shifted[:, [cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP]] += (left, top)
    return _MaskPieces(rows, columns, np.asarray(labels, np.int32 if not small else np.uint16), shifted)


def _most_pieces(mask: Grey) -> int:
    """How many pieces there can be, and how many may be begun on the way: each begins with a pixel that has ink neither
    before it nor above."""
    framed = np.pad(mask, ((1, 0), (1, 0)))
    before = framed[1:, :-1] | framed[:-1, :-1] | framed[:-1, 1:]
    return int(np.count_nonzero(mask > before)) + 1


def _letter_height(pieces: _MaskPieces) -> float:
    """The usual height of letters in pixels of the mask, 0 where there are none to tell by."""
    stats = pieces.stats
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    fitting = high[(high >= 6) & (high <= 80) & (wide >= 3) & (wide <= 3 * high)]
    return float(np.median(fitting)) if len(fitting) >= FEWEST else 0.0


def _printed(mask: Grey, height: float) -> Grey:
    """A mask without its rules: itself where it has none."""
    length = max(SHORTEST_RULE, round(LONG * height))
    # Most rows and columns have no stroke that is even as long as the shortest.
    rows = np.flatnonzero(cv2.erode(mask, np.ones((1, SHORTEST_RULE), np.uint8)).any(axis=1))
    columns = np.flatnonzero(cv2.erode(mask, np.ones((SHORTEST_RULE, 1), np.uint8)).any(axis=0))
    rules = np.zeros_like(mask)
    if len(rows):
        rules[rows] = cv2.morphologyEx(mask[rows], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if len(columns):
        upright = np.ascontiguousarray(mask[:, columns])
        upright = np.asarray(
            cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)), np.uint8
        )
        rules[:, columns] |= upright
    if not rules.any():
        return mask
    return mask & ~np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8)), np.uint8)


def _fill(places: Grey, boxes: NDArray[np.int64], scale: float, around: int) -> None:
    left, top, right, bottom = np.rint(boxes * scale).astype(np.int64).T
    first, last = np.maximum(0, top - around).tolist(), (bottom + around + 1).tolist()
    begin, end = np.maximum(0, left - around).tolist(), (right + around + 1).tolist()
    for y0, y1, x0, x1 in zip(first, last, begin, end, strict=True):
        places[y0:y1, x0:x1] = 1


def _words(pieces: _MaskPieces, outside: NDArray[np.bool_], height: float) -> Iterator[Box]:
    """Where pieces of letter size stand together in nobody's place; `outside` is the ink that stands in none."""
    stats = pieces.stats
    alone = np.bincount(pieces.labels[outside[pieces.rows, pieces.columns]], minlength=len(stats))
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    fits = (high >= SIZES[0] * height) & (high <= SIZES[1] * height) & (wide <= 4 * SIZES[1] * height)
    lost = fits & (2 * alone > stats[:, cv2.CC_STAT_AREA])
    lost[0] = False
    if not lost.any():
        return
    sheet = np.zeros(outside.shape, np.uint8)
    reach = round(NEAR * height)
    for left, top, width, tall in stats[lost, :4].tolist():
        sheet[top : top + tall, max(0, left - reach) : left + width + reach] = 1
    _, words, boxes, _ = cv2.connectedComponentsWithStats(sheet, connectivity=8, ltype=cv2.CV_32S)
    middles = stats[lost, :2] + stats[lost, 2:4] // 2
    members = np.bincount(words[middles[:, 1], middles[:, 0]], minlength=len(boxes))
    for left, top, width, tall in boxes[np.flatnonzero(members >= FEWEST), :4].tolist():
        yield Box(left + reach if left else 0, top, max(left + reach, left + width - reach), top + tall)


def _on_page(box: Box, scale: float) -> Box:
    return Box(*(round(edge / scale) for edge in (box.left, box.top, box.right, box.bottom)))
