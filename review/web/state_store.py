"""What the server of the review page remembers across a restart: sessions, and failed attempts to log in.

Kept by the account that serves, outside every workspace, readable by it alone. Nothing in it is anybody's
work: without it, people log in again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from threading import Lock

_TABLE = "CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key))"


class StateStore:
    """Texts by kind and key. What is read is read once, at the start; everything else is in memory.

    Where nothing can be kept, or cannot be any more, it is forgotten at the end: the work goes on.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = Lock()
        self._database = None if path is None else _opened(path)

    def all(self, kind: str) -> dict[str, str]:
        """Everything of a kind."""
        if self._database is None:
            return {}
        with self._lock, suppress(sqlite3.Error):
            rows = self._database.execute("SELECT key, value FROM entries WHERE kind = ?", (kind,))
            return {str(key): str(value) for key, value in rows}
        return {}

    def put(self, kind: str, key: str, value: str) -> None:
        """Remember this, also after a `kill -9`."""
        self._run("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", (kind, key, value))

    def drop(self, kind: str, key: str) -> None:
        """Forget this."""
        self._run("DELETE FROM entries WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()

    def _run(self, statement: str, values: tuple[str, ...]) -> None:
        if self._database is not None:
            with self._lock, suppress(sqlite3.Error):
                self._database.execute(statement, values)


def _opened(path: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            path.chmod(0o600)
            database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        except (OSError, sqlite3.Error):
            return None
        try:
            # The log survives the process; only a loss of power may take the last moments with it.
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(_TABLE)
        except sqlite3.Error:
            # Damaged, or no database: nothing in it is worth more than a new start.
            database.close()
            for end in ("", "-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
        else:
            return database
    return None
