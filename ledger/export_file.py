"""The ledger as a file: JSON Lines that can be verified without this program (see docs/ledger.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.canonical import canonical_json
from ledger.chain import filed_under

Row = Mapping[str, Any]

_FIELDS = ("kind", "payload", "previous", "seq", "sha256", "when")
_TEXTS = ("kind", "previous", "sha256", "when")


def export_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """One line for each record: canonical JSON of the object that is hashed and of its hash.

    What was tampered with comes out as it lies there, so that whoever verifies the file finds it.
    """
    for row in rows:
        quoted = {name: _quoted(row[name]) for name in _TEXTS}
        line = (
            f'{{"kind":{quoted["kind"]},"payload":{row["payload"]},"previous":{quoted["previous"]},'
            f'"seq":{row["seq"]},"sha256":{quoted["sha256"]},"when":{quoted["when"]}}}\n'
        )
        yield line.encode("utf-8", "surrogateescape")


def read_lines(lines: Iterable[bytes]) -> Iterator[Row]:
    """The records of an export, column by column as a database would have them, trusted in nothing.

    A line that is not what an export writes gives a record that no chain follows: `ledger.chain.follow`
    names it.
    """
    for number, line in enumerate(lines, start=1):
        yield _row(line) or {
            "seq": number, "when": "", "kind": "", "payload": "", "previous": "", "sha256": "",
            "document": "", "page": 0,
        }  # fmt: skip


def workspace_of(lines: Iterable[bytes]) -> str:
    """The id of the workspace that the first record of an export names; "" where it names none."""
    first = next(read_lines(lines), None)
    try:
        return str(json.loads(first["payload"])["workspace"]) if first else ""
    except (ValueError, TypeError, KeyError):
        return ""


def _row(line: bytes) -> Row | None:
    try:
        record = json.loads(line)
        if tuple(sorted(record)) != _FIELDS or canonical_json(record) + b"\n" != line:
            return None
        if type(record["seq"]) is not int or any(type(record[name]) is not str for name in _TEXTS):
            return None
        document, page = filed_under(record["payload"])
        payload = canonical_json(record["payload"]).decode("utf-8")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return {**record, "payload": payload, "document": document, "page": page}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
