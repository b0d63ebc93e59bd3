"""Ink that no letter covers, gathered into places, each with what it is by its shape.

What is taken for letters is put before a person, so everything is that cannot be said to be something else: to show a
smudge costs a glance, to pass over a word costs the word.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.account import InkKind
from ocr.accounting.pieces import InkPieces

SPECK = 0.3
"""In letter heights: smaller pieces are specks, or marks."""

LOW, HIGH = 0.5, 3.5
"""In letter heights: letters are between as high."""

RULE = (2.5, 0.35)
"""In letter heights: rules are at least so long and at most so wide."""

LETTER = ((0.2, 2.6), (0.6, 2.6))
"""In letter heights: how wide and how high a piece on its own is that may be a letter, or two that have run together:
wider ones are taken in parts (`ocr.layout.ink`)."""

DENSE = 0.22
"""Share of its box that a picture's ink takes; a frame around print takes less."""

APART = (1.2, 0.3)
"""In letter heights, across and down: pieces of one place are at most so far from each other."""

DOTS = 4
"""So many small pieces in a row are a leader."""

_SKETCH = 4.0  # pixels that a letter is high where pieces are gathered


@dataclass(frozen=True, slots=True)
class InkGroup:
    """Pieces of ink near each other: what they are, the box around them in pixels of the prepared image, their area."""

    kind: InkKind
    left: float
    top: float
    right: float
    bottom: float
    area: float


def places(pieces: InkPieces, letter: float, size: tuple[int, int], sketched: float) -> list[InkGroup]:
    """The places that uncovered pieces make, all specks as one.

    `letter` is the usual height of a consonant, `size` width and height of the prepared image, in its pixels;
    `sketched` pixels of the ink's sketch are one of the image's.
    """
    specks = np.maximum(pieces.wide, pieces.high) < SPECK * letter
    found = [group_of(InkKind.SPECK, pieces.chosen(specks))] if specks.any() else []
    others = pieces.chosen(~specks)
    if not len(others.left):
        return found
    groups = _gathered(others, letter, size)
    order = np.argsort(groups, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        own = others.chosen(members)
        found.append(group_of(_kind(own, letter, sketched), own))
    return found


def group_of(kind: InkKind, own: InkPieces) -> InkGroup:
    """Pieces of ink as one group."""
    return InkGroup(
        kind,
        float(own.left.min()),
        float(own.top.min()),
        float((own.left + own.wide).max()),
        float((own.top + own.high).max()),
        float(own.area.sum()),
    )


def _gathered(pieces: InkPieces, letter: float, size: tuple[int, int]) -> NDArray[np.intp]:
    """For each piece the number of the place that it belongs to."""
    scale = _SKETCH / letter
    sheet = np.zeros((round(size[1] * scale) + 3, round(size[0] * scale) + 3), np.uint8)
    across, down = (share * letter / 2 for share in APART)
    # A picture or a frame around print takes in what lies in it, not what lies beside it.
    edges = np.stack([
        pieces.left - across, pieces.top - down,
        pieces.left + pieces.wide + across, pieces.top + pieces.high + down,
    ], axis=1)  # fmt: skip
    for x0, y0, x1, y1 in np.maximum((edges * scale).round(), 0).astype(int).tolist():
        sheet[y0 : y1 + 1, x0 : x1 + 1] = 1
    _, labels = cv2.connectedComponents(sheet, connectivity=8, ltype=cv2.CV_32S)
    x = ((pieces.left + pieces.wide / 2) * scale).round().astype(int).clip(0, sheet.shape[1] - 1)
    y = ((pieces.top + pieces.high / 2) * scale).round().astype(int).clip(0, sheet.shape[0] - 1)
    return np.asarray(labels[y, x], np.intp)


def _kind(own: InkPieces, letter: float, sketched: float) -> InkKind:
    """What the pieces of one place are."""
    wide, high = own.wide / letter, own.high / letter
    long, thin = np.maximum(wide, high), np.minimum(wide, high)
    rules = (long >= RULE[0]) & (thin <= RULE[1])
    large = (high > HIGH) & ~rules
    dense = own.area / sketched >= DENSE * wide * high * letter**2
    if (large & dense & (wide > 1)).any():
        return InkKind.PICTURE
    letters = (high >= LOW) & ~large & ~rules
    small = ~letters & ~large & ~rules
    count = int(letters.sum())
    if count >= 2:
        return InkKind.TEXT
    if count == 1:
        (least_wide, most_wide), (least_high, most_high) = LETTER
        one = int(np.flatnonzero(letters)[0])
        alone = least_wide <= wide[one] <= most_wide and least_high <= high[one] <= most_high
        return InkKind.TEXT if alone else InkKind.SPECK
    if large.any():
        return InkKind.BOX
    if rules.any():
        return InkKind.RULE
    return InkKind.LEADER if int(small.sum()) >= DOTS else InkKind.SPECK
