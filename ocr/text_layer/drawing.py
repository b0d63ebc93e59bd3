"""What is drawn on a page and not written, by which its text layer is laid out: tables, check boxes, leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.box import Box
from ocr.image.prepare import Prepared
from ocr.layout.leaders import TOKEN
from ocr.text_layer.claims import UNKNOWN
from ocr.text_layer.glyphs import GlyphPage
from ocr.text_layer.placing import PlacedCharacter, Quad, along

MANY_COLUMNS = 3
"""From so many columns on a wide gap within a cell is a space: the columns are those that rules part."""


ON_LINE = 0.5
"""In ems: how far from a baseline a leader may be drawn. Dots with no words beside them are no text."""

NEAR = 1.5
"""Points by which a glyph may miss the sign that it draws."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table or frame, edges in points from the top left of the page, or along and across lines of text."""

    edges: Quad
    cells: tuple[Quad, ...]
    columns: int

    def turned(self, direction: float) -> RuledTable:
        """The table in the places of text that runs in a direction (degrees, a multiple of 90)."""
        return RuledTable(
            _turned(self.edges, direction),
            tuple(_turned(cell, direction) for cell in self.cells),
            self.columns,
        )

    def cell_at(self, at: float, across: float) -> int | None:
        """The number of the cell that a point lies in."""
        return next((number for number, cell in enumerate(self.cells) if within(cell, at, across)), None)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell by the number of its table and its own, and whether its table has many columns."""

    table: int
    cell: int
    one_of_many: bool


def cell_at(tables: Sequence[RuledTable], at: float, across: float) -> CellPlace | None:
    """The cell that a point lies in; the innermost where frames and tables lie in each other."""
    found = None
    for number, table in enumerate(tables):
        if within(table.edges, at, across) and (cell := table.cell_at(at, across)) is not None:
            smaller = found is None or area(table.cells[cell]) < area(tables[found.table].cells[found.cell])
            if smaller:
                found = CellPlace(number, cell, table.columns >= MANY_COLUMNS)
    return found


@dataclass(frozen=True, slots=True)
class DrawnSign:
    """A check box or a leader on the page image, edges in points, and what stands for it in a text."""

    text: str
    edges: Quad


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """The tables and frames of a page, and its check boxes and leaders."""

    tables: tuple[RuledTable, ...] = ()
    signs: tuple[DrawnSign, ...] = ()


def page_drawing(page: GlyphPage, prepared: Prepared) -> PageDrawing:
    """What is drawn on the page image, in points of the page."""
    across, down = page.width / prepared.width, page.height / prepared.height

    def points(box: Box) -> Quad:
        box = prepared.to_page(box)
        return box.left * across, box.top * down, box.right * across, box.bottom * down

    drawn = prepared.drawn
    tables = [
        RuledTable(points(table.box), tuple(points(cell.box) for cell in table.parts), table.column_count)
        for table in drawn.ruled.tables
    ]
    frames = [RuledTable(points(frame.box), (points(frame.box),), 1) for frame in drawn.ruled.frames]
    boxes = [
        DrawnSign(region.state.character, points(region.box)) for region in drawn.check_boxes if region.state
    ]
    leaders = [DrawnSign(TOKEN, points(region.box)) for region in drawn.leaders]
    return PageDrawing((*tables, *frames), (*boxes, *leaders))


def with_signs(letters: Sequence[PlacedCharacter], signs: Sequence[DrawnSign]) -> list[PlacedCharacter]:
    """The upright letters of a page with the signs that are drawn on it.

    Where a font has a glyph for a sign, the glyph stays, and is called what is drawn there if nothing else says what
    it is; dots that are written remain.
    """
    size = float(np.median([letter.size for letter in letters])) if letters else 0.0
    found = list(letters)
    bases = np.array([letter.base for letter in letters])
    middles = np.array([_middle(letter) for letter in letters]).reshape(-1, 2)
    for sign in signs:
        left, top, right, bottom = sign.edges
        there = (
            (middles[:, 0] >= left - NEAR) & (middles[:, 0] <= right + NEAR)
            & (middles[:, 1] >= top - NEAR) & (middles[:, 1] <= bottom + NEAR)
        )  # fmt: skip
        for at in np.flatnonzero(there).tolist():
            if found[at].text == UNKNOWN and sign.text != TOKEN:
                found[at] = replace(found[at], text=sign.text)
        on_a_line = sign.text != TOKEN or bool((np.abs(bases - bottom) < ON_LINE * size).any())
        if not there.any() and size and on_a_line:
            found.append(PlacedCharacter(sign.text, sign.edges, left, right, bottom, left, right, size, None))
    return found


def _middle(letter: PlacedCharacter) -> tuple[float, float]:
    if letter.box is None:
        return letter.at, letter.base
    return (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2


def _turned(edges: Quad, direction: float) -> Quad:
    corners = along(direction, edges[0], edges[1]), along(direction, edges[2], edges[3])
    (left, right), (top, bottom) = (sorted(corner[axis] for corner in corners) for axis in (0, 1))
    return left, top, right, bottom


def within(edges: Quad, at: float, across: float) -> bool:
    """Whether a point lies within edges."""
    return edges[0] <= at <= edges[2] and edges[1] <= across <= edges[3]


def area(edges: Quad) -> float:
    """The area between edges, square points."""
    return (edges[2] - edges[0]) * (edges[3] - edges[1])
