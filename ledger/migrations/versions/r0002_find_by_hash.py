"""Find a record by its hash without going through all of them; no two records have the same one."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the index."""
    op.create_index("records_by_sha256", "records", ["sha256"], unique=True)
