"""The letters of a published text against the page image: those that no ink of their own bears out.

Worked out anew, as `audit.ink` does: letters without a place among letters that have one, on the ink of others, closer
together than print, under solid ink; and of a text that knows no places, whether it is as long as its ink.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around

FEWEST = 3
"""So many letters in a row are put before the auditor."""

CLOSE = 0.22
"""In heights of letters: letters that follow each other no further apart, several times, are no print."""

MIDDLE = 0.25
"""Share of a box on either side of its middle within which no letter of another place in the text has its own."""

SOLID, FULL = 60, 0.97
"""Grey level of what is black, and share of a letter's place that is so where a bar covers it."""

LOW = 4
"""Pixels of the small image: of a box that is lower nothing can be told."""

LENGTHS = (0.6, 2.6)
"""Letters for each letter height that the pieces of ink of letter size are wide: with fewer or more the text is not the
page's. On 57 pages of all kinds there are 0.85 to 1.9."""

SCANTY = 20.0
"""In letter heights: with less ink than this its length tells nothing."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PlacedLetter:
    """A letter of the text as it was read: where it stands in the text and on the page image, if that is known.
    `asked`: people were asked about it, or have changed it."""

    at: int
    letter: str
    box: Box | None
    asked: bool

    @property
    def counts(self) -> bool:
        """Whether it stands on the line and must have ink of its own."""
        return self.letter.isalnum() and unicodedata.category(self.letter) != "Mn" and not self.asked


def unborne(letters: Sequence[PlacedLetter], small: Grey, scale: float) -> Iterator[tuple[str, Box | int]]:
    """What of a text the page does not bear out: why, in words, and where on the page image, or at which code point of
    what was read. `small` is the page image at `scale` pixels for each of its own.

    The letters themselves are not said: what is blacked out is nobody's business.
    """
    counted = [one for one in letters if one.counts]
    for run in _runs(counted, [one.box is None for one in counted]):
        yield "without a place on the page", run[0].at
    placed = [one for one in counted if one.box is not None]
    kinds = (
        ("on the ink of others", _on_others(placed), FEWEST),
        ("closer together than print", _close(placed), FEWEST + 1),
        ("where the page is black", _covered(placed, small, scale), FEWEST),
    )
    for why, found, fewest in kinds:
        for run in _runs(placed, found, fewest):
            place = box_around(one.box for one in run)
            yield why, run[0].at if place is None else place


def wrong_length(letters: int, width: float) -> bool:
    """Whether so many letters cannot be the text of ink that is `width` letter heights wide, all pieces together."""
    return width >= SCANTY and not LENGTHS[0] * width <= letters <= LENGTHS[1] * width


def _runs(
    letters: Sequence[PlacedLetter], found: Sequence[bool], fewest: int = FEWEST
) -> Iterator[list[PlacedLetter]]:
    run: list[PlacedLetter] = []
    for one, is_found in zip(letters, found, strict=True):
        if is_found:
            run.append(one)
            continue
        if len(run) >= fewest:
            yield run
        run = []
    if len(run) >= fewest:
        yield run


def _on_others(placed: Sequence[PlacedLetter]) -> list[bool]:
    """Which letters have their middle in the middle of a letter that stands before them in the text, not next to it."""
    taken: dict[tuple[int, int], list[tuple[int, float, float, float, float, Box]]] = {}
    found = []
    for number, one in enumerate(placed):
        box = one.box
        assert box is not None
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        column, row = int(x // _CELL), int(y // _CELL)
        near = chain.from_iterable(taken.get((column + a, row + b), ()) for a, b in _AROUND)
        found.append(
            any(
                abs(x - other_x) <= wide
                and abs(y - other_y) <= high
                and number - other > (_SHARED if place == box else 1)
                for other, other_x, other_y, wide, high, place in near
            )
        )
        middle = (number, x, y, MIDDLE * box.width, MIDDLE * box.height, box)
        taken.setdefault((column, row), []).append(middle)
    return found


_CELL = 64  # pixels along the side of the squares in which letters are looked for
_AROUND = tuple(product((-1, 0, 1), repeat=2))
_SHARED = 12  # letters in the text between which one box is that of a word, and no more is known


def _close(placed: Sequence[PlacedLetter]) -> list[bool]:
    """Which letters stand too near to the next one of their line."""
    heights = [one.box.height for one in placed if one.box is not None]
    least = CLOSE * median(heights) / _LINE if heights else 0.0
    found = [False] * len(placed)
    for number, (one, after) in enumerate(pairwise(placed)):
        a, b = one.box, after.box
        if a is None or b is None or a == b or after.at - one.at > 2:
            continue
        level = min(a.bottom, b.bottom) - max(a.top, b.top) > min(a.height, b.height) / 2
        if level and 0 <= b.left - a.left < least:
            found[number] = found[number + 1] = True
    return found


_LINE = 1.6  # boxes may be as high as the line, so many times the letter


def _covered(placed: Sequence[PlacedLetter], small: Grey, scale: float) -> list[bool]:
    """Which letters stand where the page is black."""
    sums = cv2.integral(np.asarray(small < SOLID, np.uint8))
    rows, columns = small.shape
    found = []
    for one in placed:
        box = one.box
        assert box is not None
        around = round(0.15 * box.height)
        top, bottom = max(0, int(box.top * scale)), min(rows, int(box.bottom * scale))
        left = max(0, int((box.left - around) * scale))
        right = min(columns, int((box.right + around) * scale) + 1)
        if bottom - top < LOW or right <= left:
            found.append(False)
            continue
        black = (
            int(sums[bottom, right]) - int(sums[top, right]) - int(sums[bottom, left]) + int(sums[top, left])
        )
        found.append(black / ((bottom - top) * (right - left)) >= FULL)
    return found


def inked_width(mask: Grey, height: float) -> float:
    """How many letter heights all pieces of letter size of an ink mask are wide, taken together."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    high, wide = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    fits = (high >= height / 2) & (high <= 3.5 * height)
    return float(wide[fits].sum()) / max(height, 1.0)
