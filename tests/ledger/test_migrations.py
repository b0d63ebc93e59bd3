"""A ledger of an older revision becomes one of the newest, with a copy kept; a newer one is refused."""

import shutil
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from ledger.ledger import Ledger
from ledger.migrations import upgrade as upgrading
from ledger.postgres import postgres_url as parsed_url
from ledger.table import METADATA, REVISIONS
from ledger.upgrade import upgrade_ledger
from model.errors import Exit, LedgerError, OlderFormat
from tests.ledger import raw
from tests.ledger.databases import execute, tamper
from tests.workspace.samples import Ticking


def records(place):
    ledger = Ledger(place, readonly=True)
    found = list(ledger.rows())
    assert list(ledger.verify()) == []
    assert ledger.missing_guards() == ()
    ledger.close()
    return found


@pytest.fixture
def old(place):
    """A ledger as the first revision made it, with records."""
    ledger = Ledger(place, create_for="workspace-1", clock=Ticking())
    raw.append_many(ledger, (("decision", {"n": n}) for n in range(5)))
    ledger.close()
    execute(place, "DROP INDEX records_by_sha256", "DROP TABLE alembic_version")
    return place


def engine_of(place):
    return create_engine(f"sqlite:///{place}" if not isinstance(place, str) else parsed_url(place))


def differences(place):
    """What a ledger's schema lacks or has too much, as Alembic sees it."""
    engine = engine_of(place)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    return found


def test_an_old_ledger_is_written_only_after_it_was_upgraded(old):
    before = records(old)
    with pytest.raises(OlderFormat, match="chamra upgrade"):
        Ledger(old)
    assert upgrade_ledger(old, dry_run=True).found == REVISIONS[0]
    with pytest.raises(OlderFormat):
        Ledger(old)
    done = upgrade_ledger(old)
    assert (done.found, done.newest, done.needed) == (REVISIONS[0], REVISIONS[-1], True)
    assert not upgrade_ledger(old).needed
    ledger = Ledger(old)
    assert raw.append(ledger, "decision", {"n": 5}).seq == 7
    ledger.close()
    assert records(old)[:6] == before
    assert differences(old) == []


def test_a_new_ledger_has_the_schema_that_the_migrations_lead_to(place):
    Ledger(place, create_for="workspace-1").close()
    assert differences(place) == []


def test_the_migrations_alone_make_a_whole_ledger(place):
    engine = engine_of(place)
    with engine.connect() as connection, connection.begin():
        upgrading.upgrade(connection)
    engine.dispose()
    assert differences(place) == []
    execute(place, "DELETE FROM alembic_version WHERE version_num <> '0002'")
    with pytest.raises(LedgerError, match="record 1 is missing"):
        Ledger(place)


def test_an_old_ledger_can_be_read_without_touching_it(old):
    records(old)
    engine = engine_of(old)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() is None
    engine.dispose()


def test_a_ledger_of_a_newer_program_is_refused(place):
    Ledger(place, create_for="workspace-1").close()
    execute(place, "UPDATE alembic_version SET version_num = '9999'")
    for readonly in (False, True):
        with pytest.raises(LedgerError, match="schema 9999; this program knows the schemas up to") as caught:
            Ledger(place, readonly=readonly)
        with pytest.raises(LedgerError, match="schema 9999"):
            upgrade_ledger(place, dry_run=readonly)
        assert caught.value.exit_status == Exit.WORKSPACE


def test_the_revisions_that_are_known_are_those_of_the_migrations():
    folder = str(upgrading.__file__).rpartition("/")[0]
    scripts = ScriptDirectory(folder).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == REVISIONS


@pytest.fixture
def old_file(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Ledger(path, create_for="workspace-1", clock=Ticking()).close()
    execute(path, "DROP INDEX records_by_sha256", "DROP TABLE alembic_version")
    return path


def test_a_copy_of_the_file_is_kept_before_it_is_upgraded(old_file):
    before = records(old_file)
    copy = old_file.with_name("ledger.sqlite.before-0002")
    assert upgrade_ledger(old_file).copy == copy
    assert records(copy) == before
    with sqlite3.connect(copy) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "records_by_sha256" not in names
    shutil.copy(copy, old_file)
    upgrade_ledger(old_file)
    Ledger(old_file).close()


def test_an_upgrade_that_fails_changes_nothing(old_file):
    ledger_rows = records(old_file)
    tamper(old_file, "UPDATE records SET sha256 = 'x'", 'INSERT INTO records SELECT 2, "when", kind, payload, '
           "previous, sha256, document, page FROM records WHERE seq = 1")  # fmt: skip
    with pytest.raises(LedgerError):
        upgrade_ledger(old_file)
    with sqlite3.connect(old_file) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "alembic_version" not in names
    assert len(ledger_rows) == 1
