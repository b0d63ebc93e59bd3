"""A small database of the workspace that is a cache and no more: to lose it costs time and nothing else."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def open_cache(path: Path, tables: str, *, writable: bool, code: str = "") -> sqlite3.Connection:
    """The database in this file; one in memory where the file cannot be written. A damaged one is made anew, and
    so is one with other tables or of other code: a large file is thrown away at once, and emptied in minutes.

    `tables` are the statements that make its tables where they are missing, `code` is the stamp of what fills them.
    Threads may share it, one at a time.
    """
    mark = cache_mark(tables, code)
    if writable:
        for _ in range(2):
            try:
                return _with_tables(sqlite3.connect(path, timeout=5.0, check_same_thread=False), tables, mark)
            except sqlite3.OperationalError:  # locked, no space: nothing is wrong with the file
                break
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
    elif path.exists():
        with suppress(sqlite3.Error):
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            kept = in_memory(sqlite3.connect(uri, uri=True, check_same_thread=False))
            return _with_tables(kept, tables, mark)
    return _with_tables(sqlite3.connect(":memory:", check_same_thread=False), tables, mark)


def cache_mark(tables: str, code: str) -> int:
    """By which a file is known again that has these tables, filled by this code: what its head has room for."""
    return int.from_bytes(hashlib.sha256(f"{tables}{code}".encode()).digest()[:4], "big") >> 1 | 1


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


def _with_tables(database: sqlite3.Connection, tables: str, mark: int) -> sqlite3.Connection:
    """The database with these tables; the mark is written into its head.

    Raises:
        sqlite3.DatabaseError: it has another mark.
    """
    try:
        (found,) = database.execute("PRAGMA user_version").fetchone()
        if found != mark:
            if database.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
                raise sqlite3.DatabaseError("Another version of the program made the file.")
            database.executescript(f"BEGIN; {tables} PRAGMA user_version = {mark}; COMMIT;")
    except sqlite3.Error:
        database.close()
        raise
    return database
