"""What of the ledger is SQLite's own: opening the file, locking, guards, the words for its errors."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from ledger.database import damaged
from ledger.disk import disk_errors, no_space, not_allowed, sync_directory
from ledger.table import METADATA, RECORDS
from model.errors import LedgerError, NoSpace, WorkspaceError

GUARDS = {
    "records_refuse_update": """CREATE TRIGGER records_refuse_update BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no UPDATE'); END""",
    "records_refuse_delete": """CREATE TRIGGER records_refuse_delete BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no DELETE'); END""",
    # INSERT OR REPLACE deletes without firing a DELETE trigger, hence a guard on what follows what.
    "records_refuse_fork": f"""CREATE TRIGGER records_refuse_fork BEFORE INSERT ON records
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM records)
  OR NEW.previous IS NOT coalesce((SELECT sha256 FROM records ORDER BY seq DESC LIMIT 1), '{"0" * 64}')
BEGIN SELECT RAISE(ABORT, 'the ledger is a chain: a record follows the newest one'); END""",
}
"""Triggers that keep an honest program from breaking the ledger. Whoever owns the file can drop them, so
the audit looks whether they stand, and proves the rest from hashes and anchors."""


_OBJECTS = {("table", name) for name in METADATA.tables} | {
    ("index", str(one.name)) for one in RECORDS.indexes
}
_MOST_NAMED = 5
_SHARED_MEMORY = 65536  # bytes; SQLite takes 32 KiB of it at a time


class SqliteDatabase:
    """A ledger in a SQLite file: write-ahead log, every commit flushed, one writer at a time."""

    def __init__(self, path: Path, *, create: bool, readonly: bool, timeout: float) -> None:
        """`timeout` is how many seconds to wait for another writer.

        Raises:
            LedgerError: only reading was asked for, and what was written last cannot be read here.
        """
        self.name = str(path)
        self._path = path
        self.engine = _engine(path, create=create, readonly=readonly, timeout=timeout)

    def errors(self) -> AbstractContextManager[None]:
        """Turn what SQLite says about the file into an error with a remedy."""
        return database_errors(self._path)

    def make_guards(self, connection: Connection) -> None:
        """Create the triggers."""
        make_sqlite_guards(connection)

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Names of triggers that are gone or say something else."""
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {str(name): str(sql) for name, sql in rows}
        return tuple(name for name, statement in GUARDS.items() if found.get(name) != statement)

    def strange_objects(self, connection: Connection) -> tuple[str, ...]:
        """Triggers, views, tables and indexes of the file that are none of ours, or of another form than ours."""
        rows = connection.exec_driver_sql(
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        known = {("trigger", name) for name in GUARDS} | _OBJECTS
        found = [f"{kind} {name}" for kind, name in rows if (kind, name) not in known]
        columns = connection.exec_driver_sql(f"PRAGMA table_xinfo({RECORDS.name})").all()
        if [(one.name, one.hidden) for one in columns] != [(one.name, 0) for one in RECORDS.columns]:
            found.append(f"table {RECORDS.name} of another form")
        return tuple(found)

    def contradictions(self, connection: Connection) -> tuple[str, ...]:
        """Where the file does not agree with itself, as SQLite says it: an index that leaves out a row."""
        rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_NAMED})")
        return tuple(str(one) for (one,) in rows if one != "ok")

    def keep_copy(self, revision: str) -> Path:
        """Copy the file, whole and as of one moment, to `NAME.before-REVISION` beside it."""
        copy = self._path.with_name(f"{self._path.name}.before-{revision}")
        part = copy.with_name(f"{copy.name}.part")
        with disk_errors(copy):
            try:
                part.unlink(missing_ok=True)
                with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(part)) as target:
                    source.backup(target)
                part.replace(copy)
                sync_directory(copy.parent)
            finally:
                part.unlink(missing_ok=True)
        return copy


def make_sqlite_guards(connection: Connection) -> None:
    """Create the triggers."""
    for statement in GUARDS.values():
        connection.exec_driver_sql(statement)


def _engine(path: Path, *, create: bool, readonly: bool, timeout: float) -> Engine:
    mode = "ro" if readonly else "rwc" if create else "rw"
    uri = f"file:{quote(str(path))}?mode={mode}"
    log = path.with_name(path.name + "-wal")
    pending = log.exists() and log.stat().st_size > 0
    # What SQLite makes beside a database belongs to whoever opens it, and keeps out its owner where they are two.
    others = path.exists() and not os.access(path, os.W_OK)
    if others and not readonly:
        raise not_allowed(path)
    beside = os.access(path.parent, os.W_OK) and (not others or _shared_is_there(path))
    if readonly and not (beside and (pending or (not others and _has_room(path.parent)))):
        if pending:
            raise LedgerError(
                f"The newest records of {path} are still in {log.name}, and this account may not write there.",
                remedy="Copy the workspace to storage that can be written and look at the copy.",
            )
        # SQLite makes files beside the database even to read it, unless told that nobody writes.
        uri += "&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=timeout, check_same_thread=False, isolation_level=None
        )
        # A damaged row must be read to be named, so bytes that are no UTF-8 come through as surrogates.
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        if not readonly:
            _use_write_ahead_log(connection, timeout)
            connection.execute("PRAGMA synchronous = FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=0)
    event.listen(engine, "begin", _begin)
    return engine


def _shared_is_there(path: Path) -> bool:
    """True where whoever writes the ledger has made the file that readers share, and this account may read it."""
    return os.access(path.with_name(path.name + "-shm"), os.R_OK)


def _has_room(folder: Path) -> bool:
    """True where SQLite can make the file that it shares among readers."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= _SHARED_MEMORY


def _use_write_ahead_log(connection: sqlite3.Connection, timeout: float) -> None:
    """Two processes that make one ledger at once meet here, and SQLite does not wait by itself."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                connection.close()
                raise
            time.sleep(0.02)
        else:
            return


def _begin(connection: Connection) -> None:
    # The writer's lock is taken before the head is read, or two writers would follow one record.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into an error with a remedy.

    Raises:
        NoSpace: the disk is full or may not be written.
        LedgerError: locked, damaged, not a database, or a guard refused.
    """
    try:
        yield
    except DBAPIError as error:
        raise _in_our_words(error.orig, path) from error
    except sqlite3.Error as error:
        raise _in_our_words(error, path) from error


def _in_our_words(error: BaseException | None, path: Path) -> NoSpace | WorkspaceError:
    name = getattr(error, "sqlite_errorname", "") or ""
    # Where there is no room for its shared memory, SQLite speaks of input and output only.
    if name.startswith("SQLITE_FULL") or (name.startswith("SQLITE_IOERR") and _is_full(path.parent)):
        return no_space(path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return not_allowed(path)
    if name.startswith("SQLITE_CANTOPEN"):
        return not_allowed(path) if path.exists() else _missing(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerError(
            f"The ledger {path} is locked by another process.",
            remedy="Wait for the other run to finish and try again.",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")):
        return damaged(str(path), str(error))
    return LedgerError(f"The ledger {path} refuses: {error}.", remedy="Run `chamra audit` on the workspace.")


def _is_full(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free < _SHARED_MEMORY


def _missing(path: Path) -> LedgerError:
    return LedgerError(
        f"The ledger {path} is missing.", remedy="Restore it from a backup; the rest depends on it."
    )
