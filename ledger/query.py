"""Asking the ledger's table: which records, in which order, as records or as events."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Integer, Row, Select, bindparam, select

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

    def rows(
        self, connection: Connection, *columns: str, most: int = _CHUNK, newest_first: bool = False
    ) -> Sequence[Row[Any]]:
        """So many of the rows at most, in order of their numbers; of these columns, or all."""
        asked = {
            "after": self.after,
            "upto": self.upto,
            "kinds": ([self.kind] if isinstance(self.kind, str) else list(self.kind)) or None,
            "document": self.document,
            "page": self.page,
        }
        values = {name: value for name, value in asked.items() if value is not None}
        statement = _statement(frozenset(values), columns, newest_first)
        return connection.execute(statement, {**values, "most": most}).all()


@cache
def _statement(asked: frozenset[str], columns: tuple[str, ...], newest_first: bool) -> Select[Any]:
    """The query for the database that asks for so much: to put one together takes longer than to ask it."""
    conditions = {
        "after": RECORDS.c.seq > bindparam("after"),
        "upto": RECORDS.c.seq <= bindparam("upto"),
        "kinds": RECORDS.c.kind.in_(bindparam("kinds", expanding=True)),
        "document": RECORDS.c.document == bindparam("document"),
        "page": RECORDS.c.page == bindparam("page"),
    }
    query = select(*(RECORDS.c[name] for name in columns)) if columns else select(RECORDS)
    query = query.where(*(condition for name, condition in conditions.items() if name in asked))
    order = RECORDS.c.seq.desc() if newest_first else RECORDS.c.seq
    return query.order_by(order).limit(bindparam("most", type_=Integer))


def rows_of(connected: Callable[[], Connected], which: Query, *columns: str) -> Iterator[Row[Any]]:
    """The rows in order, read in portions, so that nothing is locked while they are used; of all columns, or these, of
    which `seq` must be one."""
    while True:
        with connected() as connection:
            rows = which.rows(connection, *columns)
        yield from rows
        if len(rows) < _CHUNK:
            return
        which = replace(which, after=rows[-1].seq)


def last_row(connection: Connection, which: Query) -> Row[Any] | None:
    """The last of these rows."""
    return next(iter(which.rows(connection, most=1, newest_first=True)), None)


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
