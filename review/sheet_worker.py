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

_MOST_COLUMNS = 100
_LAST_HEAD = 20  # row
_AS_IT_IS = ("General", "@", "0")
_EXACT = 10**15
"""Numbers from which on a spreadsheet has rounded what was written."""


def handler(columns: str) -> Handler:
    """Parses the sheet that a request names by `path`; `columns`: as JSON the two names of each, and whether
    it must be there."""
    wanted = json.loads(columns)

    def answer(request: Request) -> Answer:
        data = Path(request["path"]).read_bytes()
        try:
            return _parsed(data, wanted)
        except (Refusal, MemoryError):
            raise
        except Exception as error:  # whatever a part of openpyxl meets
            raise Refusal("no sheet") from error

    return answer


def _parsed(data: bytes, wanted: Sequence[Sequence[Any]]) -> Answer:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [one for one in archive.infolist() if "/media/" not in one.filename]
    if sum(one.file_size for one in parts) > MOST_XML:
        raise Refusal("too large")
    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
        about = json.loads(str(next(book["About"].iter_rows(max_row=1, values_only=True))[0]))
        header = {"schema": str(about["schema"]), "document": str(about["document"])}
        review = next(book[name] for name in book.sheetnames if name != "About")
        return header, json.dumps(_rows(review, wanted)).encode()


def _rows(sheet: Any, wanted: Sequence[Sequence[Any]]) -> list[list[Any]]:  # noqa: ANN401  they share no type
    """The rows behind the head: the row's number, then each column's text wherever it stands, empty where it is not."""
    rows: list[list[Any]] = []
    places: list[int | None] = []
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        if len(rows) == MOST_ROWS:
            raise Refusal("too large")
        if places:
            rows.append([number, *("" if at is None or at >= len(row) else _text(row[at]) for at in places)])
        elif number <= _LAST_HEAD:
            places = _places(row, wanted)
    if not places:
        raise Refusal("no head")
    return rows


def _places(row: Sequence[Any], wanted: Sequence[Sequence[Any]]) -> list[int | None]:
    """Where each column stands, by its names in the head; nothing where this row is no head."""
    heads = [{part.strip() for part in str(cell.value or "").split("\n")} for cell in row]
    found = [[at for at, names in enumerate(heads) if names & {*own[:2]}] for own in wanted]
    if not found[0]:
        return []
    wrong = [
        own[0]
        for own, places in zip(wanted, found, strict=True)
        if len(places) > 1 or (own[2] and not places)
    ]
    if wrong:
        raise Refusal("columns", names=", ".join(wrong))
    return [places[0] if places else None for places in found]


def _text(cell: Any) -> Any:  # noqa: ANN401  a text, or what cannot be one
    """A cell's text. A number that is shown as it is becomes a text again. Of what is shown otherwise than it is held
    nobody knows what was written: it is marked as what it has become."""
    value = cell.value
    if value is None or isinstance(value, str):
        return {"became": "an error"} if cell.data_type == "e" else value or ""
    if isinstance(value, (datetime, date, time)):
        return {"became": f"{value}, a date"}
    if isinstance(value, bool):
        return {"became": "true or false"}
    if cell.number_format not in _AS_IT_IS or abs(value) >= _EXACT:
        return {"became": f"{value}, a number that is shown in another way"}
    return str(int(value)) if float(value).is_integer() else str(value)
