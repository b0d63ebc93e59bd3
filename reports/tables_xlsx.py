"""The tables of a document as an Excel workbook: one sheet a table, and one of all cells with page and box."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from model.table import DocumentTable, DocumentTables, TableCell
from reports.tables import COLUMNS, plain, sum_verdict

_FORMULA = re.compile(r"[=+\-@]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEAD = Font(bold=True)
_WRONG = PatternFill("solid", fgColor="FFC7CE")


def tables_xlsx(found: DocumentTables) -> bytes:
    """The workbook. Numbers are numbers; what begins like a formula is text."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    cells = book.create_sheet("cells")
    cells.append(COLUMNS)
    for number, table in enumerate(found.tables, 1):
        _sheet(book.create_sheet(f"table {number} page {table.pages[0]}"), table)
        for cell in table.cells:
            _line(cells, number, table, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(sheet: Worksheet, table: DocumentTable) -> None:
    for cell in table.cells:
        place = sheet.cell(cell.row + 1, cell.column + 1)
        _put(sheet, cell.row + 1, cell.column + 1, cell)
        place.alignment = Alignment(wrap_text="\n" in cell.text, vertical="top")
        if cell.header:
            place.font = _HEAD
        if sum_verdict(table, cell) == "wrong":
            place.fill = _WRONG
        if cell.row_span > 1 or cell.column_span > 1:
            sheet.merge_cells(
                start_row=cell.row + 1,
                start_column=cell.column + 1,
                end_row=cell.row + cell.row_span,
                end_column=cell.column + cell.column_span,
            )


def _put(sheet: Worksheet, row: int, column: int, cell: TableCell) -> None:
    place = sheet.cell(row, column)
    if cell.number is not None:
        place.value = plain(cell.number)
        return
    place.value = _CONTROL.sub("", cell.text) or None
    if _FORMULA.match(cell.text):
        place.data_type = "s"


def _line(sheet: Worksheet, number: int, table: DocumentTable, cell: TableCell) -> None:
    box = cell.box
    row = sheet.max_row + 1
    values = (
        number, cell.page, cell.row, cell.column, cell.row_span, cell.column_span, int(cell.header), None, None,
        cell.code or None, sum_verdict(table, cell) or None, cell.waiting, box.left, box.top, box.right, box.bottom,
    )  # fmt: skip
    for column, value in enumerate(values, 1):
        sheet.cell(row, column).value = value
    text = sheet.cell(row, COLUMNS.index("text") + 1)
    text.value = _CONTROL.sub("", cell.text) or None
    text.data_type = "s" if cell.text else text.data_type
    if cell.number is not None:
        sheet.cell(row, COLUMNS.index("number") + 1).value = plain(cell.number)
