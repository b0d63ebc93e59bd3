"""What stands where on a page: its regions, with the terms and relations of PAGE-XML and ALTO.

A region is a place on the page image and says what is there. Regions may hold others: a table its cells. Text is not
copied into them; where a region's text is known, `span` says which stretch of the base reading it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from model.box import Box
from model.edit import Span


class RegionKind(StrEnum):
    """What a region is. PAGE-XML's region or text type follows in brackets."""

    TEXT = "text"
    """Running text (TextRegion paragraph; ALTO TextBlock)."""
    HEADING = "heading"
    """(TextRegion heading)."""
    LIST = "list"
    """(TextRegion with list-label)."""
    TABLE = "table"
    """Rows and columns of cells (TableRegion)."""
    CELL = "cell"
    """A cell of a table (TextRegion with TableCellRole)."""
    FORM_FIELD = "form field"
    """A place to be filled in, framed or divided into boxes for single digits."""
    LEADER = "leader"
    """A row of dots or a thin rule beside text: something is to be written there, or has been."""
    CHECK_BOX = "check box"
    """A small square to be ticked."""
    PICTURE = "picture"
    """(ImageRegion; ALTO Illustration)."""
    FORMULA = "formula"
    """(MathsRegion)."""
    STAMP = "stamp"
    """(GraphicRegion stamp)."""
    SEAL = "seal"
    """An emblem or official seal (GraphicRegion logo)."""
    SIGNATURE = "signature"
    """(GraphicRegion signature)."""
    HANDWRITING = "handwriting"
    """(GraphicRegion handwritten-annotation)."""
    HEADER = "header"
    """A running head (TextRegion header)."""
    FOOTER = "footer"
    """(TextRegion footer)."""
    FOOTNOTE = "footnote"
    """(TextRegion footnote)."""
    PAGE_NUMBER = "page number"
    """(TextRegion page-number)."""
    MARGIN = "margin"
    """A note beside the text (TextRegion marginalia)."""
    FRAME = "frame"
    """A drawn frame around text (GraphicRegion frame)."""
    WATERMARK = "watermark"
    """Writing across the page's own text that is no part of it (GraphicRegion)."""
    SEPARATOR = "separator"
    """A ruling line that belongs to no table (SeparatorRegion)."""


class ReadingDirection(StrEnum):
    """In which direction a region's lines run on the upright page, as PAGE-XML's `readingDirection` has it."""

    LEFT_TO_RIGHT = "left-to-right"
    TOP_TO_BOTTOM = "top-to-bottom"
    BOTTOM_TO_TOP = "bottom-to-top"


class CheckState(StrEnum):
    """Whether a check box is ticked."""

    EMPTY = "empty"
    TICKED = "ticked"
    CROSSED = "crossed"

    @property
    def character(self) -> str:
        """The character that stands for the box in a text: ☐, ☑ or ☒."""
        return {CheckState.EMPTY: "☐", CheckState.TICKED: "☑", CheckState.CROSSED: "☒"}[self]


@dataclass(frozen=True, slots=True)
class TableCellRole:
    """Where a cell stands in its table, rows and columns counted from 0, as PAGE-XML's `TableCellRole` has it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False

    def __post_init__(self) -> None:
        if min(self.row, self.column) < 0 or min(self.row_span, self.column_span) < 1:
            raise ValueError(f"not a cell of a table: {self}")


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page image and what is there.

    `box`: pixels. `order`: its place in the reading order among the regions beside it, from 0, None where it has none.
    `parts`: the regions that lie in it, a table's cells row by row. `cell`: of a cell alone. `state`: of a check box
    alone. `span`: the stretch of the page's base reading that is its text, None where it has none or none is known.
    """

    kind: RegionKind
    box: Box
    order: int | None = None
    direction: ReadingDirection = ReadingDirection.LEFT_TO_RIGHT
    parts: tuple[Region, ...] = ()
    cell: TableCellRole | None = None
    state: CheckState | None = None
    span: Span | None = None

    def __post_init__(self) -> None:
        if (self.kind is RegionKind.CELL) != (self.cell is not None):
            raise ValueError("a cell, and nothing else, has a place in a table")
        if (self.kind is RegionKind.CHECK_BOX) != (self.state is not None):
            raise ValueError("a check box, and nothing else, has a state")

    @property
    def row_count(self) -> int:
        """Rows of a table, 0 for other regions."""
        return max((part.cell.row + part.cell.row_span for part in self.parts if part.cell), default=0)

    @property
    def column_count(self) -> int:
        """Columns of a table, 0 for other regions."""
        return max((part.cell.column + part.cell.column_span for part in self.parts if part.cell), default=0)

    def walk(self) -> Iterator[Region]:
        """The region and all that lie in it, from the outside in."""
        yield self
        for part in self.parts:
            yield from part.walk()
