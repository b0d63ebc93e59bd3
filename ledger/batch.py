"""What is appended to the ledger together: it will stand as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from ledger.canonical import canonical_json
from ledger.chain import Record, filed_under, record_sha256
from ledger.event import Entry
from ledger.query import E, Kinds, Query, entry_in, names_of, newest_entry, rows_of
from ledger.table import RECORDS
from model.errors import LedgerError
from model.quoted import quoted


@dataclass(slots=True)
class Batch:
    """Records that will stand together or not at all. Nobody else can append meanwhile."""

    _connection: Connection
    _when: str
    _head: tuple[int, str]
    _rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The hash of the newest record, those of this batch included."""
        return self._head[1]

    @property
    def seq(self) -> int:
        """The number of the newest record, those of this batch included."""
        return self._head[0]

    def append(self, event: E) -> Entry[E]:
        """Add an event. It stands in the ledger, with this number, time and hash, when the batch does."""
        record = self.append_record(event.KIND, event.encode())
        return Entry(event, record.seq, record.when, record.sha256)

    def append_record(self, kind: str, payload: Mapping[str, Any]) -> Record:
        """Add a record of whatever kind. Payloads hold texts, whole numbers, truth values, None, lists and mappings.

        Raises:
            TypeError: a number with a fraction, which other languages might write differently.
        """
        _refuse_fractions(payload)
        text = canonical_json(payload).decode("utf-8")
        seq, previous = self._head[0] + 1, self._head[1]
        sha256 = record_sha256(seq, self._when, kind, text, previous)
        document, page = filed_under(payload)
        self._rows.append({
            "seq": seq, "when": self._when, "kind": kind, "payload": text, "previous": previous,
            "sha256": sha256, "document": document, "page": page,
        })  # fmt: skip
        self._head = (seq, sha256)
        return Record(seq, self._when, kind, payload, previous, sha256)

    def events(
        self, kind: Kinds[E], *, after: int = 0, document: str | None = None, page: int | None = None
    ) -> Iterator[Entry[E]]:
        """Events that stood before this batch; see `Ledger.events`."""
        which = Query(after, None, names_of(kind), document, page)
        return (entry_in(row) for row in rows_of(lambda: _same(self._connection), which))

    def anything_after(self, seq: int, *, document: str, page: int | None = None) -> bool:
        """True when a record about the document, or this page of it, stands after that number."""
        which = Query(after=seq, document=document, page=page)
        return bool(which.rows(self._connection, most=1))

    def newest(self, kind: Kinds[E], *, document: str, page: int | None = None) -> Entry[E] | None:
        """The newest event of a kind about a document, or a page of it, that stood before this batch."""
        return newest_entry(self._connection, kind, document, page)

    def flush(self) -> None:
        """Send what was appended to the database, before the transaction ends, and read it back.

        Raises:
            LedgerError: it does not stand there; nothing of the transaction will.
        """
        if not self._rows:
            return
        self._connection.execute(insert(RECORDS), self._rows)
        first = self._rows[0]["seq"]
        query = select(RECORDS).where(RECORDS.c.seq >= first).order_by(RECORDS.c.seq)
        stands = [row._asdict() for row in self._connection.execute(query)]
        if stands != self._rows:
            raise LedgerError(
                f"The ledger has not taken records {first} to {self.seq} as they were written: nothing was recorded.",
                remedy="Something in the database swallows or changes records. Run `chamra audit`: it names what.",
            )
        self._rows = []


@contextmanager
def _same(connection: Connection) -> Iterator[Connection]:
    yield connection


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a ledger's numbers are whole, and {quoted(value)} is not")
    if isinstance(value, Mapping):
        for each in value.values():
            _refuse_fractions(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_fractions(each)
