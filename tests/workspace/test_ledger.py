import multiprocessing
import re
import sqlite3
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import LedgerError, NoSpace
from tests.workspace.samples import Ticking
from workspace.chain import GENESIS
from workspace.ledger import Ledger


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def ledger(path):
    made = Ledger(path, create_for="workspace-1", clock=Ticking())
    yield made
    made.close()


def fill(ledger, count=5):
    ledger.append_many(("decision", {"document": "d" * 64, "page": 1 + n % 2, "n": n}) for n in range(count))


def tamper(path, *statements):
    """Change the file as somebody who owns it can: without the guards."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(*statement) if isinstance(statement, tuple) else connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_record_carries_the_hash_of_the_one_before_it(ledger):
    first = ledger.head()
    assert (first.seq, first.kind, first.previous) == (1, "ledger", GENESIS)
    assert first.payload == {"schema": 1, "workspace": "workspace-1"}
    one = ledger.append("decision", {"document": "d" * 64, "page": 1, "after": "สตูล"})
    two = ledger.append("decision", {})
    assert one.previous == first.sha256
    assert two.previous == one.sha256
    assert ledger.head() == two
    assert list(ledger.verify()) == []


def test_what_was_appended_is_there_for_the_next_process(path, ledger):
    fill(ledger)
    records = list(ledger.records())
    ledger.close()
    again = Ledger(path)
    assert list(again.records()) == records
    assert again.workspace == "workspace-1"
    again.close()


def test_records_are_found_by_number_kind_document_and_page(ledger):
    fill(ledger, 4)
    ledger.append("signoff", {"document": "e" * 64, "page": 2})
    assert [one.seq for one in ledger.records(after=3)] == [4, 5, 6]
    assert [one.seq for one in ledger.records(upto=2)] == [1, 2]
    assert [one.seq for one in ledger.records(kind=("ledger", "signoff"))] == [1, 6]
    assert [one.seq for one in ledger.records(document="d" * 64, page=2)] == [3, 5]
    newest = ledger.newest("decision", document="d" * 64, page=2)
    assert newest is not None
    assert newest.seq == 5
    assert ledger.newest("decision", document="e" * 64) is None


def test_more_records_than_one_portion_come_in_order(ledger):
    fill(ledger, 2500)
    assert [one.seq for one in ledger.records()] == list(range(1, 2502))
    assert list(ledger.verify()) == []


def test_a_batch_stands_whole_or_not_at_all(ledger):
    def fail_in_the_middle():
        with ledger.writing() as batch:
            batch.append("decision", {"n": 1})
            batch.flush()
            batch.append("decision", {"n": 0.5})

    with pytest.raises(TypeError):
        fail_in_the_middle()
    assert ledger.head().seq == 1


def test_a_batch_knows_the_hash_that_its_own_records_lead_to(ledger):
    with ledger.writing() as batch:
        batch.append("decision", {"n": 1})
        head, seq = batch.head, batch.seq
    assert (ledger.head().sha256, ledger.head().seq) == (head, seq)


def test_a_number_with_a_fraction_is_refused_because_languages_write_it_differently(ledger):
    with pytest.raises(TypeError, match=re.escape("0.5")):
        ledger.append("decision", {"evidence": [{"score": 0.5}]})
    assert ledger.head().seq == 1


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE records SET kind = 'x' WHERE seq = 1", "no UPDATE"),
        ("DELETE FROM records WHERE seq = 3", "no DELETE"),
        ("REPLACE INTO records SELECT * FROM records WHERE seq = 2", "a record follows the newest one"),
        (
            "INSERT INTO records SELECT 9, \"when\", kind, payload, sha256, sha256, '', 0 FROM records",
            "a record follows the newest one",
        ),
        (
            "INSERT INTO records SELECT 5, \"when\", kind, payload, previous, sha256, '', 0 FROM records "
            "WHERE seq = 3",
            "a record follows the newest one",
        ),
    ],
)
def test_the_database_refuses_what_is_not_appending(ledger, path, statement, why):
    fill(ledger, 3)
    with pytest.raises(sqlite3.IntegrityError, match=why):
        sqlite3.connect(path).execute(statement)
    assert list(ledger.verify()) == []
    assert ledger.missing_guards() == ()


def test_dropped_guards_are_named(ledger, path):
    tamper(path)
    assert set(ledger.missing_guards()) == {
        "records_refuse_update", "records_refuse_delete", "records_refuse_fork",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "seqs"),
    [
        ("UPDATE records SET payload = replace(payload, '\"n\":2', '\"n\":7') WHERE seq = 4", {4}),
        ("UPDATE records SET payload = payload || ' ' WHERE seq = 4", {4}),
        ("UPDATE records SET payload = 'no json' WHERE seq = 4", {4}),
        ("UPDATE records SET payload = x'ff' WHERE seq = 4", {4}),
        ("UPDATE records SET \"when\" = '2020-01-01T00:00:00.000000Z' WHERE seq = 4", {4}),
        ("UPDATE records SET kind = 'signoff' WHERE seq = 4", {4}),
        ("UPDATE records SET page = 9 WHERE seq = 4", {4}),
        ("UPDATE records SET document = '' WHERE seq = 4", {4}),
        ("UPDATE records SET sha256 = 'x' WHERE seq = 4", {4, 5}),
        ("DELETE FROM records WHERE seq = 4", {5}),
        ("DELETE FROM records WHERE seq = 1", {2}),
    ],
)
def test_a_changed_or_removed_record_is_found_and_named(ledger, path, statement, seqs):
    fill(ledger)
    tamper(path, statement)
    assert {fault.seq for fault in ledger.verify()} == seqs


def test_two_records_that_changed_places_are_found(ledger, path):
    fill(ledger)
    tamper(
        path,
        "UPDATE records SET seq = 99 WHERE seq = 3",
        "UPDATE records SET seq = 3 WHERE seq = 4",
        "UPDATE records SET seq = 4 WHERE seq = 99",
    )
    assert {3, 4} <= {fault.seq for fault in ledger.verify()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    made = Ledger(path, create_for="workspace-1", clock=Ticking())
    made.append("decision", {"document": "d" * 64, "page": 1, "who": {"name": "สมชาย"}, "after": "สตูล\n"})
    tamper(path)
    yield path, made
    made.close()


@settings(max_examples=150, deadline=None)
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


def test_an_unreadable_record_is_named_when_somebody_needs_it(ledger, path):
    fill(ledger)
    tamper(path, "UPDATE records SET payload = '[1]' WHERE seq = 4")
    with pytest.raises(LedgerError, match="Record 4"):
        list(ledger.records())


def append_many(path, name, count):
    ledger = Ledger(path)
    for n in range(count):
        ledger.append("decision", {"from": name, "n": n})
    ledger.close()


def test_two_processes_and_two_threads_keep_one_chain(ledger, path):
    context = multiprocessing.get_context("spawn")
    writers: list[Any] = []
    writers += [context.Process(target=append_many, args=(path, f"process {n}", 40)) for n in range(2)]
    writers += [threading.Thread(target=append_many, args=(path, f"thread {n}", 40)) for n in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(ledger.verify()) == []
    said = [(one.payload["from"], one.payload["n"]) for one in ledger.records(kind="decision")]
    assert len(said) == 160
    for name in ("process 0", "process 1", "thread 0", "thread 1"):
        assert [n for who, n in said if who == name] == list(range(40))


def open_ledger(path, results):
    ledger = Ledger(path, create_for=f"by {multiprocessing.current_process().name}")
    results.put(ledger.workspace)
    ledger.close()


def test_processes_that_make_one_ledger_at_once_agree_on_it(path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    makers = [context.Process(target=open_ledger, args=(path, results)) for _ in range(3)]
    for maker in makers:
        maker.start()
    names = {results.get(timeout=60) for _ in makers}
    for maker in makers:
        maker.join()
    assert len(names) == 1
    made = Ledger(path)
    assert made.head().seq == 1
    made.close()


def test_a_writer_that_waits_too_long_says_that_the_ledger_is_locked(ledger, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hasty = Ledger(path, timeout=0.05)
    with pytest.raises(LedgerError, match="locked") as caught:
        hasty.append("decision", {})
    assert caught.value.remedy
    other.execute("ROLLBACK")
    assert hasty.append("decision", {}).seq == 2
    hasty.close()


def test_a_newer_ledger_is_refused(path, ledger):
    tamper(path, """UPDATE records SET payload = '{"schema":2,"workspace":"w"}'""")
    with pytest.raises(LedgerError, match="version 2; this program knows version 1"):
        Ledger(path)


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
