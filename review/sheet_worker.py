"""In the worker process: a sheet of decisions as somebody sends it, parsed into rows of texts."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ocr.sandbox.protocol import Answer, Handler, Refusal, Request

MOST_ROWS = 100_000
MOST_XML = 64 * 1024 * 1024
"""Bytes that the sheet's own parts may unpack to; 20,000 findings have 10 MB. Its pictures are never unpacked."""


def handler(columns: str) -> Handler:
    """Parses the sheet of so many columns that a request names by `path`."""
    wide = int(columns)

    def answer(request: Request) -> Answer:
        data = Path(request["path"]).read_bytes()
        try:
            return _parsed(data, wide)
        except (Refusal, MemoryError):
            raise
        except Exception as error:  # whatever a part of openpyxl meets
            raise Refusal("no sheet") from error

    return answer


def _parsed(data: bytes, wide: int) -> Answer:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [one for one in archive.infolist() if "/media/" not in one.filename]
    if sum(one.file_size for one in parts) > MOST_XML:
        raise Refusal("too large")
    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
        about = json.loads(str(next(book["About"].iter_rows(max_row=1, values_only=True))[0]))
        header = {"schema": str(about["schema"]), "document": str(about["document"])}
        return header, json.dumps(_rows(book["Review"], wide)).encode()


def _rows(sheet: Any, wide: int) -> list[list[Any]]:  # noqa: ANN401  openpyxl's kinds of sheet share no type
    rows: list[list[Any]] = []
    for row in sheet.iter_rows(min_row=2, max_col=wide, values_only=True):
        if len(rows) == MOST_ROWS:
            raise Refusal("too large")
        rows.append(_texts(row, wide))
    return rows


def _texts(row: Sequence[object], wide: int) -> list[Any]:
    """Each cell's text; what the spreadsheet has made a number of is one again, and a date, of which nobody knows what
    was written, is marked as one."""
    made: list[Any] = []
    for value in [*row, *[None] * (wide - len(row))]:
        if isinstance(value, (datetime, date, time)):
            made.append({"date": str(value)})
        elif isinstance(value, float) and value.is_integer():
            made.append(str(int(value)))
        else:
            made.append("" if value is None else str(value))
    return made
