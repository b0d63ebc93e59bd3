"""Taking a decision back, and deciding only what one has seen."""

import pytest

from ledger.history import read_history
from model.decision import Verdict
from model.errors import Outdated
from model.state import Outcome, Stage
from review.decide import DecisionRequest, accept, accept_remaining, decide, edit, reject
from review.publish import publish
from review.published import published_pages
from review.sign import sign
from review.state import document_state, page_state
from tests.review.house import CHIANG_MAI, KATHU, MALEE, SATUN, SOMCHAI, YEAR


def outcome(house, finding, number=1):
    return page_state(house.ws, house.document, number).outcomes[finding.id]


def records(house, finding, number=1):
    return read_history(house.ws.ledger, house.document).pages[number].about(finding.id)


def ask(house, finding, verdict, who=SOMCHAI, *, expected=None, after=None):
    reference = f"1:{finding.id}"
    return decide(
        house.ws, house.document, [DecisionRequest(reference, verdict, after)], who,
        expected=None if expected is None else {reference: expected},
    )  # fmt: skip


def test_a_decision_that_is_taken_back_leaves_the_finding_open_and_stays_on_record(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    ask(house, KATHU, Verdict.WITHDRAW)
    assert outcome(house, KATHU) is Outcome.OPEN
    page = page_state(house.ws, house.document, 1)
    assert [one.verdict for one in page.decisions[KATHU.id]] == [Verdict.ACCEPT, Verdict.WITHDRAW]


def test_taking_back_what_was_not_decided_records_nothing(house):
    house.two_pages()
    assert ask(house, KATHU, Verdict.WITHDRAW) == ()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    assert ask(house, KATHU, Verdict.WITHDRAW, MALEE) == ()
    ask(house, KATHU, Verdict.WITHDRAW)
    assert ask(house, KATHU, Verdict.WITHDRAW) == ()
    assert outcome(house, KATHU) is Outcome.OPEN


def test_after_taking_back_one_may_decide_the_same_again(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    ask(house, KATHU, Verdict.WITHDRAW)
    assert len(accept(house.ws, house.document, [KATHU.id], SOMCHAI)) == 1
    assert outcome(house, KATHU) is Outcome.ACCEPTED


def test_who_takes_back_is_no_second_person_and_no_other_opinion(house):
    house.two_pages()
    accept(house.ws, house.document, [SATUN.id], SOMCHAI)
    accept(house.ws, house.document, [SATUN.id], MALEE)
    assert outcome(house, SATUN) is Outcome.ACCEPTED
    ask(house, SATUN, Verdict.WITHDRAW, MALEE)
    assert outcome(house, SATUN) is Outcome.SECOND
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    reject(house.ws, house.document, [KATHU.id], MALEE)
    ask(house, KATHU, Verdict.WITHDRAW, MALEE)
    assert outcome(house, KATHU) is Outcome.ACCEPTED


def test_taking_a_decision_back_after_signing_needs_a_new_signature(house):
    house.two_pages()
    edit(house.ws, house.document, SATUN.id, "สตูล", MALEE)
    edit(house.ws, house.document, SATUN.id, "สตูล", SOMCHAI)
    accept_remaining(house.ws, house.document, SOMCHAI)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws)
    before = published_pages(house.ws, house.document)
    ask(house, YEAR, Verdict.WITHDRAW)
    assert page_state(house.ws, house.document, 1).stage is Stage.WAITING
    assert published_pages(house.ws, house.document) == before


def test_a_decision_about_what_another_has_decided_meanwhile_is_not_recorded(house):
    house.two_pages()
    expected = records(house, KATHU)
    reject(house.ws, house.document, [KATHU.id], MALEE)
    with pytest.raises(Outdated, match="since it was shown"):
        ask(house, KATHU, Verdict.ACCEPT, expected=expected)
    assert outcome(house, KATHU) is Outcome.REJECTED
    ask(house, KATHU, Verdict.ACCEPT, expected=records(house, KATHU))
    assert outcome(house, KATHU) is Outcome.CONFLICT


def test_ones_own_decision_in_another_window_is_not_overwritten_unseen(house):
    house.two_pages()
    expected = records(house, KATHU)
    ask(house, KATHU, Verdict.EDIT, after="กระทุ้", expected=expected)
    with pytest.raises(Outdated):
        ask(house, KATHU, Verdict.ACCEPT, expected=expected)
    assert outcome(house, KATHU) is Outcome.EDITED


def test_asking_again_after_a_lost_answer_records_nothing_more(house):
    house.two_pages()
    expected = records(house, KATHU)
    assert len(ask(house, KATHU, Verdict.ACCEPT, expected=expected)) == 1
    assert ask(house, KATHU, Verdict.ACCEPT, expected=expected) == ()
    assert len(records(house, KATHU)) == 1


def test_another_person_who_has_said_the_same_meanwhile_is_not_asking_again(house):
    house.two_pages()
    expected = records(house, KATHU)
    ask(house, KATHU, Verdict.ACCEPT, MALEE)
    with pytest.raises(Outdated):
        ask(house, KATHU, Verdict.ACCEPT, SOMCHAI, expected=expected)


def test_asking_again_after_another_window_has_taken_it_back_is_outdated(house):
    house.two_pages()
    expected = records(house, KATHU)
    ask(house, KATHU, Verdict.ACCEPT, expected=expected)
    ask(house, KATHU, Verdict.WITHDRAW)
    with pytest.raises(Outdated):
        ask(house, KATHU, Verdict.ACCEPT, expected=expected)


def test_records_that_never_were_are_not_what_was_seen(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id], SOMCHAI)
    with pytest.raises(Outdated):
        ask(house, KATHU, Verdict.ACCEPT, expected=[10_000])


def test_decisions_on_another_page_or_finding_are_no_reason_to_look_again(house):
    house.two_pages()
    expected = records(house, KATHU)
    reject(house.ws, house.document, [YEAR.id], MALEE)
    reject(house.ws, house.document, [CHIANG_MAI.id], MALEE)
    ask(house, KATHU, Verdict.ACCEPT, expected=expected)
    assert outcome(house, KATHU) is Outcome.ACCEPTED


def test_a_page_that_could_not_be_signed_when_it_was_shown_is_not_signed_as_shown(house):
    house.two_pages()
    version = house.ws.ledger.head().seq
    reject(house.ws, house.document, [CHIANG_MAI.id], MALEE)
    with pytest.raises(Outdated, match="Page 2"):
        sign(house.ws, house.document, SOMCHAI, pages=[2], expected_version=version)
    sign(house.ws, house.document, SOMCHAI, pages=[2])


def test_only_the_expected_version_is_signed(house):
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    reject(house.ws, house.document, [SATUN.id], SOMCHAI)
    version = house.ws.ledger.head().seq
    edit(house.ws, house.document, YEAR.id, "๒๕๖๖", SOMCHAI)
    with pytest.raises(Outdated, match="Page 1"):
        sign(house.ws, house.document, SOMCHAI, expected_version=version)
    sign(house.ws, house.document, SOMCHAI, pages=[2], expected_version=version)
    sign(house.ws, house.document, SOMCHAI, expected_version=house.ws.ledger.head().seq)
    assert [page.stage for page in document_state(house.ws, house.document).pages] == [Stage.SIGNED] * 2
