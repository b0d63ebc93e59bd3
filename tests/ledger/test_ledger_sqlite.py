"""What of the ledger is SQLite's own."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.ledger import Ledger
from model.errors import LedgerError, NoSpace
from tests.ledger import raw
from tests.ledger.databases import tamper
from tests.workspace.samples import Ticking


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path):
    made = Ledger(path, create_for="workspace-1", clock=Ticking())
    yield made
    made.close()


def fill(ledger, count=5):
    raw.append_many(
        ledger, (("decision", {"document": "d" * 64, "page": 1 + n % 2, "n": n}) for n in range(count))
    )


def test_replacing_a_record_is_refused_although_it_fires_no_trigger_on_delete(ledger, path):
    fill(ledger, 3)
    with pytest.raises(sqlite3.IntegrityError, match="a record follows the newest one"):
        sqlite3.connect(path).execute("REPLACE INTO records SELECT * FROM records WHERE seq = 2")
    assert list(ledger.verify()) == []


def test_a_record_that_is_no_text_is_found_and_named(ledger, path):
    fill(ledger)
    tamper(path, "UPDATE records SET payload = x'ff' WHERE seq = 4")
    assert {fault.seq for fault in ledger.verify()} == {4}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    made = Ledger(path, create_for="workspace-1", clock=Ticking())
    raw.append(
        made, "decision", {"document": "d" * 64, "page": 1, "who": {"name": "สมชาย"}, "after": "สตูล\n"}
    )
    tamper(path)
    yield path, made
    made.close()


@settings(max_examples=150)
@given(st.data())
def test_any_flipped_byte_of_any_record_is_found(filled, data):
    path, ledger = filled
    column = data.draw(st.sampled_from(["payload", '"when"', "kind", "previous", "sha256", "document"]))
    connection = sqlite3.connect(path)
    (content,) = connection.execute(f"SELECT CAST({column} AS BLOB) FROM records WHERE seq = 2").fetchone()
    at = data.draw(st.integers(0, len(content) - 1))
    flipped = bytearray(content)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        connection.execute(f"UPDATE records SET {column} = CAST(? AS TEXT) WHERE seq = 2", (bytes(flipped),))
        connection.commit()
        assert 2 in {fault.seq for fault in ledger.verify()}
    finally:
        connection.execute(f"UPDATE records SET {column} = CAST(? AS TEXT) WHERE seq = 2", (content,))
        connection.commit()
        connection.close()
    assert list(ledger.verify()) == []


def test_a_writer_that_waits_too_long_says_that_the_ledger_is_locked(ledger, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hasty = Ledger(path, timeout=0.05)
    with pytest.raises(LedgerError, match="locked") as caught:
        raw.append(hasty, "decision", {})
    assert caught.value.remedy
    other.execute("ROLLBACK")
    assert raw.append(hasty, "decision", {}).seq == 2
    hasty.close()


def test_a_missing_ledger_is_not_made_in_silence(path):
    with pytest.raises(LedgerError, match="missing"):
        Ledger(path)
    assert not path.exists()


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 5000, 12288])
def test_a_truncated_ledger_is_named_with_a_remedy(path, ledger, size):
    fill(ledger, 200)
    ledger.close()
    content = path.read_bytes()
    assert size < len(content)
    path.write_bytes(content[:size])
    with pytest.raises(LedgerError) as caught:
        list(Ledger(path).verify())
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_what_is_no_database_is_named(path):
    path.write_bytes("ไม่ใช่ฐานข้อมูล".encode() * 100)
    with pytest.raises(LedgerError, match="damaged"):
        Ledger(path)


def test_a_folder_that_may_not_be_used_is_a_matter_of_permission(tmp_path):
    with pytest.raises(NoSpace, match="permission"):
        Ledger(tmp_path, create_for="w")


def test_an_index_that_leaves_out_a_record_is_named(ledger, path):
    """Whoever asks for a document's records would not get it; the chain, which is read row by row, has it."""
    assert ledger.contradictions() == ()
    with closing(sqlite3.connect(path)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'records_by_kind'").fetchone()
        connection.execute("DROP INDEX records_by_kind")
        connection.execute(f"{sql} WHERE seq <> 1")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'records_by_kind'", (sql,))
        connection.commit()
    opened = Ledger(path, readonly=True)
    assert any("missing from index records_by_kind" in one for one in opened.contradictions())
    assert opened.strange_objects() == ()
    opened.close()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("CREATE TABLE kept AS SELECT * FROM records", "table kept"),
        ("CREATE INDEX other ON records (page)", "index other"),
        ("ALTER TABLE records ADD COLUMN shown TEXT AS (payload)", "table records of another form"),
    ],
)
def test_what_is_put_into_the_database_is_named(ledger, path, statement, named):
    assert ledger.strange_objects() == ()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    opened = Ledger(path, readonly=True)
    assert opened.strange_objects() == (named,)
    opened.close()
