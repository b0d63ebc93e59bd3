"""The order in which the lines of a page are read: downwards, and from left to right what stands beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.box import Box

BESIDE = 0.2
"""Of the lower one's height, marks and descenders too: lines that have so much of it in common stand beside each other,
and by how much of it they may overlap sideways."""

ASKEW = 0.01
"""By how much the slopes of two lines differ of which one is stamped on the page: lines that were printed together are
read as they follow each other downwards."""


@dataclass(frozen=True, slots=True)
class StretchPlace:
    """The box around a stretch of a line, in pixels, and its slope."""

    box: Box
    slope: float


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a line stands: its column, its foot in pixels, its first and its last stretch."""

    column: int
    foot: float
    first: StretchPlace
    last: StretchPlace


def reading_order(rows: Sequence[RowPlace]) -> list[int]:
    """The numbers of the lines in the order in which they are read, one column after the other."""
    found = sorted(range(len(rows)), key=lambda at: (rows[at].column, rows[at].foot))
    for end in range(1, len(found)):
        at = end
        while at and _goes_first(rows[found[at]], rows[found[at - 1]]):
            found[at - 1], found[at] = found[at], found[at - 1]
            at -= 1
    return found


def _goes_first(row: RowPlace, before: RowPlace) -> bool:
    """Whether a line stands beside and left of one whose foot is higher, and one of them is stamped on the page: it is
    on no baseline with the other."""
    left, right = row.last.box, before.first.box
    lower = BESIDE * min(left.height, right.height)
    if row.column != before.column or left.right > right.left + lower:
        return False
    if abs(row.last.slope - before.first.slope) < ASKEW:
        return False
    return min(left.bottom, right.bottom) - max(left.top, right.top) >= lower
