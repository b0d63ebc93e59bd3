"""A ledger of an older format brought to that of this program, when somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ledger.database import Place
from ledger.databases import open_database
from ledger.ledger import Ledger
from ledger.table import REVISIONS, revision


@dataclass(frozen=True, slots=True)
class UpgradeDone:
    """The revision of a ledger's schema that was found, the newest one, and the copy that was kept of a file."""

    found: str
    newest: str
    copy: Path | None = None

    @property
    def needed(self) -> bool:
        """True where there was something to do."""
        return self.found != self.newest


def upgrade_ledger(place: Place, *, dry_run: bool = False, timeout: float = 30.0) -> UpgradeDone:
    """Bring a ledger's schema to the newest revision, at once or not at all, while nobody else writes; with `dry_run`
    only look. No record is touched. Of a file a copy is kept before, beside it.

    Raises:
        LedgerError: missing, locked, damaged, or of a newer version.
        NoSpace: the disk is full or may not be used.
    """
    Ledger(
        place, readonly=True, timeout=timeout
    ).close()  # it is one, and none that this program does not know
    database = open_database(place, create=False, readonly=dry_run, timeout=timeout)
    copy = None
    try:
        with (
            database.errors(),
            database.engine.connect().execution_options(writing=not dry_run) as connection,
            connection.begin(),
        ):
            found = revision(connection) or REVISIONS[0]
            if found != REVISIONS[-1] and not dry_run:
                from ledger.migrations.upgrade import upgrade  # noqa: PLC0415  needs alembic, once in a ledger's life

                copy = database.keep_copy(REVISIONS[-1])
                upgrade(connection)
    finally:
        database.engine.dispose()
    return UpgradeDone(found, REVISIONS[-1], copy)
