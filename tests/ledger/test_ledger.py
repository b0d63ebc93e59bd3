import multiprocessing
import re
import sqlite3
import threading
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from ledger.chain import GENESIS, filed_under, record_sha256
from ledger.ledger import Ledger
from model.errors import LedgerError
from tests.ledger import raw
from tests.ledger.databases import execute, guards, swallow, tamper
from tests.workspace.samples import Ticking


@pytest.fixture
def ledger(place):
    made = Ledger(place, create_for="workspace-1", clock=Ticking())
    yield made
    made.close()


def fill(ledger, count=5):
    raw.append_many(
        ledger, (("decision", {"document": "d" * 64, "page": 1 + n % 2, "n": n}) for n in range(count))
    )


def test_a_record_carries_the_hash_of_the_one_before_it(ledger):
    first = ledger.head()
    assert (first.seq, first.kind, first.previous) == (1, "ledger", GENESIS)
    assert first.payload == {"schema": 1, "workspace": "workspace-1"}
    one = raw.append(ledger, "decision", {"document": "d" * 64, "page": 1, "after": "สตูล"})
    two = raw.append(ledger, "decision", {})
    assert one.previous == first.sha256
    assert two.previous == one.sha256
    assert ledger.head() == two
    assert list(ledger.verify()) == []


def test_what_was_appended_is_there_for_the_next_process(place, ledger):
    fill(ledger)
    records = list(ledger.records())
    ledger.close()
    again = Ledger(place)
    assert list(again.records()) == records
    assert again.workspace == "workspace-1"
    again.close()


def test_records_are_found_by_number_kind_document_and_page(ledger):
    fill(ledger, 4)
    raw.append(ledger, "signoff", {"document": "e" * 64, "page": 2})
    assert [one.seq for one in ledger.records(after=3)] == [4, 5, 6]
    assert [one.seq for one in ledger.records(upto=2)] == [1, 2]
    assert [one.seq for one in ledger.records(kind=("ledger", "signoff"))] == [1, 6]
    assert [one.seq for one in ledger.records(document="d" * 64, page=2)] == [3, 5]
    newest = raw.newest(ledger, "decision", document="d" * 64, page=2)
    assert newest is not None
    assert newest.seq == 5
    assert raw.newest(ledger, "decision", document="e" * 64) is None


def test_more_records_than_one_portion_come_in_order(ledger):
    fill(ledger, 2500)
    assert [one.seq for one in ledger.records()] == list(range(1, 2502))
    assert list(ledger.verify()) == []


def test_a_batch_stands_whole_or_not_at_all(ledger):
    def fail_in_the_middle():
        with ledger.writing() as batch:
            batch.append_record("decision", {"n": 1})
            batch.flush()
            batch.append_record("decision", {"n": 0.5})

    with pytest.raises(TypeError):
        fail_in_the_middle()
    assert ledger.head().seq == 1


def test_a_batch_knows_the_hash_that_its_own_records_lead_to(ledger):
    with ledger.writing() as batch:
        batch.append_record("decision", {"n": 1})
        head, seq = batch.head, batch.seq
    assert (ledger.head().sha256, ledger.head().seq) == (head, seq)


def test_a_number_with_a_fraction_is_refused_because_languages_write_it_differently(ledger):
    with pytest.raises(TypeError, match=re.escape("0.5")):
        raw.append(ledger, "decision", {"evidence": [{"score": 0.5}]})
    assert ledger.head().seq == 1


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE records SET kind = 'x' WHERE seq = 1", "no UPDATE"),
        ("DELETE FROM records WHERE seq = 3", "no DELETE"),
        (
            "INSERT INTO records SELECT 9, \"when\", kind, payload, sha256, 'x', '', 0 FROM records WHERE seq = 4",
            "a record follows the newest one",
        ),
        (
            "INSERT INTO records SELECT 5, \"when\", kind, payload, previous, 'x', '', 0 FROM records "
            "WHERE seq = 3",
            "a record follows the newest one",
        ),
    ],
)
def test_the_database_refuses_what_is_not_appending(ledger, place, statement, why):
    fill(ledger, 3)
    with pytest.raises((sqlite3.IntegrityError, DBAPIError), match=why):
        execute(place, statement)
    assert list(ledger.verify()) == []
    assert ledger.missing_guards() == ()


def test_dropped_guards_are_named(ledger, place):
    tamper(place)
    assert set(ledger.missing_guards()) == guards(place)


def test_what_is_none_of_ours_and_may_swallow_or_hide_records_is_named(ledger, place):
    assert ledger.strange_objects() == ()
    swallow(place, "decision")
    assert ledger.strange_objects() == ("trigger quiet",)


def test_a_batch_that_the_database_swallows_is_no_batch(ledger, place):
    swallow(place, "decision")
    with pytest.raises(LedgerError, match="has not taken records 2 to 4 as they were written: nothing was"):
        raw.append_many(ledger, [("page", {}), ("page", {}), ("decision", {})])
    assert ledger.head().seq == 1
    assert raw.append(ledger, "page", {}).seq == 2


def test_a_payload_that_can_be_read_in_two_ways_is_a_fault(ledger, place):
    head = ledger.head()
    text = '{"who":"Malee","who":"Somchai"}'
    sha256 = record_sha256(2, head.when, "decision", text, head.sha256)
    values = f"2, '{head.when}', 'decision', '{text}', '{head.sha256}', '{sha256}', '', 0"
    execute(place, f"INSERT INTO records VALUES ({values})")
    (fault,) = ledger.verify()
    assert (fault.seq, "canonical form" in fault.reason) == (2, True)


def test_a_row_with_an_impossible_number_is_a_fault(ledger, place):
    fill(ledger, 2)
    tamper(
        place,
        "INSERT INTO records SELECT -1, \"when\", kind, payload, previous, 'x', document, page FROM records "
        "WHERE seq = 3",
    )
    assert {-1} <= {fault.seq for fault in ledger.verify()}


@pytest.mark.parametrize(
    ("statement", "seqs"),
    [
        ("UPDATE records SET payload = replace(payload, '\"n\":2', '\"n\":7') WHERE seq = 4", {4}),
        ("UPDATE records SET payload = payload || ' ' WHERE seq = 4", {4}),
        ("UPDATE records SET payload = 'no json' WHERE seq = 4", {4}),
        ("UPDATE records SET \"when\" = '2020-01-01T00:00:00.000000Z' WHERE seq = 4", {4}),
        ("UPDATE records SET kind = 'signoff' WHERE seq = 4", {4}),
        ("UPDATE records SET page = 9 WHERE seq = 4", {4}),
        ("UPDATE records SET document = '' WHERE seq = 4", {4}),
        ("UPDATE records SET sha256 = 'x' WHERE seq = 4", {4, 5}),
        ("DELETE FROM records WHERE seq = 4", {5}),
        ("DELETE FROM records WHERE seq = 1", {2}),
    ],
)
def test_a_changed_or_removed_record_is_found_and_named(ledger, place, statement, seqs):
    fill(ledger)
    tamper(place, statement)
    assert {fault.seq for fault in ledger.verify()} == seqs


def test_two_records_that_changed_places_are_found(ledger, place):
    fill(ledger)
    tamper(
        place,
        "UPDATE records SET seq = 99 WHERE seq = 3",
        "UPDATE records SET seq = 3 WHERE seq = 4",
        "UPDATE records SET seq = 4 WHERE seq = 99",
    )
    assert {3, 4} <= {fault.seq for fault in ledger.verify()}


def test_an_unreadable_record_is_named_when_somebody_needs_it(ledger, place):
    fill(ledger)
    tamper(place, "UPDATE records SET payload = '[1]' WHERE seq = 4")
    with pytest.raises(LedgerError, match="Record 4"):
        list(ledger.records())


def append_many(place, name, count):
    ledger = Ledger(place)
    for n in range(count):
        raw.append(ledger, "decision", {"from": name, "n": n})
    ledger.close()


@pytest.mark.slow
def test_two_processes_and_two_threads_keep_one_chain(ledger, place):
    context = multiprocessing.get_context("spawn")
    writers: list[Any] = []
    writers += [context.Process(target=append_many, args=(place, f"process {n}", 40)) for n in range(2)]
    writers += [threading.Thread(target=append_many, args=(place, f"thread {n}", 40)) for n in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(ledger.verify()) == []
    said = [(one.payload["from"], one.payload["n"]) for one in ledger.records(kind="decision")]
    assert len(said) == 160
    for name in ("process 0", "process 1", "thread 0", "thread 1"):
        assert [n for who, n in said if who == name] == list(range(40))


def open_ledger(place, results):
    ledger = Ledger(place, create_for=f"by {multiprocessing.current_process().name}")
    results.put(ledger.workspace)
    ledger.close()


@pytest.mark.slow
def test_processes_that_make_one_ledger_at_once_agree_on_it(place):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    makers = [context.Process(target=open_ledger, args=(place, results)) for _ in range(3)]
    for maker in makers:
        maker.start()
    names = {results.get(timeout=60) for _ in makers}
    for maker in makers:
        maker.join()
    assert len(names) == 1
    made = Ledger(place)
    assert made.head().seq == 1
    made.close()


@pytest.mark.parametrize("payload", ["{", "[]", "1", "null"])
def test_a_payload_that_is_no_object_is_said_to_be_damaged_and_is_empty_to_the_lenient(
    place, ledger, payload
):
    fill(ledger, 1)
    tamper(place, f"UPDATE records SET payload = '{payload}' WHERE seq = 2")
    with pytest.raises(LedgerError, match="Record 2 of the ledger cannot be understood"):
        ledger.head()
    assert ledger.head(lenient=True).payload == {}


def test_a_record_that_is_not_there_is_no_other_record(ledger):
    fill(ledger, 2)
    assert [ledger.at(seq).seq for seq in (1, 2, 3)] == [1, 2, 3]
    for seq in (0, 4):
        with pytest.raises(LedgerError, match="missing"):
            ledger.at(seq)


@pytest.mark.parametrize(
    ("payload", "where"),
    [
        ({}, ("", 0)),
        ({"document": "d", "page": 3}, ("d", 3)),
        ({"document": 3, "page": "d"}, ("", 0)),
        ({"document": None, "page": True}, ("", 0)),
    ],
)
def test_a_record_is_filed_under_the_document_and_page_that_it_names_as_such(ledger, payload, where):
    assert filed_under(payload) == where
    raw.append(ledger, "decision", payload)
    assert list(ledger.verify()) == []


def test_what_was_sent_to_the_database_is_not_sent_again_at_the_end_of_the_batch(ledger):
    with ledger.writing() as batch:
        batch.append_record("decision", {"n": 1})
        batch.flush()
        batch.append_record("decision", {"n": 2})
    assert [one.payload["n"] for one in ledger.records(kind="decision")] == [1, 2]
    assert list(ledger.verify()) == []


@pytest.mark.parametrize(
    "first",
    [
        """payload = '{"schema":1}'""",
        """payload = '{"workspace":"w"}'""",
        """payload = '{"schema":true,"workspace":"w"}'""",
        """kind = 'decision'""",
    ],
)
def test_a_first_record_that_does_not_open_a_ledger_is_damage(place, ledger, first):
    tamper(place, f"UPDATE records SET {first}")
    with pytest.raises(LedgerError, match="first record does not say what it is"):
        Ledger(place)


def test_a_newer_ledger_is_refused(place, ledger):
    tamper(place, """UPDATE records SET payload = '{"schema":2,"workspace":"w"}'""")
    with pytest.raises(LedgerError, match="version 2; this program knows version 1"):
        Ledger(place)
