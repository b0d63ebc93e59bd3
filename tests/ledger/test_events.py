"""The catalogue of the ledger's events: written, read, described, and forgotten by no place that folds them."""

import json
from dataclasses import astuple, dataclass, fields

import pytest

from audit.document_audit import _DOCUMENT
from ledger import documentation
from ledger.catalogue import CATALOGUE, entry_as, entry_of
from ledger.chain import Record
from ledger.events.decided import Decided
from ledger.events.page_read import PageRead
from ledger.events.policy_stated import PolicyStated
from ledger.events.signed_off import SignedOff
from ledger.events.source_registered import SourceRegistered
from ledger.fold import Fold
from ledger.history import PAGE
from model.decision import Decision, Known, Subject, Verdict, Who
from model.errors import LedgerError
from pipeline.settled import PROGRESS

MALEE = Who("มาลี", "malee", claimed=False, known=Known.LOGIN)
DECIDED = Decided.of(Decision(Subject("d" * 64, 2, "f1"), Verdict.EDIT, "สตูล", MALEE, "browser", "", "เห็นชัด"))


def record(kind, payload, seq=7):
    return Record(seq, "2026-01-05T08:00:07.000000Z", kind, payload, "0" * 64, "1" * 64)


def test_an_event_comes_back_from_the_ledger_as_it_went_in():
    payload = json.loads(json.dumps(DECIDED.encode()))
    assert payload == {
        "document": "d" * 64, "page": 2, "finding": "f1", "verdict": "edit", "after": "สตูล",
        "who": {"name": "มาลี", "account": "malee", "claimed": False, "known": "login"},
        "how": "browser", "note": "เห็นชัด",
    }  # fmt: skip
    assert entry_of(record("decision", payload)).event == DECIDED


def test_how_a_person_is_known_is_left_out_where_they_merely_claim_to_be_somebody():
    claimed = PolicyStated("safe-1", "text", Who("มาลี", "malee", claimed=True))
    assert "known" not in claimed.encode()["who"]
    assert PolicyStated.decode(claimed.encode()) == claimed


@pytest.mark.parametrize(
    "change",
    [
        {"page": "2"},
        {"page": True},
        {"page": None},
        {"after": 3},
        {"verdict": "perhaps"},
        {"who": "มาลี"},
        {"who": {"name": "มาลี"}},
        {"who": {"name": "มาลี", "account": "malee", "claimed": 1}},
        {"more": "than there is"},
    ],
)
def test_a_payload_of_another_form_is_no_sound_event(change):
    with pytest.raises(LedgerError, match="Record 7 of the ledger is no sound decision"):
        entry_of(record("decision", {**DECIDED.encode(), **change}))


@pytest.mark.parametrize("name", [one.name for one in fields(Decided)])
def test_a_payload_that_lacks_something_is_no_sound_event(name):
    payload = {key: value for key, value in DECIDED.encode().items() if key != name}
    with pytest.raises(LedgerError, match="no sound decision"):
        entry_of(record("decision", payload))


def test_a_kind_or_version_that_is_not_known_asks_for_the_newer_program():
    with pytest.raises(LedgerError, match="of the kind 'hologram', which this program does not know") as kind:
        entry_of(record("hologram", {}))
    with pytest.raises(LedgerError, match="of version 2 of the kind 'decision'"):
        entry_of(record("decision", {**DECIDED.encode(), "version": 2}))
    assert "newer Chamra" in str(kind.value)


def test_a_record_of_another_kind_is_not_taken_for_the_one_that_was_expected():
    with pytest.raises(LedgerError, match="no sound signoff"):
        entry_as(record("decision", DECIDED.encode()), SignedOff)


def test_a_later_version_of_a_kind_says_so_and_reads_the_records_from_before(monkeypatch):
    @dataclass(frozen=True, slots=True)
    class Later(PageRead):
        VERSION = 2

        lamp: str | None = None

    monkeypatch.setattr("ledger.catalogue.CATALOGUE", {**CATALOGUE, "page": Later})
    before = PageRead("d" * 64, 1, "b" * 64, "", "made 1", "k")
    later = Later("d" * 64, 1, "b" * 64, "", "made 1", "k", "green")
    assert later.encode() == {**before.encode(), "lamp": "green", "version": 2}
    assert entry_of(record("page", later.encode())).event == later
    assert entry_of(record("page", before.encode())).event == Later(*astuple(before))
    assert Later.json_schema()["properties"]["version"] == {"enum": [2]}


def test_an_event_says_which_pages_it_may_have_changed():
    source = SourceRegistered("d" * 64, "a.pdf", "pdf", 9, 5, (1, 2, 5))
    assert (source.touches().document, source.touches().pages) == ("d" * 64, (1, 2, 5))
    assert (DECIDED.touches().document, DECIDED.touches().pages) == ("d" * 64, (2,))
    assert PolicyStated("safe-1", "text", MALEE).touches().pages == ()


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_place_that_folds_the_ledger_takes_a_stand_on_every_kind(kind):
    for fold in (PAGE, _DOCUMENT, PROGRESS):
        assert (CATALOGUE[kind] in fold.handlers) != (CATALOGUE[kind] in fold.ignored), fold.name


def test_a_fold_that_forgets_a_kind_cannot_be_made():
    rest = set(CATALOGUE.values()) - {Decided}
    with pytest.raises(TypeError, match=r"The fold 'a page' forgets \['Decided'\]"):
        Fold("a page", {}, ignored=rest)
    with pytest.raises(TypeError, match=r"both handles and ignores \['PageRead'\]"):
        Fold("a page", {Decided: print, PageRead: print}, ignored=rest)


def test_the_documented_kinds_are_those_of_the_catalogue():
    page = documentation.PAGE.read_text(encoding="utf-8")
    assert page == documentation.with_table(page), "run `make events`"
    schema = json.loads(documentation.SCHEMA.read_text(encoding="utf-8"))
    assert schema == documentation.schema(), "run `make events`"


def test_every_kind_has_a_class_of_its_own_and_says_what_it_is():
    assert len(set(CATALOGUE.values())) == len(CATALOGUE) >= 20
    assert all(bool(one.SAYS) and bool(one.__doc__) for one in CATALOGUE.values())
