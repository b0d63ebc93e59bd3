"""The table of a ledger's records, the same in every database, and which revision of it this program knows."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, Text, insert, select
from sqlalchemy import inspect as look_at

REVISIONS = ("0001", "0002")
"""Revisions of the table's schema, oldest first; `ledger/migrations` leads from each to the next."""

METADATA = MetaData()
RECORDS = Table(
    "records",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    # `when` is a word of SQL; SQLAlchemy quotes it.
    Column("when", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    # Copies of what the payload says, to find records by; `verify` compares them.
    Column("document", String(64), nullable=False),
    Column("page", Integer, nullable=False),
    Index("records_by_page", "document", "page", "kind", "seq"),
    Index("records_by_kind", "kind", "seq"),
    Index("records_by_sha256", "sha256", unique=True),
)
_REVISION = Table("alembic_version", METADATA, Column("version_num", String(32), primary_key=True))


def make_tables(connection: Connection) -> None:
    """Create the tables in their newest revision."""
    METADATA.create_all(connection, checkfirst=False)
    connection.execute(insert(_REVISION).values(version_num=REVISIONS[-1]))


def revision(connection: Connection) -> str | None:
    """The revision of the schema, None where there is no ledger. The first one did not name itself."""
    tables = look_at(connection)
    if not tables.has_table(RECORDS.name):
        return None
    if not tables.has_table(_REVISION.name):
        return REVISIONS[0]
    return str(connection.execute(select(_REVISION.c.version_num)).scalar_one())
