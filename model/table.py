"""Tables with what stands in their cells: texts, numbers as numbers, places as codes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from model.box import Box


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table on a page.

    `row` and `column` count from 0 in the whole table, which may go on over pages; `page` counts from 1, `box` is in
    pixels of that page's image. `text` has a newline between printed lines. `number` is what the text says where that
    is a number and nothing else, in Thai or Arabic digits. `code` is DOPA's, empty where the cell names no place or
    it is not sure which. `waiting`: how many findings about it nobody has decided.
    """

    page: int
    box: Box
    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    number: Decimal | None = None
    code: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A cell that gives a sum: of how many cells above it (`down`) or to its left it is said to be the sum, what these
    add up to, and whether that is what it says."""

    row: int
    column: int
    down: bool
    of: int
    adds_up_to: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table of a document: its cells row by row, and the sums in it that were checked.

    `ruled`: its cells are parted by ruling lines; otherwise by white that runs down between its columns.
    """

    cells: tuple[TableCell, ...]
    ruled: bool
    sums: tuple[SumCheck, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it stands on."""
        return tuple(sorted({cell.page for cell in self.cells}))

    @property
    def row_count(self) -> int:
        """Rows, those of all pages together."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """Columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> TableCell | None:
        """The cell that covers a field of the grid."""
        for cell in self.cells:
            if (
                cell.row <= row < cell.row + cell.row_span
                and cell.column <= column < cell.column + cell.column_span
            ):
                return cell
        return None


@dataclass(frozen=True, slots=True)
class DocumentTables:
    """A document, by its id and name, with its tables in order of page and place; `layer` is that of their texts."""

    id: str
    name: str
    layer: str
    tables: tuple[DocumentTable, ...]
