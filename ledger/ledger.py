"""The append-only ledger: records, each carrying the SHA-256 of the one before it.

`docs/ledger.md` gives the format, so that the chain can be verified without this program.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ledger.batch import Batch
from ledger.chain import GENESIS, VERSION, Fault, Link, Record, follow
from ledger.database import Place, damaged
from ledger.databases import open_database
from ledger.event import Entry
from ledger.events.ledger_opened import LedgerOpened
from ledger.leases import FileLeases, Leases, PostgresLeases
from ledger.query import (
    E,
    Kinds,
    Query,
    entry_in,
    last_row,
    names_of,
    newest_entry,
    record_in,
    rows_of,
)
from ledger.table import RECORDS, REVISIONS, make_tables, revision
from model.errors import LedgerError, OlderFormat

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


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
            LedgerError: missing, locked, damaged, or of a newer version; `OlderFormat` where it is to be written and
                must be upgraded before.
            MissingProgram: the driver for PostgreSQL is not installed.
            NoSpace: the disk is full or may not be used.
        """
        self._clock = clock
        self._database = open_database(
            place, create=create_for is not None, readonly=readonly, timeout=timeout
        )
        self._engine = self._database.engine
        self._leases: PostgresLeases | None = None
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
    def is_file(self) -> bool:
        """True for a file, which processes of one machine may share; False for a database that machines may share."""
        return self._database.engine.dialect.name == "sqlite"

    @property
    def workspace(self) -> str:
        """The id of the workspace that this ledger was made for."""
        return str(self.at(1).payload["workspace"])

    def leases(self, file: Path) -> Leases:
        """Leases for all who use this ledger; by locks on `file` where it lies in a file itself."""
        if self.is_file:
            return FileLeases(file)
        if self._leases is None:
            self._leases = PostgresLeases(self._database)
        return self._leases

    def close(self) -> None:
        """Let go of the database."""
        if self._leases is not None:
            self._leases.close()
        self._engine.dispose()

    def now(self) -> str:
        """The time by this ledger's clock, as records have it."""
        return _iso(self._clock())

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
            for row in rows_of(self._connected, Query(after, upto, kind, document, page)):
                yield record_in(row, lenient=lenient)

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
            for row in rows_of(self._connected, Query(after, upto, names_of(kind), document, page)):
                yield entry_in(row)

    def hashes(self, after: int = 0, upto: int | None = None) -> Iterator[str]:
        """The hashes that the records carry, in order: of those with a number above `after` and not above `upto`."""
        with self._errors():
            for row in rows_of(self._connected, Query(after, upto), "seq", "sha256"):
                yield str(row.sha256)

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

    def newest_by_document(self, after: int = 0) -> dict[str, int]:
        """For each document with a record above `after`, the number of its newest record."""
        query = (
            select(RECORDS.c.document, func.max(RECORDS.c.seq))
            .where(RECORDS.c.seq > after, RECORDS.c.document != "")
            .group_by(RECORDS.c.document)
        )
        with self._errors(), self._connected() as connection:
            return dict(connection.execute(query).tuples().all())

    def newest_seq(self, document: str) -> int:
        """The number of the newest record that is filed under this document, 0 where there is none."""
        which = Query(after=None, document=document)
        with self._errors(), self._connected() as connection:
            newest = which.rows(connection, "seq", most=1, newest_first=True)
            return int(newest[0].seq) if newest else 0

    def head(self, *, lenient: bool = False) -> Record:
        """The newest record; `lenient` as in `records`."""
        return self._one(Query(), lenient=lenient)

    def at(self, seq: int, *, lenient: bool = False) -> Record:
        """The record with this number; `lenient` as in `records`.

        Raises:
            LedgerError: there is none.
        """
        return self._one(Query(after=seq - 1, upto=seq), lenient=lenient)

    def newest(
        self, kind: Kinds[E], *, document: str | None = None, page: int | None = None
    ) -> Entry[E] | None:
        """The newest event of these kinds, of a document or page where these are given."""
        with self._errors(), self._connected() as connection:
            return newest_entry(connection, kind, document, page)

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Every record as it lies in the database, those with impossible numbers too, column by column, trusted in
        nothing; in portions."""
        with self._errors():
            for row in rows_of(self._connected, Query(after=None)):
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

    def strange_objects(self) -> tuple[str, ...]:
        """What of the database, in words, is none of ours and may keep a record from standing or showing."""
        with self._errors(), self._connected() as connection:
            return self._database.strange_objects(connection)

    def contradictions(self) -> tuple[str, ...]:
        """Where the database does not agree with itself, in words: records could be left out of an answer."""
        with self._errors(), self._connected() as connection:
            return self._database.contradictions(connection)

    def _one(self, which: Query, *, lenient: bool = False) -> Record:
        with self._errors(), self._connected() as connection:
            row = last_row(connection, which)
            record = None if row is None else record_in(row, lenient=lenient)
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
                raise OlderFormat(
                    f"The ledger {self.name} has the schema {found}; this program writes {REVISIONS[-1]}.",
                    remedy="Make a backup (`chamra backup`), then run `chamra upgrade` on the workspace.",
                )
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


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
