"""White within a line that lines up with the white between the cells of the lines around it ends a cell there, too.

The cells of a table without rules may stand close: in one row a long word leaves less white than ends a stretch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ocr.layout.ink import PageInk
from ocr.layout.line_stretch import LineStretch, Row

ROWS, LINES = 3, 6
"""So many lines above and below tell where cells begin; and so many where the widest white of a line is: what a cell
has no room for goes on in lines of its own, so that its row's neighbours are farther away."""

APART = 4.5
"""In letter heights: how far the baselines of neighbouring lines may be apart."""

WHITE = 0.7
"""In letter heights: less white is none between cells."""

SIGN = 0.3
"""In letter heights: how far under the baseline a comma reaches."""

ALIGNED = 0.3
"""In letter heights: how far the edges of cells of one column may be from each other."""

SHORT = 7.0
"""In letter heights: as wide as numbers. What is longer ends where all lines of a paragraph do."""

OTHERS = 2
"""Lines in which a cell must begin there."""

Ends = tuple[float, float]
"""The left edge of a cell and its right one."""


def with_cells(ink: PageInk, rows: Sequence[Row]) -> list[Row]:
    """The lines, downwards, with the cells that begin within their stretches."""
    rows = sorted(rows, key=lambda row: row[0].foot)
    cells = [[(stretch.left, stretch.right) for stretch in row] for row in rows]
    found = []
    for at, row in enumerate(rows):
        near, far = (
            [cells[other][1:] for other in _near(rows, at, lines, ink.letter) if len(cells[other]) > 1]
            for lines in (ROWS, LINES)
        )
        found.append(tuple(_parted(ink, one, near, far) for one in row) if len(far) >= OTHERS else row)
    return found


def _parted(
    ink: PageInk, stretch: LineStretch, near: Sequence[Sequence[Ends]], far: Sequence[Sequence[Ends]]
) -> LineStretch:
    """A stretch and where cells begin in it; `near` and `far`: those of each line around it that begin behind others,
    `far` of the lines farther away too, which tell it of the widest white alone."""
    parts = list(pairwise(_parts(ink, stretch)))
    widest = max((after[0] - before[1] for before, after in parts), default=0.0)
    cells = [
        (before[1] + after[0]) / 2
        for before, after in parts
        if sum(
            _is_in(cells, *after, ink.letter) for cells in (far if after[0] - before[1] >= widest else near)
        )
        >= OTHERS
    ]
    return replace(stretch, cells=tuple(cells)) if cells else stretch


def _near(rows: Sequence[Row], at: int, lines: int, letter: float) -> Iterator[int]:
    """The numbers of so many lines above and below one."""
    foot = rows[at][0].foot
    for other in range(max(0, at - lines), min(len(rows), at + lines + 1)):
        if other != at and abs(rows[other][0].foot - foot) <= APART * letter * abs(other - at):
            yield other


def _parts(ink: PageInk, stretch: LineStretch) -> list[Ends]:
    """The edges of what stands between wide white in a stretch."""
    order = stretch.letters[np.argsort(ink.left[stretch.letters], kind="stable")]
    starts = ink.left[order]
    ends = np.maximum.accumulate(starts + ink.wide[order])
    wide = np.flatnonzero(starts[1:] - ends[:-1] >= WHITE * stretch.baseline.letter) + 1
    cuts = np.array([at for at in wide if _is_white(ink, stretch, ends[at - 1], starts[at])], np.intp)
    edges = [0, *cuts.tolist(), len(order)]
    return [(float(starts[first]), float(ends[last - 1])) for first, last in pairwise(edges)]


def _is_white(ink: PageInk, stretch: LineStretch, left: float, right: float) -> bool:
    """Whether nothing stands there, not even a comma."""
    foot = stretch.baseline.at((left + right) / 2)
    level = (ink.foot > foot - stretch.baseline.letter) & (ink.top < foot + SIGN * stretch.baseline.letter)
    return not (level & (ink.middle > left) & (ink.middle < right)).any()


def _is_in(cells: Sequence[Ends], start: float, end: float, letter: float) -> bool:
    """Whether one of some cells begins where these edges do, or is a number, or as short, and ends there."""
    slack = ALIGNED * letter
    return any(
        abs(left - start) <= slack
        or (abs(right - end) <= slack and max(end - start, right - left) <= SHORT * letter)
        for left, right in cells
    )
