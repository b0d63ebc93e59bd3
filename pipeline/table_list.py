"""The tables of a document with what stands in their cells."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dictionaries.resources import Resources
from model.box import Box
from model.edit import Edit
from model.page import Page
from model.place import Mention, PlaceStatus
from model.publication import Edition, TextLayer
from model.region import Region, RegionKind
from model.state import Outcome, PageState
from model.table import DocumentTable, DocumentTables, TableCell
from ocr.layout.aligned import aligned_tables
from reports.table_values import number_of, with_sums
from reports.text_layers import LayerPage, layer_pages
from review.place_list import page_places

FOOT, HEAD = 0.75, 0.3
"""Shares of a page's height: a table that ends below the one may go on on the next page above the other."""

SAME_EDGE = 0.02
"""Of a page's width: how far the edges of a table's columns may be from each other on two pages."""

_UNDECIDED = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)
_SURE_PLACES = (PlaceStatus.EXACT, PlaceStatus.REPAIRED)


def document_tables(edition: Edition, layer: TextLayer, resources: Resources) -> DocumentTables:
    """Every table of a document, in order of page and place; a table that goes on on the next page is one.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    found: list[tuple[DocumentTable, Region, Page]] = []
    for page in layer_pages(edition, layer):
        if page.page is None:
            continue
        for region, table in _page_tables(page, resources):
            before = found[-1] if found else None
            if before is not None and _goes_on(before[1], before[2], region, page.page):
                found[-1] = (_joined(before[0], table), region, page.page)
            else:
                found.append((table, region, page.page))
    tables = tuple(with_sums(table) for table, _, _ in found)
    return DocumentTables(edition.state.id, edition.state.name, layer, tables)


def _page_tables(page: LayerPage, resources: Resources) -> list[tuple[Region, DocumentTable]]:
    if page.page is None:
        return []
    ruled = [region for region in page.page.regions if region.kind is RegionKind.TABLE]
    regions = sorted([*ruled, *aligned_tables(page.page, ruled)], key=lambda region: region.box.top)
    places = page_places(page.state, resources) if regions else ()
    found = []
    for region in regions:
        owners = _owners(page.page, region)
        texts = _texts(page.page.reading.text, owners, [one.edit for one in page.edits], len(region.parts))
        waiting = _waiting(page.state, owners, len(region.parts))
        cells = [
            _cell(page.page.number, part, texts[at], places, waiting[at])
            for at, part in enumerate(region.parts)
        ]
        if any(cell.text for cell in cells):
            found.append((region, DocumentTable(tuple(_with_heads(cells)), ruled=region in ruled)))
    return found


def _cell(page: int, part: Region, text: str, places: Sequence[Mention], waiting: int) -> TableCell:
    if part.cell is None:
        raise ValueError(f"no cell of a table: {part}")
    role, box = part.cell, part.box
    codes = {
        one.code
        for one in places
        if one.code and one.status in _SURE_PLACES and one.box is not None and _middle_in(one.box, box)
    }
    return TableCell(
        page, box, role.row, role.column, text, role.row_span, role.column_span, role.header,
        number_of(text), codes.pop() if len(codes) == 1 else "", waiting,
    )  # fmt: skip


def _middle_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x < outer.right and outer.top <= y < outer.bottom


def _owners(page: Page, table: Region) -> list[int | None]:
    """For each character of the page's raw text the number of the cell in which it stands."""
    reading = page.reading
    owners: list[int | None] = [None] * len(reading.text)
    for number, part in enumerate(table.parts):
        if part.span is not None:
            owners[part.span.start : part.span.end] = [number] * (part.span.end - part.span.start)
    if any(part.span is not None for part in table.parts):
        return owners
    for at, box in enumerate(reading.boxes):
        if box is not None and _middle_in(box, table.box):
            owners[at] = next(
                (number for number, part in enumerate(table.parts) if _middle_in(box, part.box)), None
            )
    for at, box in enumerate(reading.boxes):
        if box is None and 0 < at < len(owners) - 1 and owners[at - 1] == owners[at + 1]:
            owners[at] = owners[at - 1]
    return owners


def _texts(raw: str, owners: Sequence[int | None], edits: Iterable[Edit], count: int) -> list[str]:
    """The text of each cell with the edits applied, a newline between printed lines."""
    texts = [""] * count
    last = [0] * count

    def put(owner: int | None, text: str, start: int, end: int) -> None:
        if owner is None:
            return
        between = raw[last[owner] : start] if texts[owner] else ""
        texts[owner] += ("\n" if "\n" in between else " " if between else "") + text
        last[owner] = end

    at = 0
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        for place in range(at, edit.span.start):
            put(owners[place], raw[place], place, place + 1)
        at = edit.span.end
        touched = [
            *owners[edit.span.start : edit.span.end],
            *owners[max(0, edit.span.start - 1) : edit.span.start],
        ]
        owner = next((one for one in touched if one is not None), None)
        put(owner, edit.after, edit.span.start, edit.span.end)
    for place in range(at, len(raw)):
        put(owners[place], raw[place], place, place + 1)
    return ["\n".join(line.strip() for line in text.split("\n") if line.strip()) for text in texts]


def _waiting(state: PageState, owners: Sequence[int | None], count: int) -> list[int]:
    found = [0] * count
    for one in state.findings.all if state.findings else ():
        if state.outcomes.get(one.id) in _UNDECIDED:
            for owner in {owner for owner in owners[one.span.start : one.span.end] if owner is not None}:
                found[owner] += 1
    return found


def _with_heads(cells: Sequence[TableCell]) -> list[TableCell]:
    """The cells with the rows above the first one with numbers as heads; the first row alone where none has numbers."""
    rows = sorted({cell.row for cell in cells})
    figures = sorted({cell.row for cell in cells if cell.number is not None and not _is_year(cell)})
    if len(rows) < 2 or (figures and figures[0] == rows[0]):
        return list(cells)
    last = rows[bisect.bisect_left(rows, figures[0]) - 1] if figures else rows[0]
    return [replace(cell, header=cell.header or cell.row <= last) for cell in cells]


def _is_year(cell: TableCell) -> bool:
    number = cell.number
    whole = number is not None and number == number.to_integral_value() and "," not in cell.text
    return whole and number is not None and (2400 <= number <= 2700 or 1900 <= number <= 2100)


def _goes_on(before: Region, page: Page, region: Region, following: Page) -> bool:
    """True when a table is the rest of the one at the foot of the page before."""
    if following.number != page.number + 1 or before.column_count != region.column_count:
        return False
    if before.box.bottom < FOOT * page.height or region.box.top > HEAD * following.height:
        return False
    slack = SAME_EDGE * page.width
    return (
        abs(before.box.left - region.box.left) <= slack and abs(before.box.right - region.box.right) <= slack
    )


def _joined(table: DocumentTable, rest: DocumentTable) -> DocumentTable:
    """One table of both; heads that are printed again stay heads, other first rows are rows."""
    heads = {cell.text for cell in table.cells if cell.header}
    rows = table.row_count
    moved = tuple(
        replace(cell, row=cell.row + rows, header=cell.header and cell.text in heads) for cell in rest.cells
    )
    return DocumentTable((*table.cells, *moved), table.ruled)
