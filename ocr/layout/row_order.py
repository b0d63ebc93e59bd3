"""The order in which the lines of a page are read: downwards, one column after the other between gutters, and from left
to right what stands beside each other."""

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
    """Where a line stands: its foot in pixels, its first and its last stretch."""

    foot: float
    first: StretchPlace
    last: StretchPlace


def reading_order(rows: Sequence[RowPlace], gutters: Sequence[Box] = (), slope: float = 0.0) -> list[int]:
    """The numbers of the lines in the order in which they are read.

    `gutters`: the white between columns of running text, on the page turned level; what stands above one is read before
    the columns beside it, what stands below after them. `slope`: of the page's lines, pixels down for each to the
    right.
    """
    places = [_level(row, slope) for row in rows]
    blocks = _blocks(range(len(rows)), places, sorted(gutters, key=lambda one: (-one.height, one.left)))
    return [at for block in blocks for at in _downwards(block, rows)]


def _level(row: RowPlace, slope: float) -> Box:
    """A line from its first stretch to its last, on the page turned level."""
    left, right = sorted((row.first.box.left, row.last.box.right))
    foot = round(row.foot - slope * (left + right) / 2)
    shift = round(slope * row.foot)
    return Box(left + shift, foot, right + shift, foot)


def _blocks(numbers: Sequence[int], places: Sequence[Box], gutters: Sequence[Box]) -> list[Sequence[int]]:
    """Lines in the blocks that the gutters, the highest first, make of them, in reading order."""
    for number, gutter in enumerate(gutters):
        middle = (gutter.left + gutter.right) / 2
        above = [at for at in numbers if places[at].bottom <= gutter.top]
        below = [at for at in numbers if places[at].bottom > gutter.bottom]
        beside = [at for at in numbers if gutter.top < places[at].bottom <= gutter.bottom]
        left = [at for at in beside if places[at].left + places[at].right <= 2 * middle]
        right = [at for at in beside if places[at].left + places[at].right > 2 * middle]
        if left and right:
            others = gutters[number + 1 :]
            return [block for part in (above, left, right, below) for block in _blocks(part, places, others)]
    return [numbers] if numbers else []


def _downwards(numbers: Sequence[int], rows: Sequence[RowPlace]) -> list[int]:
    found = sorted(numbers, key=lambda at: rows[at].foot)
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
    if left.right > right.left + lower:
        return False
    if abs(row.last.slope - before.first.slope) < ASKEW:
        return False
    return min(left.bottom, right.bottom) - max(left.top, right.top) >= lower
