"""A rejection holds for the same words of the same document, after any new reading, until it is taken back."""

from model.decision import AS_BEFORE, Verdict
from model.state import Outcome
from review.decide import DecisionRequest, accept, decide, reject
from review.rejected_before import reject_as_before
from review.state import page_state
from tests.review.house import FIRST, KATHU, MALEE, ON_FIRST, SARA_AM, SATUN, SOMCHAI, YEAR
from tests.workspace import samples

READ_AGAIN = FIRST.replace("๒๕๕๕", "๒๕๖๒")
KATHU_AGAIN = samples.proposal(READ_AGAIN, "กระทู้", "กะทู้")
ON_FIRST_AGAIN = samples.findings(
    READ_AGAIN,
    samples.proposal(READ_AGAIN, "ํา", "ำ", safety=SARA_AM.safety, rule="ENC001"),
    KATHU_AGAIN,
    samples.proposal(READ_AGAIN, "ภูเก็ต", "สตูล", people=2, rule="GAZ101"),
)


def outcome(house, number, finding):
    return page_state(house.ws, house.document, number).outcomes[finding.id]


def test_after_a_new_reading_the_same_change_in_the_same_words_is_rejected_again(house):
    house.two_pages()
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.read(1, READ_AGAIN, ON_FIRST_AGAIN, run=2)
    assert outcome(house, 1, KATHU_AGAIN) is Outcome.OPEN
    (made,) = reject_as_before(house.ws.ledger, house.ws.store, house.document)
    assert (made.verdict, made.how, made.who) == (Verdict.REJECT, AS_BEFORE, SOMCHAI)
    assert made.note.startswith("the same words were rejected on page 1, record ")
    assert outcome(house, 1, KATHU_AGAIN) is Outcome.REJECTED
    assert reject_as_before(house.ws.ledger, house.ws.store, house.document) == ()


def test_the_same_words_on_another_page_are_meant_too_and_others_are_not(house):
    house.source(3)
    house.read(1, FIRST, ON_FIRST)
    other = "โรงเรียนบ้านกระทู้ใหญ่"
    elsewhere = samples.proposal(other, "กระทู้", "กะทู้")
    house.read(2, READ_AGAIN, ON_FIRST_AGAIN)
    house.read(3, other, samples.findings(other, elsewhere))
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    reject_as_before(house.ws.ledger, house.ws.store, house.document)
    assert outcome(house, 2, KATHU_AGAIN) is Outcome.REJECTED
    assert outcome(house, 3, elsewhere) is Outcome.OPEN


def test_another_document_is_asked_about(house):
    house.two_pages()
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.source(1, name="อื่น.pdf")
    house.read(1, READ_AGAIN, ON_FIRST_AGAIN)
    assert reject_as_before(house.ws.ledger, house.ws.store, house.document) == ()


def test_what_was_accepted_elsewhere_or_taken_back_is_asked_about(house):
    house.source(2)
    house.read(1, FIRST, ON_FIRST)
    house.read(2, READ_AGAIN, ON_FIRST_AGAIN)
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    accept(house.ws, house.document, [KATHU_AGAIN.id], MALEE)
    again = READ_AGAIN.replace("๒๕๖๒", "๒๕๖๓")
    third = samples.proposal(again, "กระทู้", "กะทู้")
    house.read(2, again, samples.findings(again, third), run=2)
    assert reject_as_before(house.ws.ledger, house.ws.store, house.document) == ()
    assert outcome(house, 2, third) is Outcome.OPEN


def test_a_rejection_as_before_can_be_taken_back_and_stays_so(house):
    house.two_pages()
    reject(house.ws, house.document, [KATHU.id], SOMCHAI)
    house.read(1, READ_AGAIN, ON_FIRST_AGAIN, run=2)
    reject_as_before(house.ws.ledger, house.ws.store, house.document)
    decide(house.ws, house.document, [DecisionRequest(KATHU_AGAIN.id, Verdict.WITHDRAW)], SOMCHAI)
    assert outcome(house, 1, KATHU_AGAIN) is Outcome.OPEN
    assert reject_as_before(house.ws.ledger, house.ws.store, house.document) == ()
    accept(house.ws, house.document, [KATHU_AGAIN.id], SOMCHAI)
    assert outcome(house, 1, KATHU_AGAIN) is Outcome.ACCEPTED


def test_nothing_is_recorded_where_nothing_was_rejected(house):
    house.two_pages()
    accept(house.ws, house.document, [KATHU.id, YEAR.id], SOMCHAI)
    accept(house.ws, house.document, [SATUN.id], SOMCHAI)
    head = house.ws.ledger.head()
    assert reject_as_before(house.ws.ledger, house.ws.store, house.document) == ()
    assert house.ws.ledger.head() == head
