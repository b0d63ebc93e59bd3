"""Does a page have columns of prose, to be read one after the other?

Row by row is how the tables, lists and forms of official papers are read, and what Tesseract does best on
Thai. Only columns of running text are read down: blocks whose lines fill their width, with gutters between, under
headings that go across and beside pictures as in newspapers. White that runs down between other things, such as the
columns of a table, is no gutter, and neither is any that has such white for a neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.image.orientation import Pieces

FEWEST_LETTERS = 100
"""With fewer letters nothing is said about columns."""

NARROWEST_GUTTER = 1.2
"""In letter heights. Spaces between words of a justified line are narrower, and not one above the other."""

SHORTEST_GUTTER = 12.0
"""In letter heights: about five lines."""

NARROWEST_COLUMN = 15.0
"""In letter heights: columns of newspapers have 20 and more, cells of tables mostly less."""

ACROSS, DOWN = 0.2, 0.5
"""In letter heights: the cells on which white is looked for."""

LEAST = 0.3
"""In letter heights: no gutter goes through what is higher; sara a is two pieces of 0.4."""

NEAR = 40.0
"""In letter heights: how far from a gutter there must be text on either side of it."""

LEAST_BESIDE = 1 / 3
"""Share of a gutter's height: white beside it that is shorter, such as that between the columns of a small table, may
be passed over."""

SAME_GUTTER = 20
"""Letters between two stretches of white that run down beside each other, from which on they are two."""

LEAST_SHARE = 0.05
"""Share of the letters that each column must hold."""

FULL_LINE = 0.75
"""A line is full when it takes so much of its column's width; the cells of a table hardly ever do. On 14 pages of all
kinds with white that runs down, at most 0.3 of the lines beside it are full on one side or the other; of newspaper
columns with ragged ends 0.77 and more."""

FULL_LINES = 0.6
"""Share of full lines from which a block counts as running text."""

FEWEST_LINES = 5

HEAD_WHITE, WIDER = 0.9, 1.5
"""In letter heights, and times the white between two lines of the page: the white across it that parts a running head
or foot of one line from the columns."""

LINE, FEWEST_OF_TITLE, LEAST_LETTER = 1.8, 3, 0.6
"""In letter heights: what is higher than this is no single line, but for a title with so many letters that are, half of
all that is as high as letters."""

Edges = NDArray[np.float64]


def gutters_of(found: Pieces, slope: float = 0.0) -> tuple[Box, ...]:
    """The white between neighbouring columns of running text, from the left, in pixels of the thumbnail turned level.

    `slope`: of the page's lines, pixels down for each to the right. None on a page without such columns.
    """
    letters, size = found.letters(), found.letter_height
    if len(letters) < FEWEST_LETTERS or size <= 0:
        return ()
    high, wide = found.heights, found.widths
    tall, broad = (high >= LEAST * size) & (high <= 8 * size), (wide >= 0.15 * size) & (wide <= 20 * size)
    solid = found.edges[tall & broad]
    page = _White(level(letters, slope), level(solid, slope), size)
    chosen = page.gutters()
    return tuple(sorted(gutter for gutter in chosen if _parts_columns(gutter, chosen, page)))


def _parts_columns(gutter: Box, chosen: Sequence[Box], page: _White) -> bool:
    """Whether there is running text on both sides: as far as the next white, or as far as the next that is no short
    one."""
    sides = zip(*(_beside(gutter, chosen, least) for least in (0.0, LEAST_BESIDE)), strict=True)
    return all(any(page.is_column(block) for block in set(blocks)) for blocks in sides)


def around_tables(gutters: Iterable[Box], tables: Sequence[Box]) -> tuple[Box, ...]:
    """The gutters without what lies between the columns of a ruled table; a pixel of one is left out with its rows."""
    for table in tables:
        gutters = [part for gutter in gutters for part in _without(gutter, table)]
    return tuple(gutters)


def _without(gutter: Box, table: Box) -> list[Box]:
    if not (table.left < gutter.left and gutter.right < table.right):
        return [gutter]
    above = replace(gutter, bottom=max(gutter.top, min(gutter.bottom, table.top)))
    below = replace(gutter, top=min(gutter.bottom, max(gutter.top, table.bottom)))
    return [part for part in (above, below) if part.height]


def level(edges: Edges, slope: float) -> Edges:
    """Edges (left, top, right, bottom) on the page turned level."""
    across, down = slope * edges[:, 1::2].mean(axis=1), -slope * edges[:, 0::2].mean(axis=1)
    return np.asarray(edges + np.stack([across, down, across, down], axis=1), np.float64)


@dataclass(frozen=True)
class _White:
    """The letters of a page, and the pieces of ink that no gutter goes through, both turned level; `size` is a letter's
    height."""

    letters: Edges
    solid: Edges
    size: float

    @cached_property
    def start(self) -> NDArray[np.float64]:
        """The corner from which cells are counted."""
        return np.asarray(self.solid[:, :2].min(axis=0), np.float64)

    @cached_property
    def cell(self) -> NDArray[np.float64]:
        """The width and the height of a cell."""
        return np.array([ACROSS, DOWN]) * self.size

    @cached_property
    def inked(self) -> NDArray[np.bool_]:
        """Rows by columns: the cells that ink is in."""
        first = np.floor((self.solid[:, :2] - self.start) / self.cell).astype(np.intp)
        last = np.ceil((self.solid[:, 2:] - self.start) / self.cell).astype(np.intp)
        corners = np.zeros(last.max(axis=0)[::-1] + 1, np.int32)
        for x, y, sign in ((first, first, 1), (last, first, -1), (first, last, -1), (last, last, 1)):
            np.add.at(corners, (y[:, 1], x[:, 0]), sign)
        return np.asarray(corners.cumsum(axis=0).cumsum(axis=1) > 0)

    def gutters(self) -> list[Box]:
        """Stretches of white that run down between letters, those with most text beside them first."""
        wide = max(1, int(NARROWEST_GUTTER / ACROSS) - 1)
        counts = np.pad(self.inked.cumsum(axis=1, dtype=np.int32), ((0, 0), (1, 0)))
        columns = counts.shape[1] - wide
        if columns <= 1:
            return []
        free = counts[:, wide:] == counts[:, :columns]
        top, bottom = self._body()
        free[:top] = free[bottom:] = False
        edges = np.diff(np.pad(free.T.view(np.int8), ((0, 0), (1, 1))), axis=1)
        (x, first), (_, last) = np.nonzero(edges == 1), np.nonzero(edges == -1)
        long = last - first >= SHORTEST_GUTTER / DOWN
        x, first, last = x[long], first[long], last[long]
        reach = int(NEAR / ACROSS)
        before = counts[:, x] > counts[:, np.maximum(x - reach, 0)]
        behind = counts[:, np.minimum(x + wide + reach, counts.shape[1] - 1)] > counts[:, x + wide]
        between = np.pad((before & behind).cumsum(axis=0), ((1, 0), (0, 0)))
        each = np.arange(len(x))
        text = between[last, each] - between[first, each]
        chosen: list[Box] = []
        for one in np.argsort(-text, kind="stable"):
            if text[one] < FEWEST_LINES / DOWN:
                break
            cells = int(x[one]), int(first[one]), int(x[one]) + wide, int(last[one])
            if not any(self._is_same(self._box(*cells), other) for other in chosen):
                chosen.append(self._widened(*cells))
        return chosen

    def _body(self) -> tuple[int, int]:
        """The rows of cells without running heads, titles and feet: lines of their own across the page."""
        rows = np.concatenate(([False], self.inked.any(axis=1), [False]))
        changes = np.flatnonzero(rows[1:] != rows[:-1])
        begins, ends = changes[::2], changes[1::2]
        top, bottom = 0, len(rows) - 2
        if len(begins) < 3:
            return top, bottom
        whites = begins[1:] - ends[:-1]
        wide = whites >= max(HEAD_WHITE / DOWN, WIDER * float(np.median(whites)))
        lines = [self._is_line(int(first), int(last)) for first, last in zip(begins, ends, strict=True)]
        for at in range(len(whites)):
            if not (lines[at] and wide[at]):
                break
            top = int(ends[at])
        if lines[-1] and wide[-1]:
            bottom = int(begins[-1])
        return top, bottom

    def _is_line(self, first: int, last: int) -> bool:
        """Whether rows of cells that white parts from the others are one line, of text or of a large title."""
        if last - first <= LINE / DOWN:
            return True
        foot = (self.solid[:, 3] - self.start[1]) / self.cell[1]
        high = (self.solid[:, 3] - self.solid[:, 1])[(foot > first) & (foot <= last)]
        large, letters = (int(np.count_nonzero(high >= least * self.size)) for least in (LINE, LEAST_LETTER))
        return large >= FEWEST_OF_TITLE and 2 * large >= letters

    def _box(self, left: int, top: int, right: int, bottom: int) -> Box:
        edges = np.array([left, top, right, bottom]) * np.tile(self.cell, 2) + np.tile(self.start, 2)
        return Box(*(int(edge) for edge in edges.round()))

    def _widened(self, left: int, top: int, right: int, bottom: int) -> Box:
        inked = np.flatnonzero(self.inked[top:bottom].any(axis=0))
        left = int(inked[inked < left].max(initial=-1)) + 1
        right = int(inked[inked >= right].min(initial=self.inked.shape[1]))
        return self._box(left, top, right, bottom)

    def _is_same(self, one: Box, other: Box) -> bool:
        """Whether white is part of a gutter: beside it, with hardly a letter between."""
        top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
        if top >= bottom:
            return False
        left, right = min(one.right, other.right), max(one.left, other.left)
        between = self._within(Box(min(left, right), top, max(left, right), bottom))
        return len(between) < SAME_GUTTER

    @cached_property
    def _feet(self) -> NDArray[np.float64]:
        """The middle and the foot of each letter, columns by letters."""
        return np.stack([self.letters[:, ::2].mean(axis=1), self.letters[:, 3]])

    def _within(self, block: Box) -> Edges:
        x, y = self._feet
        inside = (x >= block.left) & (x < block.right) & (y > block.top) & (y <= block.bottom)
        return np.asarray(self.letters[inside], np.float64)

    def is_column(self, block: Box) -> bool:
        """Whether most lines of a block fill its width."""
        letters = self._within(block)
        if len(letters) < LEAST_SHARE * len(self.letters):
            return False
        left, right = np.percentile(letters[:, 0], 2), np.percentile(letters[:, 2], 98)
        if right - left < NARROWEST_COLUMN * self.size:
            return False
        numbers, inverse = np.unique(
            np.round(letters[:, 3] / self.size).astype(np.int64), return_inverse=True
        )
        starts = np.full(len(numbers), np.inf)
        ends = np.full(len(numbers), -np.inf)
        np.minimum.at(starts, inverse, letters[:, 0])
        np.maximum.at(ends, inverse, letters[:, 2])
        lines = np.bincount(inverse) >= 5
        if np.count_nonzero(lines) < FEWEST_LINES:
            return False
        return bool(((ends - starts)[lines] >= FULL_LINE * (right - left)).mean() >= FULL_LINES)


def _beside(gutter: Box, chosen: Sequence[Box], least: float) -> tuple[Box, Box]:
    """The blocks left and right of a gutter, each as far as the next one that runs down beside it along that share of
    its height at least."""
    far = 10**6
    before = Box(-far, gutter.top, gutter.left, gutter.bottom)
    behind = Box(gutter.right, gutter.top, far, gutter.bottom)
    for other in chosen:
        top, bottom = max(gutter.top, other.top), min(gutter.bottom, other.bottom)
        if bottom - top <= least * gutter.height:
            continue
        if before.left < other.right <= gutter.left:
            before = Box(other.right, top, gutter.left, bottom)
        if gutter.right <= other.left < behind.right:
            behind = Box(gutter.right, top, other.left, bottom)
    return before, behind
