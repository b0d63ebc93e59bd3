"""Tables without rules: lines one under the other with white that runs down between their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.box import Box, box_around
from model.edit import Span
from model.page import Page
from model.region import Region, RegionKind, TableCellRole

FEWEST_ROWS = 3
"""Two lines with a wide gap are a coincidence."""

SHARED = 0.3
"""Of the narrower one's width: how much two cells of one column must overlap."""

SHORT = 16
MOSTLY = 0.7
"""Characters of a short cell, and the share of a column's cells that are short if it is a column of such."""

PITCH = 2.5
"""Of the usual distance of lines: from here on white between two lines ends a table."""


@dataclass(frozen=True, slots=True)
class _AlignedLine:
    cells: tuple[tuple[Span, Box], ...]
    box: Box


def aligned_tables(page: Page, taken: Sequence[Region] = ()) -> tuple[Region, ...]:
    """The tables that the lines of the page's base reading make by their TABs, each cell with its span in the text.

    What stands in the regions `taken`, such as ruled tables, is left out.
    """
    found: list[Region] = []
    rows: list[_AlignedLine] = []
    for row in [*_rows(page, taken), None]:
        if row is not None and len(row.cells) > 1 and (not rows or _below(rows, row)):
            rows.append(row)
            continue
        found += _table(rows)
        rows = [row] if row is not None and len(row.cells) > 1 else []
    return tuple(found)


def _rows(page: Page, taken: Sequence[Region]) -> list[_AlignedLine]:
    reading = page.reading
    rows = []
    start = 0
    for line in reading.text.split("\n"):
        cells = []
        at = start
        for cell in line.split("\t"):
            span = Span(at, at + len(cell))
            box = reading.box_of(span)
            if cell.strip() and box is not None and not any(_covers(region.box, box) for region in taken):
                cells.append((span, box))
            at += len(cell) + 1
        whole = box_around(box for _, box in cells)
        if whole is not None:
            rows.append(_AlignedLine(tuple(cells), whole))
        start += len(line) + 1
    return rows


def _covers(outer: Box, inner: Box) -> bool:
    middle = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= middle[0] <= outer.right and outer.top <= middle[1] <= outer.bottom


def _below(rows: Sequence[_AlignedLine], row: _AlignedLine) -> bool:
    last = rows[-1].box
    return 0 < row.box.bottom - last.bottom <= PITCH * max(last.height, row.box.height)


def _table(rows: Sequence[_AlignedLine]) -> list[Region]:
    """One table of rows that follow each other, or none where their cells make no columns."""
    if len(rows) < FEWEST_ROWS:
        return []
    columns = _columns(rows)
    if len(columns) < 2:
        return []
    parts: list[Region] = []
    for number, row in enumerate(rows):
        for span, box in row.cells:
            fields = [at for at, column in enumerate(columns) if _share(box, column) > SHARED]
            if not fields:
                continue
            role = TableCellRole(number, fields[0], 1, fields[-1] - fields[0] + 1)
            parts.append(Region(RegionKind.CELL, box, len(parts), cell=role, span=span))
    whole = box_around(part.box for part in parts)
    if not any(_is_short(parts, column) for column in range(len(columns))):
        return []
    return [] if whole is None else [Region(RegionKind.TABLE, whole, parts=tuple(parts))]


def _is_short(parts: Sequence[Region], column: int) -> bool:
    """True when nearly all cells of a column are short: a table has such a column, two pages side by side have none."""
    lengths = [
        part.span.end - part.span.start
        for part in parts
        if part.span is not None and part.cell is not None and part.cell.column == column
    ]
    return sum(length <= SHORT for length in lengths) >= MOSTLY * max(1, len(lengths))


def _columns(rows: Sequence[_AlignedLine]) -> list[tuple[int, int]]:
    """The left and right edges of the columns: those of the rows with the most cells, and what lines up with them."""
    most = max(len(row.cells) for row in rows)
    columns: list[tuple[int, int]] = []
    for row in sorted(rows, key=lambda row: -len(row.cells)):
        for _, box in row.cells:
            over = [column for column in columns if _share(box, column) > SHARED]
            if len(over) == 1:
                columns.remove(over[0])
                columns.append((min(over[0][0], box.left), max(over[0][1], box.right)))
            elif not over and (len(row.cells) == most or len(row.cells) > 1):
                columns.append((box.left, box.right))
    return sorted(columns)


def _share(box: Box, column: tuple[int, int]) -> float:
    """How much of the narrower of the two the other covers."""
    shared = min(box.right, column[1]) - max(box.left, column[0])
    return shared / max(1, min(box.width, column[1] - column[0]))
