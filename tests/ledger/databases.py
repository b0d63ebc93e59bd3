"""What somebody who owns a ledger's database can do to it, whichever it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from ledger import postgres, sqlite
from ledger.database import Place


def guards(place: Place) -> set[str]:
    """The triggers that must stand."""
    return set(sqlite.GUARDS if isinstance(place, Path) else postgres.GUARDS)


def execute(place: Place, *statements: str) -> None:
    """Run statements as they are, together or not at all."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        return
    engine = create_engine(postgres.postgres_url(place))
    try:
        with engine.begin() as session:
            for statement in statements:
                session.exec_driver_sql(statement.replace("%", "%%"))
    finally:
        engine.dispose()


def tamper(place: Place, *statements: str) -> None:
    """Change the records without the guards, which stay away."""
    on = "" if isinstance(place, Path) else " ON records"
    execute(place, *(f"DROP TRIGGER IF EXISTS {name}{on}" for name in sorted(guards(place))), *statements)


def swallow(place: Place, kind: str) -> None:
    """Let the database take records of a kind without a word and keep none of them."""
    if not isinstance(place, Path):
        execute(
            place,
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            f"CREATE TRIGGER quiet BEFORE INSERT ON records FOR EACH ROW WHEN (NEW.kind = '{kind}') "
            "EXECUTE FUNCTION nothing()",
        )
    else:
        execute(
            place,
            f"CREATE TRIGGER quiet BEFORE INSERT ON records WHEN NEW.kind = '{kind}' "
            "BEGIN SELECT RAISE(IGNORE); END",
        )
