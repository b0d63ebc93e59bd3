"""The ink of a page image and its connected pieces, for the auditor's own look at it: letters, words, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box

CONTRAST = 0.3
"""Of the difference between paper and the darkest ink: what is so much darker than the paper around it is ink."""

SIZES = (0.5, 3.0)
"""In heights of letters as they are usual on the page: what is lower or higher is no letter."""

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

Grey = NDArray[np.uint8]


def ink_mask(small: Grey) -> Grey:
    """1 where a page is darker than the paper around."""
    darker = _darker(small)
    counts = cv2.calcHist([darker], [0], None, [256], [0, 256]).ravel().astype(np.intp)
    counts[: FAINTEST + 1] = 0
    most = percentile(counts, 90) if counts.any() else 255.0
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


def percentile(counts: NDArray[np.intp], per_cent: float) -> float:
    """A percentile of grey levels that occur so many times each, as `numpy.percentile` gives it of the pixels."""
    sums = counts.cumsum()
    last = int(sums[-1]) - 1
    place = last * (per_cent / 100)
    low, high = np.searchsorted(sums, [int(place), min(int(place) + 1, last)], side="right").tolist()
    part = place - int(place)
    return float(low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part))


@dataclass(frozen=True, slots=True)
class MaskPieces:
    """The connected pieces of a mask: one row of OpenCV's figures for each, and which one each pixel of the rectangle
    around all ink, `rows` by `columns`, belongs to."""

    rows: slice
    columns: slice
    labels: NDArray[np.integer[Any]]
    stats: NDArray[np.int32]


def pieces_of(mask: Grey) -> MaskPieces:
    """The connected pieces of a mask."""
    left, top, wide, high = cv2.boundingRect(mask)
    rows, columns = slice(top, top + high), slice(left, left + wide)
    inked = mask[rows, columns]
    if not inked.size:
        return MaskPieces(rows, columns, np.zeros(inked.shape, np.int32), np.zeros((1, 5), np.int32))
    small = most_pieces(inked) < np.iinfo(np.uint16).max
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        inked, 8, cv2.CV_16U if small else cv2.CV_32S, QUICKEST
    )
    shifted = np.asarray(stats, np.int32)
    shifted[:, [cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP]] += (left, top)
    return MaskPieces(rows, columns, np.asarray(labels, np.int32 if not small else np.uint16), shifted)


def most_pieces(mask: Grey) -> int:
    """How many pieces there can be, and how many may be begun on the way: each begins with a pixel that has ink neither
    before it nor above."""
    framed = np.pad(mask, ((1, 0), (1, 0)))
    before = framed[1:, :-1] | framed[:-1, :-1] | framed[:-1, 1:]
    return int(np.count_nonzero(mask > before)) + 1


def letter_height(pieces: MaskPieces) -> float:
    """The usual height of letters in pixels of the mask, 0 where there are none to tell by."""
    stats = pieces.stats
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    fitting = high[(high >= 6) & (high <= 80) & (wide >= 3) & (wide <= 3 * high)]
    return float(np.median(fitting)) if len(fitting) >= FEWEST else 0.0


def without_rules(mask: Grey, height: float) -> Grey:
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


def words_of(pieces: MaskPieces, outside: NDArray[np.bool_], height: float) -> Iterator[Box]:
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
