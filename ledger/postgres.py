"""What of the ledger is PostgreSQL's own: reaching the server, locking, guards, the words for its errors."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError

from ledger.table import RECORDS
from model.errors import ChamraError, LedgerError, MissingProgram, NoSpace

PATIENCE_SECONDS = 60.0
"""How long a server is asked again that was there before."""

_AWAY = (
    "refused",
    "No such file",
    "starting up",
    "shutting down",
    "in recovery",
    "closed the connection",
    "too many",
)
_logger = logging.getLogger("chamra.ledger")

_LOCK = 0x63686D72
"""The first half of the advisory lock that a writer holds; the second half is of the schema's name."""

_REFUSE = """
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: no %', TG_OP;
END
"""
# The table is named by its id: a search path cannot put another one in its place.
_FORK = f"""
DECLARE
  newest_seq integer;
  newest_sha256 text;
BEGIN
  EXECUTE format('SELECT seq, sha256 FROM %s ORDER BY seq DESC LIMIT 1', TG_RELID::regclass)
    INTO newest_seq, newest_sha256;
  IF NEW.seq <> coalesce(newest_seq, 0) + 1 OR NEW.previous <> coalesce(newest_sha256, '{"0" * 64}') THEN
    RAISE EXCEPTION 'the ledger is a chain: a record follows the newest one';
  END IF;
  RETURN NEW;
END
"""
_FUNCTIONS = {"records_refuse": _REFUSE, "records_follow": _FORK}
GUARDS = {
    "records_refuse_update": "BEFORE UPDATE ON records FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()",
    "records_refuse_delete": "BEFORE DELETE ON records FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()",
    "records_refuse_truncate": "BEFORE TRUNCATE ON records FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()",
    "records_refuse_fork": "BEFORE INSERT ON records FOR EACH ROW EXECUTE FUNCTION records_follow()",
}
"""Triggers that keep an honest program from breaking the ledger. Whoever owns the table can drop them, so
the audit looks whether they stand, and proves the rest from hashes and anchors."""

_LOOK = """
SELECT t.tgname, t.tgenabled::text, p.prosrc, pg_get_triggerdef(t.oid)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = 'records'::regclass AND NOT t.tgisinternal
"""

_STRANGE = """
SELECT 'trigger', tgname::text FROM pg_trigger WHERE tgrelid = 'records'::regclass AND NOT tgisinternal
UNION ALL
SELECT 'rule', rulename::text FROM pg_rewrite WHERE ev_class = 'records'::regclass AND rulename <> '_RETURN'
UNION ALL
SELECT 'view', relname::text FROM pg_class WHERE oid = 'records'::regclass AND relkind NOT IN ('r', 'p')
UNION ALL
SELECT 'policy', polname::text FROM pg_policy WHERE polrelid = 'records'::regclass
UNION ALL
SELECT 'table with records of its own', inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'records'::regclass
UNION ALL
SELECT 'index', indexrelid::regclass::text FROM pg_index WHERE indrelid = 'records'::regclass
UNION ALL
SELECT 'column', attname::text || ' ' || attgenerated::text FROM pg_attribute
WHERE attrelid = 'records'::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY 1, 2
"""
_OURS = (
    {("trigger", name) for name in GUARDS}
    | {("index", str(one.name)) for one in RECORDS.indexes}
    | {("index", f"{RECORDS.name}_pkey")}
    | {("column", f"{one.name} ") for one in RECORDS.columns}
)

_BY_INDEX = {f"{RECORDS.name}_pkey": "seq > -1"} | {
    str(one.name): f"{one.columns.values()[0].name} >= ''" for one in RECORDS.indexes
}
"""What asks for all records by each index, the first column of which no other has."""


class PostgresDatabase:
    """A ledger in a database (or a schema, by the URL's search path) of a PostgreSQL server."""

    def __init__(self, url: str, *, readonly: bool, timeout: float) -> None:
        """`timeout` is how many seconds to wait for another writer.

        Raises:
            LedgerError: the URL names no PostgreSQL database.
            MissingProgram: psycopg is not installed.
        """
        parsed = postgres_url(url)
        self.name = parsed.set(drivername="postgresql").render_as_string(hide_password=True)
        self.engine = _engine(parsed, readonly=readonly, timeout=timeout)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what PostgreSQL says into an error with a remedy.

        Raises:
            NoSpace: the server's disk is full, or this account may not do that.
            LedgerError: the server cannot be reached, another writer does not end, or a guard refused.
        """
        try:
            yield
        except DBAPIError as error:
            raise _in_our_words(error.orig, self.name) from error

    def make_guards(self, connection: Connection) -> None:
        """Create the triggers."""
        make_postgres_guards(connection)

    def missing_guards(self, connection: Connection) -> tuple[str, ...]:
        """Names of triggers that are gone, switched off or say something else."""
        found = {name: (enabled, source, text) for name, enabled, source, text in
                 connection.exec_driver_sql(_LOOK)}  # fmt: skip
        return tuple(name for name in GUARDS if not _sound(name, found.get(name)))

    def strange_objects(self, connection: Connection) -> tuple[str, ...]:
        """What belongs to the table and is none of ours, or of another form: triggers, rules, indexes, columns,
        policies that hide rows, tables whose rows count as its own, and a view in its place."""
        rows = connection.exec_driver_sql(_STRANGE)
        return tuple(f"{kind} {name}".rstrip() for kind, name in rows if (kind, name) not in _OURS)

    def contradictions(self, connection: Connection) -> tuple[str, ...]:
        """Indexes by which other records are found than lie in the table: one may be kept from taking some in."""
        there = _found(connection, "true", by_index=False)
        found = ((name, _found(connection, where, by_index=True)) for name, where in _BY_INDEX.items())
        return tuple(
            f"index {name} does not have the records of the table" for name, one in found if one != there
        )

    def keep_copy(self, revision: str) -> None:
        """None: the schema is changed in one transaction, and copies of a server are its owner's."""


def _found(connection: Connection, where: str, *, by_index: bool) -> tuple[int, str]:
    """How many records are found, and a sum of which; the plan is by an index or by none."""
    for way in ("seqscan", "indexscan", "indexonlyscan", "bitmapscan"):
        wanted = "off" if (way == "seqscan") is by_index else "on"
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = {wanted}")
    connection.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")
    query = f"SELECT count(*), coalesce(sum(hashtextextended(sha256, 0)), 0)::text FROM records WHERE {where}"
    count, total = connection.exec_driver_sql(query).one()
    return count, total


def postgres_url(url: str) -> URL:
    """The URL of a PostgreSQL database, with the driver that we use.

    Raises:
        LedgerError: it is not one.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    if parsed.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise LedgerError(
            "The address of the ledger is no URL of a PostgreSQL database.",
            remedy="It begins with postgresql://, such as postgresql://chamra@db.example.org/archive.",
        )
    return parsed.set(drivername="postgresql+psycopg")


def without_password(url: str) -> str:
    """The URL as it may be written down."""
    full = postgres_url(url)
    bare = URL.create(
        "postgresql", full.username, None, full.host, full.port, full.database, query=full.query
    )
    return bare.render_as_string(hide_password=False)


def make_postgres_guards(connection: Connection) -> None:
    """Create the triggers and their functions; they fire whatever the session's replication role is."""
    for name, body in _FUNCTIONS.items():
        text = body.replace("%", "%%")  # what stands for itself and for no parameter of the driver
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${text}$body$"
        )
    for name, rest in GUARDS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {rest}")
        connection.exec_driver_sql(f"ALTER TABLE records ENABLE ALWAYS TRIGGER {name}")


def _engine(url: URL, *, readonly: bool, timeout: float) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "application_name": "chamra", "client_encoding": "utf8"},
        )
    except ModuleNotFoundError as error:
        raise MissingProgram(
            "The driver for PostgreSQL is not installed.",
            remedy="Install it beside Chamra: `.venv/bin/python -m pip install 'psycopg[binary]>=3.2'`.",
        ) from error

    def begin(connection: Connection) -> None:
        if readonly:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        if connection.get_execution_options().get("writing", False):
            # The writer's lock is taken before the head is read, or two writers would follow one record.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(timeout * 1000))}")
            connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")

    event.listen(engine, "begin", begin)
    event.listen(engine, "do_connect", _Patience())
    return engine


class _Patience:
    """Waits for a server that was there and is being restarted; one that never was is an error at once."""

    def __init__(self) -> None:
        self._was_there = False

    def __call__(
        self, dialect: Dialect, _record: object, arguments: list[Any], named: dict[str, Any]
    ) -> DBAPIConnection:
        end, wait = time.monotonic() + PATIENCE_SECONDS, 0.5
        while True:
            try:
                made = dialect.connect(*arguments, **named)
            except Exception as error:
                if not (self._was_there and _may_come_back(error)) or time.monotonic() + wait > end:
                    raise
                _logger.warning("the ledger's server does not answer; asked again in %.1f s", wait)
                time.sleep(wait)
                wait = min(2 * wait, 5.0)
            else:
                self._was_there = True
                return made


def _may_come_back(error: Exception) -> bool:
    """True for what is said while a server is stopped, started, or has no place for one more."""
    said = str(error)
    return type(error).__name__ == "OperationalError" and any(one in said for one in _AWAY)


def _sound(name: str, found: tuple[str, str, str] | None) -> bool:
    if found is None:
        return False
    enabled, source, text = found
    wanted = re.escape(f"CREATE TRIGGER {name} {GUARDS[name]}").replace(r"\ ON\ ", r"\ ON\ [^ ]*?")
    function = _FUNCTIONS[GUARDS[name].rpartition(" ")[2].removesuffix("()")]
    return enabled == "A" and source == function and re.fullmatch(wanted, text) is not None


def _in_our_words(error: BaseException | None, name: str) -> ChamraError:
    state = getattr(error, "sqlstate", None) or ""
    said = str(error).strip().partition("\n")[0]
    if state == "55P03":
        return LedgerError(
            f"The ledger {name} is locked by another process.",
            remedy="Wait for the other run to finish and try again.",
        )
    if state == "53100":
        return NoSpace(
            f"The disk of {name} is full.", remedy="Free some space and run the same command again."
        )
    if state.startswith("28") or state in ("42501", "25006"):
        return NoSpace(
            f"No permission to use {name}: {said}.",
            remedy="Give this account the right, or name another one.",
        )
    if not state or state.startswith(("08", "57", "3D")):
        return LedgerError(
            f"The ledger {name} cannot be reached: {said}.",
            remedy="Check the address, the server and the password (PGPASSWORD or ~/.pgpass).",
            transient=True,
        )
    return LedgerError(f"The ledger {name} refuses: {said}.", remedy="Run `chamra audit` on the workspace.")
