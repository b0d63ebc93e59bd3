"""The append-only ledger: records, each carrying the SHA-256 of the one before it.

`docs/ledger.md` gives the format, so that the chain can be verified without this program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, insert, select

from ledger.canonical import canonical_json
from ledger.catalogue import entry_of
from ledger.chain import GENESIS, VERSION, Fault, Link, Record, filed_under, follow, record_sha256
from ledger.database import Place, damaged
from ledger.event import Entry, Event
from ledger.events.ledger_opened import LedgerOpened
from ledger.open_database import open_database
from ledger.table import RECORDS, REVISIONS, make_tables, revision
from model.errors import LedgerError

Clock = Callable[[], datetime]
E = TypeVar("E", bound=Event)
Kinds = type[E] | tuple[type[E], ...]
Connected = AbstractContextManager[Connection]

_CHUNK = 1000


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Which:
    """Which records are asked for."""

    after: int = 0
    upto: int | None = None
    kind: str | Collection[str] = ()
    document: str | None = None
    page: int | None = None

    def query(self) -> Select[Any]:
        kinds = [self.kind] if isinstance(self.kind, str) else list(self.kind)
        query = select(RECORDS).where(RECORDS.c.seq > self.after)
        if self.upto is not None:
            query = query.where(RECORDS.c.seq <= self.upto)
        if kinds:
            query = query.where(RECORDS.c.kind.in_(kinds))
        if self.document is not None:
            query = query.where(RECORDS.c.document == self.document)
        if self.page is not None:
            query = query.where(RECORDS.c.page == self.page)
        return query


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
        which = _Which(after, None, _names(kind), document, page)
        return (_entry(row) for row in _rows(lambda: _same(self._connection), which))

    def anything_after(self, seq: int, *, document: str, page: int | None = None) -> bool:
        """True when a record about the document, or this page of it, stands after that number."""
        which = _Which(after=seq, document=document, page=page)
        return self._connection.execute(which.query().limit(1)).first() is not None

    def newest(self, kind: Kinds[E], *, document: str, page: int) -> Entry[E] | None:
        """The newest event of a kind about a page that stood before this batch."""
        return _newest(self._connection, kind, document, page)

    def flush(self) -> None:
        """Send what was appended to the database, before the transaction ends."""
        if self._rows:
            self._connection.execute(insert(RECORDS), self._rows)
            self._rows = []


class Ledger:
    """An append-only chain of records in a database.

    Safe to use from several threads and processes: a writer waits for the one before it.
    """

    def __init__(
        self,
        place: Place,
        *,
        create_for: str | None = None,
        readonly: bool = False,
        clock: Clock = utc_now,
        timeout: float = 30.0,
    ) -> None:
        """Open a ledger, or make one for the workspace with the id `create_for` where none is.

        `timeout`: seconds to wait for another writer.

        Raises:
            LedgerError: missing, locked, damaged, or of a newer version.
            MissingProgram: the driver for PostgreSQL is not installed.
            NoSpace: the disk is full or may not be used.
        """
        self._clock = clock
        self._database = open_database(
            place, create=create_for is not None, readonly=readonly, timeout=timeout
        )
        self._engine = self._database.engine
        try:
            self._open(create_for, readonly)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """Where the ledger lies, as messages say it."""
        return self._database.name

    @property
    def workspace(self) -> str:
        """The id of the workspace that this ledger was made for."""
        return str(self.at(1).payload["workspace"])

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def append(self, event: E) -> Entry[E]:
        """Append one event; it is durable when this returns."""
        with self.writing() as batch:
            return batch.append(event)

    @contextmanager
    def writing(self) -> Iterator[Batch]:
        """Everything that is appended to the batch becomes durable at the end, or nothing on an error.

        Whoever must look before they append looks with the batch: nobody else can append meanwhile.
        """
        with (
            self._errors(),
            self._engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            batch = Batch(connection, _iso(self._clock()), self._head(connection))
            yield batch
            batch.flush()

    def records(
        self,
        after: int = 0,
        *,
        upto: int | None = None,
        kind: str | Collection[str] = (),
        document: str | None = None,
        page: int | None = None,
        lenient: bool = False,
    ) -> Iterator[Record]:
        """Records in order: those with a number above `after` and not above `upto`, of these kinds, of
        this document and page. Read in portions, so nothing is locked while they are used.

        `lenient` gives a payload that cannot be understood as an empty one, for those who look at what
        is damaged.

        Raises:
            LedgerError: a record cannot be understood.
        """
        with self._errors():
            for row in _rows(self._connected, _Which(after, upto, kind, document, page)):
                yield _record(row, lenient=lenient)

    def events(
        self,
        kind: Kinds[E],
        *,
        after: int = 0,
        upto: int | None = None,
        document: str | None = None,
        page: int | None = None,
    ) -> Iterator[Entry[E]]:
        """Events in order, of these kinds (`Event` for all); otherwise as `records`.

        Raises:
            LedgerError: a record cannot be understood, or is of a kind that this program does not know.
        """
        with self._errors():
            for row in _rows(self._connected, _Which(after, upto, _names(kind), document, page)):
                yield _entry(row)

    def documents(self) -> tuple[str, ...]:
        """The ids of all documents that a record is filed under, in the order in which they came."""
        query = (
            select(RECORDS.c.document)
            .where(RECORDS.c.document != "")
            .group_by(RECORDS.c.document)
            .order_by(func.min(RECORDS.c.seq))
        )
        with self._errors(), self._connected() as connection:
            return tuple(connection.execute(query).scalars())

    def head(self, *, lenient: bool = False) -> Record:
        """The newest record; `lenient` as in `records`."""
        return self._one(_Which(), lenient=lenient)

    def at(self, seq: int, *, lenient: bool = False) -> Record:
        """The record with this number; `lenient` as in `records`.

        Raises:
            LedgerError: there is none.
        """
        return self._one(_Which(after=seq - 1, upto=seq), lenient=lenient)

    def newest(
        self, kind: Kinds[E], *, document: str | None = None, page: int | None = None
    ) -> Entry[E] | None:
        """The newest event of these kinds, of a document or page where these are given."""
        with self._errors(), self._connected() as connection:
            return _newest(connection, kind, document, page)

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Every record as it lies in the database, column by column, trusted in nothing; in portions."""
        with self._errors():
            for row in _rows(self._connected, _Which()):
                yield row._asdict()

    def verify(self) -> Iterator[Fault]:
        """Go through the whole chain and yield what is wrong with it. Reads in portions."""
        link = Link()
        for row in self.rows():
            reasons, link = follow(link, row)
            yield from (Fault(link.seq, reason) for reason in reasons)

    def missing_guards(self) -> tuple[str, ...]:
        """Names of the triggers against UPDATE and DELETE that are gone or changed."""
        with self._errors(), self._connected() as connection:
            return self._database.missing_guards(connection)

    def _one(self, which: _Which, *, lenient: bool = False) -> Record:
        with self._errors(), self._connected() as connection:
            row = _last(connection, which)
            record = None if row is None else _record(row, lenient=lenient)
        if record is None:
            raise damaged(self.name, f"record {which.upto or 1} is missing")
        return record

    def _open(self, create_for: str | None, readonly: bool) -> None:
        with self._errors():
            if create_for is not None:
                self._make(create_for)
            with self._connected() as connection:
                found = revision(connection)
            if found is None:
                raise damaged(self.name, "it has no records")
            if found not in REVISIONS:
                raise self._newer(f"the schema {found}", f"the schemas up to {REVISIONS[-1]}")
            if found != REVISIONS[-1] and not readonly:
                self._upgrade()
        self._check_version()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with self._database.errors():
            yield

    def _head(self, connection: Connection) -> tuple[int, str]:
        row = connection.execute(
            select(RECORDS.c.seq, RECORDS.c.sha256).order_by(RECORDS.c.seq.desc()).limit(1)
        ).first()
        return (0, GENESIS) if row is None else (row.seq, row.sha256)

    def _make(self, workspace: str) -> None:
        """Table, guards and first record in one transaction; nothing where they stand."""
        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            if revision(connection) is not None:
                return
            make_tables(connection)
            self._database.make_guards(connection)
            batch = Batch(connection, _iso(self._clock()), (0, GENESIS))
            batch.append(LedgerOpened(VERSION, workspace))
            batch.flush()

    def _check_version(self) -> None:
        first = self.at(1)
        version = first.payload.get("schema")
        if first.kind != LedgerOpened.KIND or type(version) is not int or "workspace" not in first.payload:
            raise damaged(self.name, "its first record does not say what it is")
        if version > VERSION:
            raise self._newer(f"version {version}", f"version {VERSION}")

    def _newer(self, found: str, known: str) -> LedgerError:
        return LedgerError(
            f"The ledger {self.name} has {found}; this program knows {known}.",
            remedy="Use the newer Chamra that wrote it.",
        )

    def _upgrade(self) -> None:
        """Bring the schema to the newest revision, with a copy kept before, while nobody else writes."""
        from ledger.migrations.upgrade import upgrade  # noqa: PLC0415  needs alembic, and that once in a ledger's life

        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            if revision(connection) != REVISIONS[-1]:
                self._database.keep_copy(REVISIONS[-1])
                upgrade(connection)


def _rows(connected: Callable[[], Connected], which: _Which) -> Iterator[Row[Any]]:
    while True:
        with connected() as connection:
            rows = connection.execute(which.query().order_by(RECORDS.c.seq).limit(_CHUNK)).all()
        yield from rows
        if len(rows) < _CHUNK:
            return
        which = replace(which, after=rows[-1].seq)


def _last(connection: Connection, which: _Which) -> Row[Any] | None:
    return connection.execute(which.query().order_by(RECORDS.c.seq.desc()).limit(1)).first()


def _newest(
    connection: Connection, kind: Kinds[E], document: str | None, page: int | None
) -> Entry[E] | None:
    row = _last(connection, _Which(kind=_names(kind), document=document, page=page))
    return None if row is None else _entry(row)


def _names(kind: Kinds[Any]) -> tuple[str, ...]:
    """Kinds as they stand in the ledger; none are named for all."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return () if Event in kinds else tuple(one.KIND for one in kinds)


def _entry(row: Row[Any]) -> Entry[Any]:
    return entry_of(_record(row))


@contextmanager
def _same(connection: Connection) -> Iterator[Connection]:
    yield connection


def _record(row: Row[Any], *, lenient: bool = False) -> Record:
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


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a ledger's numbers are whole, and {value!r} is not")
    if isinstance(value, Mapping):
        for each in value.values():
            _refuse_fractions(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_fractions(each)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
