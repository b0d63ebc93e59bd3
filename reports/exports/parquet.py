"""Parquet: flat tables of pages, lines, letters, regions, findings and decisions, for pandas, DuckDB and their like."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from model.box import Box
from model.edit import Finding, text_sha256
from model.publication import Edition
from model.region import Region
from model.state import PageState, Stage
from reports.archive_file import add, zipped
from reports.evidence_text import sentence
from reports.export_format import ExportFormat
from reports.laid_out import LaidOutPage, laid_out

Row: TypeAlias = dict[str, Any]

_KEY = {"document": pa.string(), "page": pa.int32()}
_BOX = {"left": pa.int32(), "top": pa.int32(), "right": pa.int32(), "bottom": pa.int32()}
_WHO = {"who": pa.string(), "account": pa.string(), "claimed": pa.bool_()}

COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "pages": {
        **_KEY, "name": pa.string(), "layer": pa.string(), "stage": pa.string(), "text": pa.string(),
        "text_sha256": pa.string(), "image_sha256": pa.string(), "width": pa.int32(), "height": pa.int32(),
        "dpi": pa.float64(), "reader": pa.string(), "reader_version": pa.string(), "reader_settings": pa.string(),
        "reading_sha256": pa.string(), "errors_expected": pa.float64(), "signed_by": pa.string(),
        "signed_claimed": pa.bool_(), "signed_when": pa.string(), "signed_key": pa.string(), "failed": pa.string(),
    },
    "lines": {
        **_KEY, "line": pa.int32(), "text": pa.string(), "raw": pa.string(), "role": pa.string(), **_BOX,
        "confidence": pa.float64(),
    },
    "letters": {
        **_KEY, "line": pa.int32(), "place": pa.int32(), "letter": pa.string(), **_BOX,
        "confidence": pa.float64(),
    },
    "regions": {
        **_KEY, "region": pa.int32(), "inside": pa.int32(), "kind": pa.string(), "order": pa.int32(),
        "direction": pa.string(), **_BOX, "row": pa.int32(), "column": pa.int32(), "row_span": pa.int32(),
        "column_span": pa.int32(), "header": pa.bool_(), "state": pa.string(), "text": pa.string(),
    },
    "findings": {
        **_KEY, "finding": pa.string(), "rule": pa.string(), "rule_version": pa.int32(), "level": pa.string(),
        "raw_start": pa.int32(), "raw_end": pa.int32(), "before": pa.string(), "after": pa.string(),
        "confidence": pa.float64(), "people": pa.int32(), "outcome": pa.string(), "message": pa.string(),
        "evidence": pa.list_(pa.string()),
    },
    "decisions": {
        **_KEY, "finding": pa.string(), "verdict": pa.string(), "after": pa.string(), **_WHO,
        "how": pa.string(), "when": pa.string(), "note": pa.string(),
    },
}  # fmt: skip
"""The tables and the columns of each. `document` and `page` are in all of them; `line` counts from 1 within a page."""


def pieces(edition: Edition) -> Iterator[bytes]:
    """A ZIP archive with a Parquet file for each table. Pages are written one after the other: a book has a million
    letters.

    Raises:
        GateError: the published layer is asked for and a page is neither published nor left out.
    """
    files = {name: io.BytesIO() for name in COLUMNS}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(pq.ParquetWriter(file, _schema(name), compression="zstd"))
            for name, file in files.items()
        }
        for page, state in zip(laid_out(edition), edition.state.pages, strict=True):
            for name, rows in _rows(edition, page, state).items():
                if rows:
                    writers[name].write_table(_table(name, rows))

    def fill(archive: zipfile.ZipFile) -> None:
        for name, file in files.items():
            add(archive, f"{name}.parquet", file.getvalue(), packed=False)

    yield from zipped(fill)


def _schema(name: str) -> pa.Schema:
    return pa.schema(list(COLUMNS[name].items()))


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.table(
        {column: [row.get(column) for row in rows] for column in COLUMNS[name]}, schema=_schema(name)
    )


def _rows(edition: Edition, page: LaidOutPage, now: PageState) -> dict[str, list[Row]]:
    """The rows of a page by table; `now` is where it stands now."""
    key = {"document": edition.state.id, "page": page.number}
    stage = now.stage if page.source.publication is None else Stage.PUBLISHED
    found: dict[str, Iterable[Row]] = {
        "pages": [_page(edition, page, str(stage))],
        "lines": _lines(page),
        "letters": _letters(page),
        "regions": _regions(page),
        "findings": _findings(page),
        "decisions": _decisions(page),
    }
    return {name: [key | row for row in rows] for name, rows in found.items()}


def _page(edition: Edition, page: LaidOutPage, stage: str) -> Row:
    source = page.source
    row: Row = {"name": edition.state.name, "layer": edition.layer, "stage": stage}
    read = source.page
    if read is None:
        return row | {"failed": source.state.failed.reason if source.state.failed else None}
    reader = read.reading.reader
    signoff = source.state.signoff if source.publication else None
    findings = source.state.findings
    expected = findings.expected if findings else None
    return row | {
        "text": source.text,
        "text_sha256": text_sha256(source.text),
        "image_sha256": read.image_sha256,
        "width": read.width,
        "height": read.height,
        "dpi": read.dpi,
        "reader": reader.name,
        "reader_version": reader.version,
        "reader_settings": json.dumps(dict(reader.settings), ensure_ascii=False, sort_keys=True),
        "reading_sha256": read.reading.sha256,
        "errors_expected": expected.errors if expected else None,
        "signed_by": signoff.who.name if signoff else None,
        "signed_claimed": signoff.who.claimed if signoff else None,
        "signed_when": signoff.when if signoff else None,
        "signed_key": (signoff.key or None) if signoff else None,
    }


def _lines(page: LaidOutPage) -> Iterator[Row]:
    raw = page.source.page.reading.text if page.source.page else ""
    for at, line in enumerate(page.lines):
        known = [one.confidence for one in line.characters if one.confidence is not None]
        yield {
            "line": at + 1,
            "text": line.text,
            "raw": raw[line.raw.start : line.raw.end].removesuffix("\n"),
            "role": str(page.role_of(at)),
            "confidence": sum(known) / len(known) if known else None,
        } | _box(line.box)


def _letters(page: LaidOutPage) -> Iterator[Row]:
    for at, line in enumerate(page.lines, 1):
        for place, one in enumerate(line.characters):
            yield {"line": at, "place": place, "letter": one.character, "confidence": one.confidence} | _box(
                one.box
            )


def _regions(page: LaidOutPage) -> Iterator[Row]:
    read = page.source.page
    if read is None:
        return
    number = 0
    waiting: list[tuple[Region, int | None]] = [(one, None) for one in reversed(read.regions)]
    while waiting:
        one, inside = waiting.pop()
        number += 1
        waiting += [(part, number) for part in reversed(one.parts)]
        row: Row = {
            "region": number,
            "inside": inside,
            "kind": str(one.kind),
            "order": one.order,
            "direction": str(one.direction),
            "state": str(one.state) if one.state else None,
            "text": read.reading.text[one.span.start : one.span.end] if one.span else None,
        }
        if one.cell is not None:
            cell = one.cell
            row |= {"row": cell.row, "column": cell.column, "row_span": cell.row_span,
                    "column_span": cell.column_span, "header": cell.header}  # fmt: skip
        yield row | _box(one.box)


def _findings(page: LaidOutPage) -> Iterator[Row]:
    state = page.source.state
    raw = state.page.reading.text if state.page else ""
    for one in state.all_findings:
        yield _finding(one, raw) | {
            "outcome": str(state.outcomes[one.id]) if one.id in state.outcomes else None
        }


def _finding(one: Finding, raw: str) -> Row:
    return {
        "finding": one.id,
        "rule": one.rule,
        "rule_version": one.rule_version,
        "level": one.safety.name,
        "raw_start": one.span.start,
        "raw_end": one.span.end,
        "before": raw[one.span.start : one.span.end],
        "after": one.after,
        "confidence": one.confidence,
        "people": one.people,
        "message": one.message,
        "evidence": [sentence(each, "en").text for each in one.evidence],
    }


def _decisions(page: LaidOutPage) -> Iterator[Row]:
    for finding, decisions in page.source.state.decisions.items():
        for one in decisions:
            yield {
                "finding": finding, "verdict": str(one.verdict), "after": one.after, "who": one.who.name,
                "account": one.who.account, "claimed": one.who.claimed, "how": one.how, "when": one.when,
                "note": one.note,
            }  # fmt: skip


def _box(box: Box | None) -> Row:
    if box is None:
        return {}
    return {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}


EXPORT = ExportFormat(
    name="parquet",
    extension=".parquet.zip",
    description="Parquet: flat tables of pages, lines, letters, regions, findings and decisions, in a ZIP archive.",
    pieces=pieces,
)
