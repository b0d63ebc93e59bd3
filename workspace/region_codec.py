"""Regions of a page as JSON, each with those that lie in it."""

from __future__ import annotations

from typing import Any

from model.box import Box
from model.edit import Span
from model.region import CheckState, ReadingDirection, Region, RegionKind, TableCellRole
from workspace import checked

JSON = dict[str, Any]

DEEPEST = 8
"""Regions that lie in each other. A cell in a table in a frame is three."""


def region_out(region: Region) -> JSON:
    """A region and its parts; what it does not have is left out."""
    box, cell, span = region.box, region.cell, region.span
    found: JSON = {"kind": str(region.kind), "box": [box.left, box.top, box.right, box.bottom]}
    if region.order is not None:
        found["order"] = region.order
    if region.direction is not ReadingDirection.LEFT_TO_RIGHT:
        found["direction"] = str(region.direction)
    if cell is not None:
        found["cell"] = [cell.row, cell.column, cell.row_span, cell.column_span, cell.header]
    if region.state is not None:
        found["state"] = str(region.state)
    if span is not None:
        found["span"] = [span.start, span.end]
    if region.parts:
        found["parts"] = [region_out(part) for part in region.parts]
    return found


def region_in(row: JSON, depth: int = 0) -> Region:
    """The region of a JSON object.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    if depth > DEEPEST:
        raise ValueError("regions lie too deep in each other")
    left, top, right, bottom = (checked.whole(edge) for edge in checked.rows(row["box"]))
    cell = None
    if "cell" in row:
        *numbers, header = checked.rows(row["cell"])
        at, column, high, wide = (checked.whole(number) for number in numbers)
        cell = TableCellRole(at, column, high, wide, checked.truth(header))
    span = None
    if "span" in row:
        start, end = (checked.whole(edge) for edge in checked.rows(row["span"]))
        span = Span(start, end)
    return Region(
        kind=RegionKind(row["kind"]),
        box=Box(left, top, right, bottom),
        order=checked.whole(row["order"]) if "order" in row else None,
        direction=ReadingDirection(row.get("direction", ReadingDirection.LEFT_TO_RIGHT)),
        parts=tuple(region_in(part, depth + 1) for part in checked.rows(row.get("parts", []))),
        cell=cell,
        state=CheckState(row["state"]) if "state" in row else None,
        span=span,
    )
