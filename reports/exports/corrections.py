"""CSV of the corrections: one row an edit, with its place, its rule and who is behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from model.publication import Edition
from reports.corrections import COLUMNS, corrections, values
from reports.export_format import ExportFormat

_BYTE_ORDER_MARK = "\ufeff"
"""By this spreadsheets know UTF-8; without it they show Thai as garbage."""


def pieces(edition: Edition) -> Iterator[str]:
    """CSV as RFC 4180 has it, in UTF-8 with a byte order mark and a head line.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    yield _BYTE_ORDER_MARK + _line(COLUMNS)
    for one in corrections(edition):
        yield _line(values(one))


def _line(cells: Sequence[str | int | None]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


EXPORT = ExportFormat(
    name="corrections",
    extension=".corrections.csv",
    description="CSV of the corrections: one row an edit, with its place, its rule and who is behind it.",
    pieces=pieces,
)
