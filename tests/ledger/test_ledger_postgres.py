"""What of the ledger is PostgreSQL's own."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from ledger.ledger import Ledger
from ledger.postgres import postgres_url as parsed_url
from model.errors import Exit, LedgerError, NoSpace
from tests.ledger import raw
from tests.ledger.databases import execute, guards

pytestmark = pytest.mark.server


@pytest.fixture
def ledger(postgres_url):
    made = Ledger(postgres_url, create_for="workspace-1")
    yield made
    made.close()


def test_truncating_is_refused(ledger, postgres_url):
    raw.append(ledger, "decision", {})
    with pytest.raises(DBAPIError, match="no TRUNCATE"):
        execute(postgres_url, "TRUNCATE records")
    assert ledger.head().seq == 2


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE records DISABLE TRIGGER {}",
        "ALTER TABLE records ENABLE REPLICA TRIGGER {}",
        "DROP TRIGGER {} ON records",
    ],
)
def test_a_guard_that_is_switched_off_is_named(ledger, postgres_url, statement):
    for name in sorted(guards(postgres_url)):
        execute(postgres_url, statement.format(name))
        assert name in ledger.missing_guards()


def test_a_guard_whose_function_lets_everything_pass_is_named(ledger, postgres_url):
    execute(
        postgres_url,
        "CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    )
    assert set(ledger.missing_guards()) == guards(postgres_url) - {"records_refuse_fork"}


def test_guards_fire_for_a_replication_role_too(ledger, postgres_url):
    with pytest.raises(DBAPIError, match="no DELETE"):
        execute(postgres_url, "SET LOCAL session_replication_role = replica", "DELETE FROM records")


def test_a_role_that_may_only_read_and_insert_can_keep_the_ledger(ledger, postgres_url):
    execute(
        postgres_url,
        "DROP ROLE IF EXISTS writer",
        "CREATE ROLE writer LOGIN",
        "DO $$BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO writer', current_schema()); END$$",
        "GRANT SELECT, INSERT ON records TO writer",
        "GRANT SELECT ON alembic_version TO writer",
    )
    url = postgres_url.replace("//postgres@", "//writer@")
    modest = Ledger(url)
    assert raw.append(modest, "decision", {"n": 1}).seq == 2
    modest.close()
    with pytest.raises(DBAPIError, match="must be owner"):
        execute(url, "ALTER TABLE records DISABLE TRIGGER ALL")
    execute(postgres_url, "DROP OWNED BY writer", "DROP ROLE writer")


def test_a_writer_that_waits_too_long_says_that_the_ledger_is_locked(ledger, postgres_url):
    hasty = Ledger(postgres_url, timeout=0.05)
    with ledger.writing() as batch:
        batch.append_record("decision", {"n": 1})
        with pytest.raises(LedgerError, match="locked"):
            raw.append(hasty, "decision", {"n": 2})
    assert raw.append(hasty, "decision", {"n": 3}).seq == 3
    hasty.close()


def test_a_reader_waits_for_nobody_and_cannot_write(ledger, postgres_url):
    reader = Ledger(postgres_url, readonly=True)
    with ledger.writing() as batch:
        batch.append_record("decision", {})
        assert reader.head().seq == 1
    assert reader.head().seq == 2
    with pytest.raises(NoSpace, match="read-only"):
        raw.append(reader, "decision", {})
    reader.close()


def test_a_connection_that_the_server_ended_is_made_anew(ledger, postgres_url):
    raw.append(ledger, "decision", {"n": 1})
    execute(
        postgres_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'chamra'",
    )
    assert raw.append(ledger, "decision", {"n": 2}).seq == 3


def test_a_database_without_a_ledger_is_named_and_nothing_is_made_in_silence(postgres_url):
    with pytest.raises(LedgerError, match="it has no records"):
        Ledger(postgres_url)
    engine = create_engine(parsed_url(postgres_url))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT to_regclass('records')").scalar() is None
    engine.dispose()


def test_a_server_that_is_not_there_is_a_workspace_problem_and_no_password_is_shown(tmp_path):
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        Ledger(f"postgresql://chamra:secret@/archive?host={tmp_path}")
    assert caught.value.exit_status == Exit.WORKSPACE
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "ledger.sqlite", "postgresql+asyncpg://x/y", "http://x"])
def test_what_is_no_postgresql_url_is_refused(url):
    with pytest.raises(LedgerError, match="no URL of a PostgreSQL database"):
        Ledger(url)


@pytest.mark.parametrize("name", ["records_by_kind", "records_by_page", "records_by_sha256", "records_pkey"])
def test_an_index_that_leaves_out_a_record_is_named(ledger, postgres_url, name):
    """Whoever asks for records by it would not get that one; the chain, which is read row by row, has it."""
    assert ledger.contradictions() == ()
    ready = "UPDATE pg_index SET indisready = {} WHERE indexrelid = '{}'::regclass"
    execute(postgres_url, ready.format("false", name))
    raw.append(ledger, "decision", {"n": 1})
    execute(postgres_url, ready.format("true", name))
    assert ledger.contradictions() == (f"index {name} does not have the records of the table",)
    assert ledger.strange_objects() == ()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("CREATE INDEX other ON records (page)", "index other"),
        ("ALTER TABLE records ADD COLUMN shown TEXT GENERATED ALWAYS AS (payload) STORED", "column shown s"),
        ("CREATE POLICY quiet ON records USING (seq <> 2)", "policy quiet"),
        ("CREATE TABLE more () INHERITS (records)", "table with records of its own more"),
    ],
)
def test_what_is_put_into_the_database_is_named(ledger, postgres_url, statement, named):
    assert ledger.strange_objects() == ()
    execute(postgres_url, statement)
    assert ledger.strange_objects() == (named,)
