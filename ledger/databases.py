"""Which database a ledger lies in."""

from __future__ import annotations

from pathlib import Path

from ledger.database import Database, Place
from ledger.sqlite import SqliteDatabase


def open_database(place: Place, *, create: bool, readonly: bool, timeout: float) -> Database:
    """The database at a place. `timeout`: seconds to wait for another writer.

    Raises:
        LedgerError: a URL that names no PostgreSQL database.
        MissingProgram: the driver for PostgreSQL is not installed.
    """
    if isinstance(place, Path):
        return SqliteDatabase(place, create=create, readonly=readonly, timeout=timeout)
    from ledger.postgres import PostgresDatabase  # noqa: PLC0415  its driver is optional

    return PostgresDatabase(place, readonly=readonly, timeout=timeout)
