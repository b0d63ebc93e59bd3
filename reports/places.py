"""The places that documents mention: for programs as JSON and CSV, for people as a table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from model.place import Mention, PlaceKind, PlaceStatus
from reports.letters import visible

SCHEMA = "chamra/places/1"

_STYLES = {
    PlaceStatus.EXACT: "green",
    PlaceStatus.REPAIRED: "yellow",
    PlaceStatus.CONTRADICTS: "bold red",
    PlaceStatus.UNKNOWN: "magenta",
    PlaceStatus.ABOLISHED: "cyan",
}

COLUMNS = (
    "document", "page", "start", "end", "text", "kind", "code", "name", "status",
    "subdistrict", "district", "province", "left", "top", "right", "bottom", "note",
)  # fmt: skip
"""The columns of the CSV. A local body has the code and chain of where it lies."""


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """A document, by its id and name, with what its pages mention, in order of page and place."""

    id: str
    name: str
    mentions: tuple[Mention, ...]


def places_object(documents: Sequence[DocumentPlaces]) -> dict[str, Any]:
    """All mentions as the JSON object `chamra/places/1` (docs/schemas/places.json)."""
    return {"schema": SCHEMA, "documents": [_document(document) for document in documents]}


def _document(document: DocumentPlaces) -> dict[str, Any]:
    counts = Counter(mention.status for mention in document.mentions)
    return {
        "id": document.id,
        "name": document.name,
        "statuses": {str(status): counts[status] for status in PlaceStatus},
        "mentions": [_mention(mention) for mention in document.mentions],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    box = mention.box
    return {
        "page": mention.page,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "kind": str(mention.kind),
        "code": mention.code,
        "name": mention.name,
        "status": str(mention.status),
        "chain": list(mention.chain),
        "box": [box.left, box.top, box.right, box.bottom] if box else None,
        "note": mention.note,
    }


def places_csv(documents: Sequence[DocumentPlaces]) -> str:
    """All mentions as CSV with a head line, as RFC 4180 has it but with plain newlines; edges of boxes are empty
    for text without an image."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for document in documents:
        for mention in document.mentions:
            box = mention.box
            edges = (box.left, box.top, box.right, box.bottom) if box else ("",) * 4
            chain = ("",) * (3 - len(mention.chain[-3:])) + mention.chain[-3:]
            writer.writerow(
                (
                    document.name,
                    mention.page,
                    mention.span.start,
                    mention.span.end,
                    mention.text,
                    mention.kind,
                    mention.code,
                    mention.name,
                    mention.status,
                    *chain,
                    *edges,
                    mention.note,
                )
            )
    return out.getvalue()


def places_table(documents: Sequence[DocumentPlaces]) -> RenderableType:
    """One table a document, one row a mention, and a line that counts them by status."""
    return Group(*(part for document in documents for part in (_table(document), _counts(document))))


def _table(document: DocumentPlaces) -> Table:
    table = Table(title=Text(document.name), title_justify="left")
    table.add_column("page", justify="right", no_wrap=True)
    table.add_column("read")
    table.add_column("kind", no_wrap=True)
    table.add_column("code", no_wrap=True)
    table.add_column("place")
    table.add_column("status", no_wrap=True)
    for mention in document.mentions:
        where = " ".join(mention.chain)
        place = f"{mention.name}, {where}" if mention.kind is PlaceKind.BODY else where
        table.add_row(
            str(mention.page),
            Text(visible(mention.text)),
            str(mention.kind),
            mention.code,
            Text(mention.note if mention.status is PlaceStatus.CONTRADICTS else place),
            Text(str(mention.status), style=_STYLES[mention.status]),
        )
    return table


def _counts(document: DocumentPlaces) -> Text:
    counts = Counter(mention.status for mention in document.mentions)
    parts = [f"{counts[status]} {status}" for status in PlaceStatus if counts[status]]
    return Text(", ".join(parts) or "no places")
