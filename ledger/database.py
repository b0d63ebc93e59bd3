"""What a ledger needs of its database, whichever it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from model.errors import LedgerError

Place = Path | str
"""Where a ledger lies: the path of a SQLite file, or the URL of a PostgreSQL database."""


class Database(Protocol):
    """A database that keeps a ledger. On a connection with the execution option `writing`, a transaction
    begins only when no other writer is at work."""

    name: str
    """What to call it in messages; without a password."""
    engine: Engine

    def errors(self) -> AbstractContextManager[None]:
        """Turn what the database says into an error with a remedy."""

    def make_guards(self, connection: Connection) -> None:
        """Create the triggers that refuse whatever is not appending."""

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Names of triggers that are gone, switched off or say something else."""

    def strange_objects(self, connection: Connection) -> tuple[str, ...]:
        """What may keep a record from being written or shown and is none of ours: triggers, rules, views, in words."""

    def contradictions(self, connection: Connection) -> tuple[str, ...]:
        """Where the database contradicts itself, so that a question is not answered by all records, in words."""

    def keep_copy(self, revision: str) -> Path | None:
        """Keep a copy before the schema is brought to that revision, where that is the way to go back: the file."""


def damaged(name: str, how: str) -> LedgerError:
    """The ledger is cut, overwritten or no ledger."""
    return LedgerError(
        f"The ledger {name} is damaged: {how}.",
        remedy="Keep the file and its -wal file as they are and restore the workspace from a backup.",
    )
