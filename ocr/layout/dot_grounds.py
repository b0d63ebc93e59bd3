"""Grounds of dots under print, as on tickets and leaflets: rows of dots closer to each other than lines of print are.

Each row by itself looks like a leader, on which something is to be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLOSE = 1.3
"""In letter heights: how far apart rows of such a ground are at most. Lines of Thai are two apart at least."""

APART = 0.2
"""In letter heights: how far apart rows are at least; what is nearer is one row."""

FEWEST = 4
"""So many rows one under the other are a ground: print between them leaves pieces of rows alone."""

ALIKE = 0.4
"""By how much the dots of two rows differ in size and distance at most, as a share of it."""

ROUND = 0.25
"""By how much a dot between letters may be wider or higher than those of its ground, as a share of it."""

ON_GRID = 0.16
"""Of the distance of two dots: how far a dot may lie beside its place. Rows may be set off by half a distance."""

Edges = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DotGround:
    """Rows of dots that lie under print: `rows` are their numbers, the others are their dots' size, their distance
    across and down, and the first dot's middle, in pixels of the image; `box` is left, top, right, bottom."""

    rows: tuple[int, ...]
    box: tuple[int, int, int, int]
    side: float
    across: float
    down: float
    x: float
    y: float

    def has(self, dots: Edges) -> NDArray[np.bool_]:
        """Which of some dots, given by their edges, are of the ground."""
        x, y = (dots[:, 0] + dots[:, 2]) / 2, (dots[:, 1] + dots[:, 3]) / 2
        left, top, right, bottom = self.box
        within = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        # A tone mark is as large in one way and not in the other.
        alike = (np.abs(dots[:, 2:] - dots[:, :2] - self.side) <= max(1.5, ROUND * self.side)).all(axis=1)
        across = np.abs((x - self.x + self.across / 4) % (self.across / 2) - self.across / 4)
        down = np.abs((y - self.y + self.down / 2) % self.down - self.down / 2)
        on_grid = (across <= ON_GRID * self.across) & (down <= ON_GRID * self.down)
        return np.asarray(within & alike & on_grid)


def dot_grounds(rows: Sequence[Edges], size: float) -> list[DotGround]:
    """The grounds that rows of dots make; `rows` has the edges of the dots of each, `size` is the height of a letter,
    in pixels of the image."""
    if len(rows) < FEWEST:
        return []
    measures = np.array([_measure(row) for row in rows])
    y = measures[:, 0]
    order = np.argsort(y, kind="stable")
    groups: list[list[int]] = []
    for at in order.tolist():
        for group in reversed(groups):
            near = [one for one in group if y[at] - y[one] <= CLOSE * size]
            if any(_goes_with(measures, one, at) for one in near):
                group.append(at)
                break
        else:
            groups.append([at])
    grounds = (_ground(rows, measures, group, size) for group in groups)
    return [one for one in grounds if one is not None]


def _measure(row: Edges) -> tuple[float, float, float, float, float]:
    middles = (row[:, 0] + row[:, 2]) / 2
    return (
        float(np.median((row[:, 1] + row[:, 3]) / 2)),
        float(np.median(np.diff(middles))) if len(row) > 1 else 0.0,
        float(np.median((row[:, 2:] - row[:, :2]).mean(axis=1))),
        float(row[:, 0].min()),
        float(row[:, 2].max()),
    )


def _goes_with(measures: NDArray[np.float64], one: int, other: int) -> bool:
    """Whether the dots of two rows are alike and as far apart, and the rows one over the other or beside each other."""
    (_, step, side, _, _), (_, other_step, other_side, _, _) = measures[one], measures[other]
    alike = abs(side - other_side) <= max(2.0, ALIKE * side)
    return bool(alike and abs(step - other_step) <= ALIKE * max(step, other_step))


def _ground(
    rows: Sequence[Edges], measures: NDArray[np.float64], group: Sequence[int], size: float
) -> DotGround | None:
    y, step, side, left, right = measures[list(group)].T
    levels = [float(y[0])]
    for level in y.tolist():
        if level - levels[-1] > APART * size:
            levels.append(level)
    if len(levels) < FEWEST:
        return None
    down = float(np.median(np.diff(levels)))
    across = float(np.median(step))
    first = rows[group[0]][0]
    box = (round(left.min()), round(y[0] - size), round(right.max()), round(y[-1] + size))
    x = float(first[0] + first[2]) / 2
    return DotGround(tuple(group), box, float(np.median(side)), across, down, x, levels[0])
