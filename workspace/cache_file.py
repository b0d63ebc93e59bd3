"""A small database of the workspace that is a cache and no more: to lose it costs time and nothing else."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from zlib import crc32

_ROOT = Path(__file__).parents[1]


def open_cache(path: Path, tables: str, *, writable: bool) -> sqlite3.Connection:
    """The database in this file; one in memory where the file cannot be written. A damaged one is made anew, and
    so is one with other tables.

    `tables` are the statements that make its tables where they are missing. Threads may share it, one at a time.
    """
    if writable:
        for _ in range(2):
            try:
                return _with_tables(sqlite3.connect(path, timeout=5.0, check_same_thread=False), tables)
            except sqlite3.OperationalError:  # locked, no space: nothing is wrong with the file
                break
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
    elif path.exists():
        with suppress(sqlite3.Error):
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            return _with_tables(in_memory(sqlite3.connect(uri, uri=True, check_same_thread=False)), tables)
    return _with_tables(sqlite3.connect(":memory:", check_same_thread=False), tables)


def in_memory(database: sqlite3.Connection) -> sqlite3.Connection:
    """The same in memory; the database is closed."""
    with closing(database):
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        database.backup(copy)
        return copy


@cache
def code_stamp(*rooms: str) -> str:
    """Which code of these rooms is at work: a hash over names, sizes and times of its files. Found out at little cost,
    and different where perhaps nothing is: right for a cache and for nothing else."""
    seen = hashlib.sha256()
    for path in _files(rooms):
        status = path.stat()
        seen.update(f"{path.relative_to(_ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _files(rooms: Sequence[str]) -> list[Path]:
    return sorted(
        path
        for room in rooms
        for path in (_ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def _with_tables(database: sqlite3.Connection, tables: str) -> sqlite3.Connection:
    """The database with these tables; which they are is written into its head.

    Raises:
        sqlite3.DatabaseError: it has others, of another version of the program.
    """
    mark = crc32(tables.encode()) >> 1  # it takes 31 bits
    try:
        (found,) = database.execute("PRAGMA user_version").fetchone()
        if found != mark:
            if database.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
                raise sqlite3.DatabaseError("The file has other tables.")
            database.executescript(f"BEGIN; {tables} PRAGMA user_version = {mark}; COMMIT;")
    except sqlite3.Error:
        database.close()
        raise
    return database
