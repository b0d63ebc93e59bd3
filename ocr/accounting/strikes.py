"""Letters that are struck through: a line goes through them at the height where letters have their bodies."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.accounting.coverage import Letters
from ocr.layout.ink import Floats, PageInk

SHORTEST = 1.3
"""In letter heights: no stroke of a letter goes on so far in one row, and two that have run together have lighter
columns between them."""

NEAR = 0.4
"""In letter heights: the ink that a line goes through reaches so far beyond it at least, above and below."""

THROUGH = 0.12
"""Share of a letter's columns in which there is ink close above the line, and of those close below it: of a letter that
stands on a line or under one there is none on one side. So it is with half of a line's letters at least."""

EVEN = 0.3
"""Of the contrast of ink and paper: what a line's columns differ by at most."""

EDGE = 1
"""Pixels of the ink's sketch on either side of a line that say nothing."""

FEWEST, CROSSED = 2, 2
"""So many letters are struck through at least, and so many of them have ink on both sides of the line, as a full stop
or a hyphen has not: a line through one is a part of it."""

MOST, BEGUN = 0.5, 0.25
"""Share of its width that a line covers of a letter that it goes through, and of the letter before or behind those,
which is struck, too: of ไ and ใ it may meet the foot alone."""

THICK = 0.3
"""In letter heights: a line that is thicker is a bar."""

Mask = NDArray[np.uint8]
Line = tuple[int, int, int, int]
"""Left, top, right and bottom in the ink's sketch."""


def struck(letters: Letters, ink: PageInk, rules: Sequence[Box]) -> list[int]:
    """The code points of the letters that a line goes through.

    `rules` are the level rules of the page, in pixels of its image, which is without them; shorter lines
    are looked for.
    """
    mask = (ink.labels > 0).astype(np.uint8)
    scale = np.array([ink.across, ink.down, ink.across, ink.down])
    letter = ink.letter * ink.down
    lines: list[Line] = [
        (
            round(rule.left * ink.across),
            round(rule.top * ink.down),
            round(rule.right * ink.across),
            round(rule.bottom * ink.down),
        )
        for rule in rules
    ]
    if not len(letters.at):
        return []
    boxes = letters.boxes * scale
    # What is even is looked at closely in lines through letters alone: bold print has many short ones.
    for line in _short_lines(mask, letter):
        if np.count_nonzero(_through(letters, boxes, line)) >= CROSSED:
            even = _even_part(ink.image, line, scale, letter)
            lines += [] if even is None else [even]
    found: set[int] = set()
    for line in lines:
        if line[3] - line[1] <= THICK * letter + 2:
            found.update(letters.at[_struck_by(line, letters, boxes, mask, letter)].tolist())
    return sorted(found)


def _covered(boxes: Floats, line: Line, share: float) -> NDArray[np.bool_]:
    """Which boxes a line covers more of than a share of their width, in whatever row."""
    covered = np.minimum(boxes[:, 2], line[2]) - np.maximum(boxes[:, 0], line[0])
    return np.asarray(covered > share * (boxes[:, 2] - boxes[:, 0]))


def _through(letters: Letters, boxes: Floats, line: Line) -> NDArray[np.bool_]:
    """Which letters a line goes through, between their tops and their feet."""
    within = (boxes[:, 1] < line[1]) & (boxes[:, 3] > line[3])
    return np.asarray(letters.standing & within & _covered(boxes, line, MOST))


def _struck_by(line: Line, letters: Letters, boxes: Floats, mask: Mask, letter: float) -> NDArray[np.bool_]:
    """Which letters a line strikes out: it goes through some, and the others stand along it."""
    left, top, right, bottom = line
    hit = _through(letters, boxes, line)
    beside = letters.standing & np.isin(letters.line, letters.line[hit])
    if hit.sum() >= CROSSED and (beside & _covered(boxes, line, MOST)).sum() >= FEWEST:
        above, below = _beside(mask, left, top, right, bottom, max(1, round(NEAR * letter) - EDGE))
        edges = boxes[hit].astype(int)
        sides = [slice(max(0, x0 - left), max(0, x1 - left) + 1) for x0, _, x1, _ in edges.tolist()]
        through = [min(_share(above[own]), _share(below[own])) >= THROUGH for own in sides]
        if 2 * sum(through) >= len(through):
            return np.asarray(beside & _covered(boxes, line, BEGUN))
    return np.zeros(len(boxes), np.bool_)


def _share(columns: NDArray[np.bool_]) -> float:
    return float(columns.mean()) if len(columns) else 0.0


def _short_lines(mask: Mask, letter: float) -> list[Line]:
    runs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, max(5, round(SHORTEST * letter))), np.uint8))
    if not runs.any():
        return []
    outlines, _ = cv2.findContours(np.asarray(runs, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [(x, y, x + wide, y + high) for x, y, wide, high in map(cv2.boundingRect, outlines)]


def _even_part(image: Mask, line: Line, scale: Floats, letter: float) -> Line | None:
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
