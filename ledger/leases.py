"""Who works on something just now: a lease that dies with its process, for all who share a ledger.

A lease keeps two from doing the same work twice. Nothing depends on it: what two do at once comes out once all the
same.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ledger.database import Database
from ledger.disk import disk_errors

_ALIVE = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""Or a machine that lost its power would hold its leases for two hours."""
_TAKEN = (errno.EAGAIN, errno.EACCES)


class Leases(Protocol):
    """Leases of names, by anybody who uses the same ledger."""

    def taking(self, name: str) -> AbstractContextManager[bool]:
        """True in the block for whoever has the lease of this name; False where somebody else has it.

        Raises:
            NoSpace: this account may not ask for it.
            WorkspaceError: it cannot be asked for: the database is away, the file system knows no locks.
        """


class FileLeases:
    """Leases among the processes of a machine: locks on single bytes of a file that stays empty."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def taking(self, name: str) -> Iterator[bool]:
        """True for whoever has it."""
        with disk_errors(self._path):
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            with disk_errors(self._path):
                mine = _locked(descriptor, _number(name) & (2**62 - 1))
            yield mine
        finally:
            os.close(descriptor)


def _locked(descriptor: int, byte: int) -> bool:
    # A lock of the open file, not of the process: two threads of one process are two, too.
    wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0)
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, wanted)
    except OSError as error:
        if error.errno not in _TAKEN:
            raise
        return False
    return True


class PostgresLeases:
    """Leases among all machines that use a database: its advisory locks, held by one connection of this process.

    A database that is restarted forgets them, and a connection is made anew.
    """

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._errors = database.errors
        self._lock = Lock()
        self._held: set[str] = set()
        self._connection: Connection | None = None

    @contextmanager
    def taking(self, name: str) -> Iterator[bool]:
        """True for whoever has it."""
        with self._lock, self._errors():
            mine = name not in self._held and self._ask("SELECT pg_try_advisory_lock(%s)", name)
            if mine:
                self._held.add(name)
        try:
            yield mine
        finally:
            if mine:
                with self._lock:
                    self._held.discard(name)
                    with suppress(DBAPIError):
                        self._ask("SELECT pg_advisory_unlock(%s)", name)

    def close(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._drop()

    def _ask(self, question: str, name: str) -> bool:
        for last in (False, True):
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                self._connection.exec_driver_sql(_ALIVE)
            try:
                return bool(self._connection.exec_driver_sql(question, (_number(name),)).scalar_one())
            except DBAPIError:
                self._drop()
                if last:
                    raise
        return False

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.invalidate()
                connection.close()


def _number(name: str) -> int:
    """A name as a number of 63 bits."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1
