"""Which parts of a page are columns of prose, to be read one after the other?

Row by row is how the tables, lists and forms of official papers are read, and what Tesseract does best on
Thai. Only columns of running text are read down: blocks whose lines fill their width with gutters between, on the
whole page, on a part of it, or within a column. White that parts what is no running text is that of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.image.orientation import Pieces

FEWEST_LETTERS = 100

NARROWEST_GUTTER = 1.2
"""In letter heights. Spaces between words of a justified line are narrower, and not one above the other."""

NARROWEST_COLUMN = 14.0
"""In letter heights: what is narrower is a table's, or a list's."""

CROSSED_BY = 0.03
"""Share of the rows beside a gutter that may cross it: headings, a page number."""

LEAST_SHARE = 0.5
"""Of an even share of the letters, and of the width: each column has so much of it."""

FULL_LINE = 0.85
"""A line is full when it takes so much of its column's width; the cells of a table hardly ever do."""

FULL_LINES = 0.6
"""Share of full lines from which a block counts as running text."""

FEWEST_LINES, FEWEST_OF_A_PART = 5, 8
"""Lines of a column, and of one on a part of the page: a few full cells side by side are a coincidence."""

SLAB = 3.0
"""In letter heights, about the distance of lines: white is looked for in slabs so high."""

DEEPEST = 3
"""Columns within columns: how often a block is parted, at most."""

Edges = NDArray[np.float64]
Run = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """Columns of running text side by side. `gutters`: where the white between them begins and ends, from the left."""

    left: float
    top: float
    right: float
    bottom: float
    gutters: tuple[Run, ...]

    def moved(self, scale: float, across: float = 0.0, down: float = 0.0) -> ColumnBlock:
        """The block in another frame: `scale` times as large, then moved."""
        return ColumnBlock(
            self.left * scale + across,
            self.top * scale + down,
            self.right * scale + across,
            self.bottom * scale + down,
            tuple((start * scale + across, end * scale + across) for start, end in self.gutters),
        )

    def contains(self, left: float, right: float, foot: float) -> bool:
        """Whether the middle of a line with its foot there stands in the block."""
        return self.top <= foot <= self.bottom and self.left <= (left + right) / 2 <= self.right

    def is_crossed(self, left: float, right: float) -> bool:
        """Whether a line from `left` to `right` stands on both sides of a gutter."""
        return any(left < start and right > end for start, end in self.gutters)

    def column(self, left: float, right: float) -> int:
        """The number of the column in which a line that crosses no gutter stands, counted from 0."""
        return sum((start + end) / 2 <= (left + right) / 2 for start, end in self.gutters)


@dataclass(frozen=True, slots=True)
class PageColumns:
    """The blocks of columns of a page, those within a column behind the block that they are in."""

    blocks: tuple[ColumnBlock, ...] = ()

    def part(self, right: float, left: float, foot: float, slack: float = 0.0) -> bool:
        """Whether a gutter stands between what ends at `right` and what begins at `left`, with its foot at `foot`.

        `slack`: by how much letters may reach over it.
        """
        return any(
            right <= start + slack and left >= end - slack
            for block in self.blocks
            if block.top <= foot <= block.bottom
            for start, end in block.gutters
        )

    def ranks(self, lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, ...]]:
        """What sorts lines, given by left, right and foot, into reading order, each together with its foot behind it.

        A line that crosses a gutter, such as a heading, ends the columns above it. Lines of one column have one rank.
        """
        ranks: list[tuple[float, ...]] = [()] * len(lines)
        for block in self.blocks:
            inside = [at for at, line in enumerate(lines) if block.contains(*line)]
            crossing = sorted(lines[at][2] for at in inside if block.is_crossed(*lines[at][:2]))
            for at in inside:
                left, right, foot = lines[at]
                part = float(np.searchsorted(crossing, foot))
                if block.is_crossed(left, right):
                    ranks[at] += (block.top, part + 0.5)
                else:
                    ranks[at] += (block.top, part, block.column(left, right))
        return ranks


NO_COLUMNS = PageColumns()


def columns_of(found: Pieces) -> PageColumns:
    """The columns of running text of a page; none where it has no such columns."""
    letters, size = found.letters(), found.letter_height
    if size <= 0:
        return NO_COLUMNS
    return PageColumns(tuple(_blocks(letters, size, found.width)))


def _blocks(letters: Edges, size: float, width: int, depth: int = 0) -> Iterator[ColumnBlock]:
    """The blocks of columns that the letters stand in, outer ones first."""
    if len(letters) < FEWEST_LETTERS or depth == DEEPEST:
        return
    block = None if depth else _block(letters, letters, size, width, FEWEST_LINES)
    for part in () if block else _whites(letters, size, width):
        block = _block(letters, part, size, width, FEWEST_OF_A_PART)
        if block is not None:
            break
    if block is None:
        return
    yield block
    middles = (letters[:, 0] + letters[:, 2]) / 2
    in_height = (letters[:, 3] >= block.top) & (letters[:, 3] <= block.bottom)
    for left, right in _columns(block):
        inside = in_height & (middles > left) & (middles < right)
        yield from _blocks(letters[inside], size, width, depth + 1)
    for rest in (letters[letters[:, 3] < block.top], letters[letters[:, 3] > block.bottom]):
        yield from _blocks(rest, size, width, depth + 1)


def _columns(block: ColumnBlock) -> list[Run]:
    edges = [block.left, *(edge for gutter in block.gutters for edge in gutter), block.right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _block(letters: Edges, part: Edges, size: float, width: int, fewest: int) -> ColumnBlock | None:
    """The block that a part of the letters makes, as high as no other letters cross its gutters; None where they are
    no running text in columns."""
    gutters = _runs(_covered(part, size, width), size)
    if not gutters:
        return None
    left, right = part[:, 0].min(), part[:, 2].max()
    middle = (part[:, 1].min() + part[:, 3].max()) / 2
    top, bottom = letters[:, 3].min() - size, letters[:, 3].max() + size
    if len(part) < len(letters):
        crossing = np.any([(letters[:, 0] < end) & (letters[:, 2] > start) for start, end in gutters], axis=0)
        feet = letters[crossing & ~_is_among(letters, part), 3]
        top = max([top, *(feet[feet < middle] + 0.1 * size)])
        bottom = min([bottom, *(feet[feet > middle] - 1.1 * size)])
    block = ColumnBlock(float(left), float(top), float(right), float(bottom), tuple(gutters))
    inside = letters[(letters[:, 3] >= top) & (letters[:, 3] <= bottom)]
    if len(inside) < FEWEST_LETTERS:
        return None
    columns = _columns(block)
    even = 1 / len(columns)
    for start, end in columns:
        column = inside[(inside[:, 0] >= start - 1) & (inside[:, 2] <= end + 1)]
        if end - start < max(NARROWEST_COLUMN * size, LEAST_SHARE * even * (right - left)):
            return None
        if len(column) < LEAST_SHARE * even * len(inside) or not _is_running_text(column, size, fewest):
            return None
    return block


def _is_among(letters: Edges, part: Edges) -> NDArray[np.bool_]:
    return np.asarray((letters[:, 3] >= part[:, 3].min()) & (letters[:, 3] <= part[:, 3].max()))


def _covered(letters: Edges, size: float, width: int) -> NDArray[np.bool_]:
    """For each slab with letters, from the top, and each pixel column: whether a letter stands there."""
    slabs = np.unique((letters[:, 3] / (SLAB * size)).astype(np.int64), return_inverse=True)[1]
    edge = np.zeros((int(slabs.max()) + 1, width + 2), np.int32)
    np.add.at(edge, (slabs, letters[:, 0].astype(np.int64).clip(0, width)), 1)
    np.add.at(edge, (slabs, letters[:, 2].astype(np.int64).clip(0, width) + 1), -1)
    return np.asarray(np.cumsum(edge, axis=1)[:, :width] > 0)


def _runs(covered: NDArray[np.bool_], size: float) -> list[Run]:
    """Runs of white between letters that hardly any slab crosses, as wide as a gutter, from the left."""
    return _white(np.count_nonzero(covered, axis=0), len(covered), size)


def _white(crossed: NDArray[np.int64], slabs: int, size: float) -> list[Run]:
    free = crossed <= CROSSED_BY * slabs
    taken = np.flatnonzero(~free)
    if not len(taken):
        return []
    wide = np.flatnonzero(np.diff(taken) > NARROWEST_GUTTER * size)
    return [(float(taken[at] + 1), float(taken[at + 1])) for at in wide]


def _whites(letters: Edges, size: float, width: int) -> Iterator[Edges]:
    """The letters between which white runs down, of each stretch of slabs that cannot be longer, the longest first."""
    covered = _covered(letters, size, width)
    numbers = np.unique((letters[:, 3] / (SLAB * size)).astype(np.int64), return_inverse=True)[1]
    found: list[tuple[int, int]] = []
    reached = 0
    for start in range(len(covered)):
        crossed = np.zeros(covered.shape[1], np.int64)
        end = start
        while end < len(covered):
            crossed += covered[end]
            if not _white(crossed, end + 1 - start, size):
                break
            end += 1
        if end > max(reached, start):
            found.append((start, end))
            reached = end
    for start, end in sorted(found, key=lambda run: run[0] - run[1]):
        yield letters[(numbers >= start) & (numbers < end)]


def _is_running_text(letters: Edges, size: float, fewest: int) -> bool:
    left, right = np.percentile(letters[:, 0], 2), np.percentile(letters[:, 2], 98)
    rows = np.round(letters[:, 3] / size).astype(np.int64)
    numbers, inverse = np.unique(rows, return_inverse=True)
    starts = np.full(len(numbers), np.inf)
    ends = np.full(len(numbers), -np.inf)
    np.minimum.at(starts, inverse, letters[:, 0])
    np.maximum.at(ends, inverse, letters[:, 2])
    lines = np.bincount(inverse) >= 5
    if np.count_nonzero(lines) < fewest:
        return False
    full = (ends - starts)[lines] >= FULL_LINE * (right - left)
    return bool(full.mean() >= FULL_LINES)
