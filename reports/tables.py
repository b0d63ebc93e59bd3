"""The tables of a document: for programs as JSON and CSV, for people as HTML."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from model.table import DocumentTable, DocumentTables, SumCheck, TableCell
from reports.rendering import environment, style

SCHEMA = "chamra/tables/1"

COLUMNS = (
    "table", "page", "row", "column", "row_span", "column_span", "header", "text", "number", "code", "sum",
    "waiting", "left", "top", "right", "bottom",
)  # fmt: skip
"""The columns of the CSV: one line a cell."""


def tables_object(found: DocumentTables) -> dict[str, Any]:
    """The tables as the JSON object `chamra/tables/1` (docs/schemas/tables.json)."""
    return {
        "schema": SCHEMA,
        "document": {"id": found.id, "name": found.name},
        "layer": found.layer,
        "tables": [_table(table) for table in found.tables],
    }


def _table(table: DocumentTable) -> dict[str, Any]:
    return {
        "pages": list(table.pages),
        "rows": table.row_count,
        "columns": table.column_count,
        "ruled": table.ruled,
        "cells": [_cell(cell) for cell in table.cells],
        "sums": [_sum(one) for one in table.sums],
    }


def _cell(cell: TableCell) -> dict[str, Any]:
    box = cell.box
    return {
        "page": cell.page,
        "box": [box.left, box.top, box.right, box.bottom],
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "header": cell.header,
        "text": cell.text,
        "number": None if cell.number is None else plain(cell.number),
        "code": cell.code,
        "waiting": cell.waiting,
    }


def _sum(one: SumCheck) -> dict[str, Any]:
    return {
        "row": one.row,
        "column": one.column,
        "of": "column" if one.down else "row",
        "numbers": one.of,
        "adds_up_to": plain(one.adds_up_to),
        "holds": one.holds,
    }


def plain(number: Decimal) -> int | float:
    """A number as JSON and spreadsheets have it: whole where it is."""
    return int(number) if number == number.to_integral_value() else float(number)


def sum_verdict(table: DocumentTable, cell: TableCell) -> str:
    """`holds` or `wrong` for a cell that is a sum, else empty; `wrong` where one of two sums is."""
    verdicts = [one.holds for one in table.sums if (one.row, one.column) == (cell.row, cell.column)]
    return "" if not verdicts else "holds" if all(verdicts) else "wrong"


def tables_csv(found: DocumentTables) -> str:
    """All cells as CSV with a head line, one line a cell, as RFC 4180 has it but with plain newlines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, table in enumerate(found.tables, 1):
        for cell in table.cells:
            box = cell.box
            writer.writerow(
                (
                    number, cell.page, cell.row, cell.column, cell.row_span, cell.column_span, int(cell.header),
                    cell.text, "" if cell.number is None else cell.number, cell.code, sum_verdict(table, cell),
                    cell.waiting, box.left, box.top, box.right, box.bottom,
                )
            )  # fmt: skip
    return out.getvalue()


def tables_html(found: DocumentTables) -> str:
    """The tables as a page that needs nothing else; each cell says its page and box."""
    tables = [
        {"table": table, "number": number, "rows": _html_rows(table)}
        for number, table in enumerate(found.tables, 1)
    ]
    page = environment().get_template("tables.html.j2")
    return page.render(found=found, tables=tables, css=style("base.css", "tables.css"))


def _html_rows(table: DocumentTable) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = [[] for _ in range(table.row_count)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        box = cell.box
        rows[cell.row].append(
            {
                "cell": cell,
                "box": f"{box.left},{box.top},{box.right},{box.bottom}",
                "verdict": sum_verdict(table, cell),
            }
        )
    return rows
