"""A line in a cell that spans rows of a table stands between the lines of these rows: it is of the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from model.region import Region, TableCellRole
from ocr.layout.line_stretch import LineStretch, Row

Place = tuple[int, int]
"""The number of a line and that of a stretch in it."""


def lines_of_first_rows(rows: Sequence[Row], tables: Sequence[Region]) -> dict[Place, int]:
    """For each stretch of the single line in a cell that spans rows, the number of the line in the first of these rows.

    `tables` are the page's ruled tables with their cells. A stretch stays where that row has no line of its own.
    """
    found: dict[Place, int] = {}
    for table in tables:
        held = _held(rows, table)
        first_rows = {
            place: role.row for role, places in held.items() for place in places if role.row_span > 1
        }
        for at, row in enumerate(rows):
            starts = {first_rows.get((at, place)) for place in range(len(row))}
            start = starts.pop()
            if starts or start is None:
                continue  # something else stands in the line
            lines = {place[0] for role, own in held.items() if role.row == start for place in own} - {at}
            beside = [
                line
                for line in lines
                if any((line, place) not in first_rows for place in range(len(rows[line])))
            ]
            alone = all(
                len({line for line, _ in own}) == 1
                for own in held.values()
                if any(line == at for line, _ in own)
            )
            if beside and alone:
                host = min(beside, key=lambda line: abs(rows[line][0].foot - row[0].foot))
                found.update({(at, place): host for place in range(len(row))})
    return found


def _held(rows: Sequence[Row], table: Region) -> dict[TableCellRole, list[Place]]:
    """The stretches in each cell of a table, by its place there."""
    found: dict[TableCellRole, list[Place]] = {}
    for at, row in enumerate(rows):
        for place, stretch in enumerate(row):
            role = _cell(table, stretch)
            if role is not None:
                found.setdefault(role, []).append((at, place))
    return found


def _cell(table: Region, stretch: LineStretch) -> TableCellRole | None:
    x, y = (stretch.left + stretch.right) / 2, stretch.foot - stretch.baseline.letter / 2
    for cell in table.parts:
        if cell.box.left <= x < cell.box.right and cell.box.top <= y < cell.box.bottom:
            return cell.cell
    return None
