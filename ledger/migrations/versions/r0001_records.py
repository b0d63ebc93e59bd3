"""The table of records with its guards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ledger.postgres import make_postgres_guards
from ledger.sqlite import make_sqlite_guards

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "records",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("when", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
    )
    op.create_index("records_by_page", "records", ["document", "page", "kind", "seq"])
    op.create_index("records_by_kind", "records", ["kind", "seq"])
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        make_sqlite_guards(connection)
    else:
        make_postgres_guards(connection)
