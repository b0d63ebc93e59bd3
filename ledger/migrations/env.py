"""What Alembic runs: migrations on the connection that it was given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

connection: Connection = context.config.attributes["connection"]
# The caller's transaction holds everything, with SQLite too: its driver is told to leave that to us.
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
