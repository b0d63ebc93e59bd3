"""Like cases are found everywhere, decided once, and each stands in the ledger by itself."""

from dataclasses import replace

import pytest

from model.decision import Verdict
from model.errors import Outdated
from model.state import Outcome
from review.alike import HOW, Alike, ProposedChange, change_on, decide_alike, least_sure
from review.decide import accept
from review.state import page_state
from tests.review.house import KATHU, MALEE, SATUN, SOMCHAI, YEAR
from tests.workspace import samples

TEXT = "อำเภอกระทู้ จังหวัดภูเก็ต อำเภอกระทู้"
CHANGE = ProposedChange("GAZ001", "กระทู้", "กะทู้")
FIRST_ONE = samples.proposal(TEXT, "กระทู้", "กะทู้")


def second_one():
    start = TEXT.rindex("กระทู้")
    span = replace(FIRST_ONE.edit.span, start=start, end=start + len("กระทู้"))
    return replace(FIRST_ONE, id="e" * 16, edit=replace(FIRST_ONE.edit, span=span))


@pytest.fixture
def two_documents(house):
    """The change stands once in the first document and twice in the second."""
    first = house.two_pages()
    second = house.source(1, name="รายงาน.pdf")
    house.read(1, TEXT, samples.findings(TEXT, FIRST_ONE, second_one()))
    return house, first, second


def where(cases):
    return [(one.document, one.page, one.finding) for one in cases]


def wanted(cases):
    found: dict[str, list[tuple[int, str, str]]] = {}
    for one in cases:
        found.setdefault(one.document, []).append((one.page, one.finding, one.version))
    return found


def test_the_same_change_is_found_in_one_document_and_in_all(two_documents):
    house, first, second = two_documents
    alike = Alike(house.ws)
    assert change_on(house.ws, first, 1, KATHU.id) == CHANGE
    assert where(alike.cases(CHANGE, "somchai", 9)[0]) == [
        (first, 1, KATHU.id), (second, 1, FIRST_ONE.id), (second, 1, "e" * 16),
    ]  # fmt: skip
    assert where(alike.cases(CHANGE, "somchai", 9, [first])[0]) == [(first, 1, KATHU.id)]
    assert len(alike.cases(CHANGE, "somchai", 2)[0]) == 2
    assert alike.cases(CHANGE, "somchai", 2)[1]


def test_what_is_decided_is_no_case_any_more_and_new_pages_are(two_documents):
    house, first, second = two_documents
    alike = Alike(house.ws)
    accept(house.ws, first, [KATHU.id], SOMCHAI)
    assert len(alike.cases(CHANGE, "somchai", 9)[0]) == 2
    third = house.source(1, name="บันทึก.pdf")
    house.read(1, TEXT, samples.findings(TEXT, FIRST_ONE))
    assert [one.document for one in alike.cases(CHANGE, "somchai", 9)[0]] == [second, second, third]


def test_flags_about_the_same_text_are_like_cases(two_documents):
    house, first, _ = two_documents
    change = change_on(house.ws, first, 1, YEAR.id)
    assert where(Alike(house.ws).cases(change, "somchai", 9)[0]) == [(first, 1, YEAR.id)]


def test_whoever_has_decided_a_fact_is_not_asked_again_and_the_second_person_is(two_documents):
    house, first, _ = two_documents
    accept(house.ws, first, [SATUN.id], SOMCHAI)
    change = change_on(house.ws, first, 1, SATUN.id)
    alike = Alike(house.ws)
    assert alike.cases(change, "somchai", 9)[0] == []
    assert where(alike.cases(change, "malee", 9)[0]) == [(first, 1, SATUN.id)]


def test_each_case_is_a_record_of_its_own(two_documents):
    house, first, second = two_documents
    cases, _ = Alike(house.ws).cases(CHANGE, "somchai", 9)
    decide_alike(house.ws, wanted(cases[:2]), Verdict.ACCEPT, SOMCHAI)
    records = list(house.ws.ledger.records(kind="decision"))
    assert [(r.payload["document"], r.payload["finding"], r.payload["how"]) for r in records] == [
        (first, KATHU.id, HOW), (second, FIRST_ONE.id, HOW),
    ]  # fmt: skip
    assert page_state(house.ws, second, 1).outcomes["e" * 16] is Outcome.OPEN


def test_asking_again_after_an_interruption_records_nothing_twice(two_documents):
    house, *_ = two_documents
    cases, _ = Alike(house.ws).cases(CHANGE, "somchai", 9)
    decide_alike(house.ws, wanted(cases[:1]), Verdict.ACCEPT, SOMCHAI)
    done = decide_alike(house.ws, wanted(cases), Verdict.ACCEPT, SOMCHAI)
    assert [len(one.made) for one in done] == [0, 2]
    assert len(list(house.ws.ledger.records(kind="decision"))) == 3


def test_a_document_that_somebody_changed_meanwhile_is_left_alone_as_a_whole(two_documents):
    house, first, second = two_documents
    cases, _ = Alike(house.ws).cases(CHANGE, "somchai", 9)
    accept(house.ws, second, [FIRST_ONE.id], MALEE)
    done = decide_alike(house.ws, wanted(cases), Verdict.REJECT, SOMCHAI)
    assert [(one.document, len(one.made), type(one.problem)) for one in done] == [
        (first, 1, type(None)), (second, 0, Outdated),
    ]  # fmt: skip
    assert page_state(house.ws, second, 1).outcomes["e" * 16] is Outcome.OPEN


def test_the_least_sure_letters_come_first(house):
    text = "ชชช"
    house.source(1)
    reading = samples.reading(text)
    page = replace(
        samples.page(text, document=house.document),
        readings=(replace(reading, confidences=(0.9, 0.2, None)),),
    )
    house.ws.record_page(page, "0" * 64)
    found = least_sure(house.ws, house.document, "ช", 9)
    assert [(one.span.start, one.confidence) for one in found] == [(1, 0.2), (0, 0.9), (2, None)]
    assert len(least_sure(house.ws, house.document, "ช", 1)) == 1
