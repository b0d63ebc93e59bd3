"""What the cells of a table say: numbers as numbers, and sums that are checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from correction.facts.numbers import arabic
from model.table import DocumentTable, SumCheck, TableCell

_NUMBER = re.compile(r"([-−–]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_IN_BRACKETS = re.compile(r"\((.*)\)")
_TOTAL = re.compile(r"(?:ยอด|จำนวน)?รวม(?:ทั้งสิ้น|ทั้งหมด|เป็นเงิน|เงิน|เป็น|ยอด)*(?:\s*\(.*\))?|total", re.IGNORECASE)

FEWEST = 2
"""Numbers that a sum is of, at least."""


def number_of(text: str) -> Decimal | None:
    """The number that a text is, in Thai or Arabic digits; None where it is more, less or something else.

    Numbers with a nought before other digits are codes, and figures in brackets are less than nothing where they have
    a comma or a point: `(1,250)`; `(1)` is a mark.
    """
    read = arabic("".join(text.split()))
    bracketed = _IN_BRACKETS.fullmatch(read)
    if bracketed is not None:
        inner = number_of(bracketed[1]) if re.search(r"[,.]", bracketed[1]) else None
        return None if inner is None else -inner
    match = _NUMBER.fullmatch(read)
    if match is None or re.match(r"0\d", match[2]):
        return None
    sign = "-" if match[1] else ""
    return Decimal(f"{sign}{match[2].replace(',', '')}{match[3] or ''}")


def with_sums(table: DocumentTable) -> DocumentTable:
    """The table with the sums that its rows and columns named `รวม` give.

    A sum that is no sum of the numbers before it adds up something else and is left out, unless it differs in a digit
    or two only: then a figure is wrong.
    """
    grid = {(cell.row, cell.column): cell for cell in table.cells}
    sums: list[SumCheck] = []
    for row in _total_rows(table):
        for column in range(1, table.column_count):
            above = _numbers([grid.get((at, column)) for at in range(_begins(table, row), row)])
            sums += _check(grid.get((row, column)), above, down=True)
    for column in _total_columns(table):
        for row in range(table.row_count):
            left = _numbers([grid.get((row, at)) for at in range(1, column)])
            sums += _check(grid.get((row, column)), left, down=False)
    return replace(table, sums=tuple(sums))


def _total_rows(table: DocumentTable) -> list[int]:
    return [
        cell.row
        for cell in table.cells
        if not cell.header and cell.row > 0 and cell.column <= 1 and _TOTAL.fullmatch(_flat(cell.text))
    ]


def _total_columns(table: DocumentTable) -> list[int]:
    return [
        cell.column
        for cell in table.cells
        if cell.header and cell.column > 1 and cell.column_span == 1 and _TOTAL.fullmatch(_flat(cell.text))
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _begins(table: DocumentTable, row: int) -> int:
    """The first row that a sum may be of: behind the sum before it, or behind the head."""
    before = [at + 1 for at in _total_rows(table) if at < row]
    heads = [cell.row + cell.row_span for cell in table.cells if cell.header and cell.row < row]
    return max([0, *before, *heads])


def _numbers(cells: Sequence[TableCell | None]) -> list[Decimal]:
    return [cell.number for cell in cells if cell is not None and cell.number is not None and not cell.header]


def _check(total: TableCell | None, parts: Sequence[Decimal], *, down: bool) -> list[SumCheck]:
    if total is None or total.number is None or len(parts) < FEWEST:
        return []
    sums = list(accumulate(reversed(parts)))
    for count, value in enumerate(sums, 1):
        if count >= FEWEST and value == total.number:
            return [SumCheck(total.row, total.column, down, count, value, holds=True)]
    if _nearly(total.number, sums[-1]):
        return [SumCheck(total.row, total.column, down, len(parts), sums[-1], holds=False)]
    return []


def _nearly(one: Decimal, other: Decimal) -> bool:
    """True when the two differ in one digit of three or more, or in two of five or more."""
    first, second = str(one), str(other)
    if len(first) != len(second):
        return False
    wrong = sum(a != b for a, b in zip(first, second, strict=True))
    return (wrong == 1 and len(first) > 2) or (wrong == 2 and len(first) > 4)
