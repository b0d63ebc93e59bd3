"""The order in which the lines of a page are read: downwards, and from left to right what stands beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.box import Box

BESIDE = 0.2
"""Of the lower one's height, marks and descenders too: lines that have so much of it in common stand beside each other.
A name that is stamped askew beside another line is on no baseline with it."""


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a line stands: its column, its foot, and the boxes around its first and its last stretch, in pixels."""

    column: int
    foot: float
    first: Box
    last: Box


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
    """Whether a line stands beside and left of one whose foot is higher."""
    if row.column != before.column or row.last.right > before.first.left:
        return False
    shared = min(row.last.bottom, before.first.bottom) - max(row.last.top, before.first.top)
    return shared >= BESIDE * min(row.last.height, before.first.height)
