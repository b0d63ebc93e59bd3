"""Letters that are struck through: a line goes through them at the height where letters have their bodies."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.accounting.coverage import Letters
from ocr.layout.ink import Floats, PageInk

SHORTEST = 2.0
"""In letter heights: no stroke of a letter, nor of two that have run together, goes on so far in one row."""

NEAR = 0.4
"""In letter heights: the ink that a line goes through reaches so far beyond it at least, above and below."""

THROUGH = 0.12
"""Share of a letter's columns in which there is ink close above the line, and of those close below it: of a letter that
stands on a line or under one there is none on one side. So it is with half of a line's letters at least."""

EVEN = 0.3
"""Of the contrast of ink and paper: what a line's columns differ by at most."""

EDGE = 1
"""Pixels of the ink's sketch on either side of a line that say nothing."""

FEWEST, CROSSED = 3, 2
"""So many letters are struck through at least, and so many of them have ink on both sides of the line, as a full stop
or a hyphen has not: a line through one is a part of it."""

THICK = 0.3
"""In letter heights: a line that is thicker is a bar."""

Mask = NDArray[np.uint8]


def struck(letters: Letters, ink: PageInk, rules: Sequence[Box]) -> list[int]:
    """The code points of the letters that a line goes through.

    `rules` are the level rules of the page, in pixels of its image, which is without them; shorter lines
    are looked for.
    """
    mask = (ink.labels > 0).astype(np.uint8)
    scale = np.array([ink.across, ink.down, ink.across, ink.down])
    letter = ink.letter * ink.down
    lines = [tuple((np.array([b.left, b.top, b.right, b.bottom]) * scale).round().astype(int)) for b in rules]
    lines += [
        even
        for line in _short_lines(mask, letter)
        if (even := _even_part(ink.image, line, scale, letter)) is not None
    ]
    if not lines or not len(letters.at):
        return []
    boxes = letters.boxes * scale
    found: set[int] = set()
    for left, top, right, bottom in lines:
        if bottom - top > THICK * letter + 2:
            continue
        along = (np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)) > 0.5 * (
            boxes[:, 2] - boxes[:, 0]
        )
        hit = along & letters.standing & (boxes[:, 1] < top) & (boxes[:, 3] > bottom)
        along &= letters.standing & np.isin(letters.line, letters.line[hit])
        if hit.sum() < CROSSED or along.sum() < FEWEST:
            continue
        above, below = _beside(mask, left, top, right, bottom, max(1, round(NEAR * letter) - EDGE))
        numbers = np.flatnonzero(hit)
        sides = [
            slice(max(0, int(boxes[at, 0]) - left), max(0, int(boxes[at, 2]) - left) + 1) for at in numbers
        ]
        through = [min(_share(above[own]), _share(below[own])) >= THROUGH for own in sides]
        if 2 * sum(through) >= len(through):
            found.update(letters.at[along].tolist())
    return sorted(found)


def _share(columns: NDArray[np.bool_]) -> float:
    return float(columns.mean()) if len(columns) else 0.0


def _short_lines(mask: Mask, letter: float) -> list[tuple[int, int, int, int]]:
    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(5, round(SHORTEST * letter))), np.uint8))
    if not runs.any():
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(runs, np.uint8), connectivity=8)
    return [(x, y, x + wide, y + high) for x, y, wide, high, _ in stats[1:].tolist()]


def _even_part(
    image: Mask, line: tuple[int, int, int, int], scale: Floats, letter: float
) -> tuple[int, int, int, int] | None:
    """The part of a line in the sketch that is as dark all along, if it is long enough: letters that have run together
    have lighter columns between them, and a line may go on in the letters beside it."""
    left, top, right, bottom = (np.array(line) / scale).astype(int).tolist()
    around = image[max(0, top - (right - left) // 3) : bottom + (right - left) // 3, left:right]
    along = image[top : bottom + 1, left:right].min(axis=0)
    dark, paper = float(np.percentile(along, 10)), float(np.percentile(around, 90))
    even = np.concatenate(([False], along < dark + EVEN * (paper - dark), [False]))
    edges = np.flatnonzero(even[1:] != even[:-1]).reshape(-1, 2)
    if not len(edges):
        return None
    first, last = edges[int(np.argmax(edges[:, 1] - edges[:, 0]))]
    if (last - first) * scale[0] < SHORTEST * letter:
        return None
    return round((left + first) * scale[0]), line[1], round((left + last) * scale[0]), line[3]


def _beside(
    mask: Mask, left: int, top: int, right: int, bottom: int, near: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each column of a line whether there is ink close above it, and whether there is close below it."""
    columns = slice(max(0, left), max(0, right))
    # A line's own edge is ragged, and a rule that was painted over took a pixel on either side with it.
    above = np.asarray(mask[max(0, top - EDGE - near) : max(0, top - EDGE), columns].any(axis=0), np.bool_)
    below = np.asarray(mask[bottom + EDGE : bottom + EDGE + near, columns].any(axis=0), np.bool_)
    return above, below
