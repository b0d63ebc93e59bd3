"""The ink of a page image against the letters of a published text, computed anew: no reader's code, no rule's.

Worked out here in the frame of the page image itself, however it was turned for reading: dark pieces of letter size
that stand in no letter's place, put together into words, and letters in whose place the paper is bare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from model.addition import Addition
from model.box import Box, box_around
from model.edit import Edit, Findings, Span
from model.evidence import EvidenceKind
from model.page import Page, Reading

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
"""So many pieces of ink, or letters without ink, one beside the other, are put before the auditor."""

LONG = 6.0
"""In heights of letters: straight strokes that are longer are rules."""

FAINTEST = 20
"""Grey levels: what is darker than the paper around by no more than that is no ink."""

REACH = 10
"""Pixels to each side in which the paper around is looked for."""

TILE = 128
"""Pixels along the side of the parts in which the paper around is looked for."""

SHORTEST_RULE = 30
"""Pixels: shorter strokes are no rules, however small the letters are."""

QUICKEST = cv2.CCL_GRANA
"""OpenCV's algorithm that finds the same pieces in half of the time; they are asked for nothing that their order, which
is another, could change."""

MOST_NAMED = 8
"""Places that are named; the rest is counted."""

Grey = NDArray[np.uint8]

cv2.setNumThreads(1)  # several pages are looked at at a time


@dataclass(frozen=True, slots=True)
class InkAudit:
    """What a page leaves open, in pixels of its image.

    `lost`: places of ink like letters where no letter of the text stands. `bare`: places of letters without ink.
    """

    lost: tuple[Box, ...]
    bare: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is on record about a page besides its text: places that people or the record speak of, spans that were
    flagged and answered."""

    places: tuple[Box, ...] = ()
    spans: tuple[Span, ...] = ()


def looked_at(page: Page, findings: Findings, additions: Iterable[Addition]) -> LookedAt:
    """What was put before people, was written by them, or is named for what it is, such as a seal."""
    places = [one.box for one in additions if one.box is not None]
    places += [mark.box for mark in page.reading.marks if mark.box is not None]
    places += [one.box for one in (page.account.named if page.account is not None else ())]
    for flag in findings.flags:
        for one in flag.evidence:
            if one.kind is EvidenceKind.INK_AT:
                edges = [str(value) for value in one.values]
                if len(edges) == len(fields(Box)) and all(edge.isdecimal() for edge in edges):
                    left, top, right, bottom = map(int, edges)
                    places.append(Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
    return LookedAt(tuple(places), tuple(flag.span for flag in findings.flags))


def unaccounted(png: bytes, reading: Reading, edits: Sequence[Edit], known: LookedAt) -> Iterator[str]:
    """What of a page's ink and of its text is not accounted for, in words."""
    found = audit_ink(png, reading, edits, known)
    if found is None:
        return
    if found.lost:
        yield f"ink like letters is not in the published text, and nobody was asked about it: {_named(found.lost)}"
    if found.bare:
        yield f"the published text has letters where the page is bare, and nobody was asked: {_named(found.bare)}"


def _named(places: Sequence[Box]) -> str:
    shown = "; ".join(f"{b.left}, {b.top} to {b.right}, {b.bottom}" for b in places[:MOST_NAMED])
    more = len(places) - MOST_NAMED
    return f"{shown} in pixels of the page image" + (f", and {more} more places" if more > 0 else "")


def audit_ink(png: bytes, reading: Reading, edits: Sequence[Edit], known: LookedAt) -> InkAudit | None:
    """Hold a page image against the text that `edits` make of a reading.

    None where the reading knows no places, or the image is no picture.
    """
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    letters = list(_standing(reading, edits, known.spans))
    if image is None or not any(box is not None for box in reading.boxes):
        return None
    scale = min(1.0, SIDE / max(image.shape))
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    mask = _ink(small)
    height = _letter_height(mask)
    bare = tuple(_bare(letters, mask, scale))
    if height == 0:
        return InkAudit((), bare)
    printed = mask & ~_rules(mask, height)
    places = np.zeros(mask.shape, np.uint8)
    for box in [*(box for box, _ in letters), *known.places]:
        _fill(places, box, scale, round(AROUND * height))
    return InkAudit(tuple(_on_page(box, scale) for box in _words(printed, places, height)), bare)


def _standing(reading: Reading, edits: Sequence[Edit], flagged: Iterable[Span]) -> Iterator[tuple[Box, bool]]:
    """The places of what is left of a reading after edits, and whether the letter is unchanged and unquestioned."""
    gone = {at for edit in edits if not edit.after.strip() for at in range(edit.span.start, edit.span.end)}
    spans = [*(edit.span for edit in edits), *flagged]
    changed = {at for span in spans for at in range(span.start, span.end)}
    for at, box in enumerate(reading.boxes):
        if box is not None and at not in gone:
            yield box, at not in changed and reading.text[at].isalnum()


def _ink(small: Grey) -> Grey:
    """1 where a page is darker than the paper around."""
    darker = _darker(small)
    counts = np.bincount(darker[darker > FAINTEST], minlength=256)
    most = _percentile(counts, 90) if counts.any() else 255.0
    return np.asarray(darker > int(max(FAINTEST, CONTRAST * most)), np.uint8)


def _darker(small: Grey) -> Grey:
    """By how much a page is darker than the paper around, where that can be more than `FAINTEST`; else 0."""
    lightest = np.asarray(cv2.dilate(small, np.ones((9, 9), np.uint8)), np.uint8)
    # No paper is lighter than the lightest within reach: only near what is darker than that it must be known.
    around = cv2.dilate(lightest, np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8))
    found = np.asarray(cv2.subtract(around, small), np.uint8)
    wanted = found > FAINTEST
    found[~wanted] = 0
    for top in range(0, small.shape[0], TILE):
        for left in range(0, small.shape[1], TILE):
            place = (slice(top, top + TILE), slice(left, left + TILE))
            if not wanted[place].any():
                continue
            y, x = max(0, top - REACH), max(0, left - REACH)
            near = lightest[y : top + TILE + REACH, x : left + TILE + REACH]
            if near.min() == near.max():
                continue  # the lightest within reach is the paper
            paper = cv2.medianBlur(near, 2 * REACH + 1)[top - y :, left - x :][:TILE, :TILE]
            found[place] = cv2.subtract(paper, small[place])
    return found


def _percentile(counts: NDArray[np.intp], per_cent: float) -> float:
    """A percentile of grey levels that occur so many times each, as `numpy.percentile` gives it of the pixels."""
    sums = counts.cumsum()
    last = int(sums[-1]) - 1
    place = last * (per_cent / 100)
    low, high = np.searchsorted(sums, [int(place), min(int(place) + 1, last)], side="right").tolist()
    part = place - int(place)
    return float(low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part))


def _letter_height(mask: Grey) -> float:
    """The usual height of letters in pixels of the mask, 0 where there are none to tell by."""
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_32S, QUICKEST)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    fitting = high[(high >= 6) & (high <= 80) & (wide >= 3) & (wide <= 3 * high)]
    return float(np.median(fitting)) if len(fitting) >= FEWEST else 0.0


def _rules(mask: Grey, height: float) -> Grey:
    length = max(SHORTEST_RULE, round(LONG * height))
    rules = np.zeros_like(mask)
    # Most rows and columns have no stroke that is even as long as the shortest.
    rows = np.flatnonzero(cv2.erode(mask, np.ones((1, SHORTEST_RULE), np.uint8)).any(axis=1))
    columns = np.flatnonzero(cv2.erode(mask, np.ones((SHORTEST_RULE, 1), np.uint8)).any(axis=0))
    if len(rows):
        rules[rows] = cv2.morphologyEx(mask[rows], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    if len(columns):
        upright = np.ascontiguousarray(mask[:, columns])
        upright = np.asarray(
            cv2.morphologyEx(upright, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)), np.uint8
        )
        rules[:, columns] |= upright
    return np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8)), np.uint8)


def _fill(places: Grey, box: Box, scale: float, around: int) -> None:
    left, top, right, bottom = (round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom))
    places[max(0, top - around) : bottom + around + 1, max(0, left - around) : right + around + 1] = 1


def _words(printed: Grey, places: Grey, height: float) -> Iterator[Box]:
    """Where pieces of letter size stand together in nobody's place."""
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(printed, 8, cv2.CV_32S, QUICKEST)
    count = len(stats)
    own = np.bincount(labels[(printed & places) > 0], minlength=count)
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    fits = (high >= SIZES[0] * height) & (high <= SIZES[1] * height) & (wide <= 4 * SIZES[1] * height)
    lost = fits & (2 * own < stats[:, cv2.CC_STAT_AREA])
    lost[0] = False
    if not lost.any():
        return
    sheet = np.zeros(printed.shape, np.uint8)
    reach = round(NEAR * height)
    for left, top, width, tall in stats[lost, :4].tolist():
        sheet[top : top + tall, max(0, left - reach) : left + width + reach] = 1
    _, words, boxes, _ = cv2.connectedComponentsWithStats(sheet, connectivity=8, ltype=cv2.CV_32S)
    middles = stats[lost, :2] + stats[lost, 2:4] // 2
    members = np.bincount(words[middles[:, 1], middles[:, 0]], minlength=len(boxes))
    for left, top, width, tall in boxes[np.flatnonzero(members >= FEWEST), :4].tolist():
        yield Box(left + reach if left else 0, top, max(left + reach, left + width - reach), top + tall)


def _bare(letters: Sequence[tuple[Box, bool]], mask: Grey, scale: float) -> Iterator[Box]:
    """Where several letters in a row, as they were read, have no ink."""
    sums = cv2.integral(mask)
    run: list[Box] = []
    for box, as_read in [*letters, (Box(0, 0, 0, 0), False)]:
        x0, y0 = min(int(box.left * scale), mask.shape[1]), min(int(box.top * scale), mask.shape[0])
        x1, y1 = (
            min(int(box.right * scale) + 1, mask.shape[1]),
            min(int(box.bottom * scale) + 1, mask.shape[0]),
        )
        ink = int(sums[y1, x1]) - int(sums[y0, x1]) - int(sums[y1, x0]) + int(sums[y0, x0])
        if as_read and ink == 0:
            run.append(box)
            continue
        around = box_around(run)
        if around is not None and len(run) >= FEWEST:
            yield around
        run.clear()


def _on_page(box: Box, scale: float) -> Box:
    return Box(*(round(edge / scale) for edge in (box.left, box.top, box.right, box.bottom)))
