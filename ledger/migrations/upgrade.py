"""Run Alembic on an open connection, inside its transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ledger.table import REVISIONS, revision


def upgrade(connection: Connection, target: str = REVISIONS[-1]) -> None:
    """Bring a ledger's schema to a revision. Nothing is committed: the caller's transaction does that."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision(connection) == REVISIONS[0]:
        # The first revision did not name itself.
        command.stamp(config, REVISIONS[0])
    command.upgrade(config, target)
