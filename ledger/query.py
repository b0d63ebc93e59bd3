"""Asking the ledger's table: which records, in which order, as records or as events."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from ledger.catalogue import entry_of
from ledger.chain import Record
from ledger.event import Entry, Event
from ledger.table import RECORDS
from model.errors import LedgerError

E = TypeVar("E", bound=Event)
Kinds = type[E] | tuple[type[E], ...]
Connected = AbstractContextManager[Connection]

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """Which records: with a number above `after` (None: with any, an impossible one too) and not above `upto`, of these
    kinds, about this page."""

    after: int | None = 0
    upto: int | None = None
    kind: str | Collection[str] = ()
    document: str | None = None
    page: int | None = None

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """The query for the database, in no order: of these columns, or all."""
        kinds = [self.kind] if isinstance(self.kind, str) else list(self.kind)
        query = select(*(columns or RECORDS.c))
        if self.after is not None:
            query = query.where(RECORDS.c.seq > self.after)
        if self.upto is not None:
            query = query.where(RECORDS.c.seq <= self.upto)
        if kinds:
            query = query.where(RECORDS.c.kind.in_(kinds))
        if self.document is not None:
            query = query.where(RECORDS.c.document == self.document)
        if self.page is not None:
            query = query.where(RECORDS.c.page == self.page)
        return query


def rows_of(
    connected: Callable[[], Connected], which: Query, *columns: ColumnElement[Any]
) -> Iterator[Row[Any]]:
    """The rows in order, read in portions, so that nothing is locked while they are used; of all columns, or these, of
    which `seq` must be one."""
    while True:
        with connected() as connection:
            rows = connection.execute(which.select(*columns).order_by(RECORDS.c.seq).limit(_CHUNK)).all()
        yield from rows
        if len(rows) < _CHUNK:
            return
        which = replace(which, after=rows[-1].seq)


def last_row(connection: Connection, which: Query) -> Row[Any] | None:
    """The last of these rows."""
    return connection.execute(which.select().order_by(RECORDS.c.seq.desc()).limit(1)).first()


def newest_entry(
    connection: Connection, kind: Kinds[E], document: str | None, page: int | None
) -> Entry[E] | None:
    """The newest event of a kind about a document and page."""
    row = last_row(connection, Query(kind=names_of(kind), document=document, page=page))
    return None if row is None else entry_in(row)


def names_of(kind: Kinds[Any]) -> tuple[str, ...]:
    """Kinds as they stand in the ledger; none are named for all."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return () if Event in kinds else tuple(one.KIND for one in kinds)


def entry_in(row: Row[Any]) -> Entry[Any]:
    """The event of a row; raises as `entry_of` does."""
    return entry_of(record_in(row))


def record_in(row: Row[Any], *, lenient: bool = False) -> Record:
    """The record of a row; `lenient` gives a payload that cannot be understood as an empty one.

    Raises:
        LedgerError: the payload cannot be understood.
    """
    try:
        payload = json.loads(row.payload)
    except (ValueError, TypeError, RecursionError):
        payload = None
    if type(payload) is not dict and lenient:
        payload = {}
    if type(payload) is not dict:
        raise LedgerError(
            f"Record {row.seq} of the ledger cannot be understood.",
            remedy="Run `chamra audit` to see what is damaged; restore the ledger from a backup.",
        )
    return Record(row.seq, row.when, row.kind, payload, row.previous, row.sha256)
