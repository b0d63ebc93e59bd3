"""Lines that a person looks at before signing."""

from dataclasses import replace

import pytest

from model.decision import Verdict
from model.edit import Safety
from model.errors import GateError, Outdated
from review.decide import DecisionRequest, accept_remaining, decide
from review.own_text import row_text
from review.samples import OF_EACH, sampled
from review.seen import PassedLine, record_seen
from review.shown_tag import tag_for
from review.sign import sign
from review.state import page_state
from tests.review.house import MALEE, SOMCHAI
from tests.workspace import samples

LINES = "\n".join(["ตําบลกะรน", "", *(f"บรรทัดที่ {number}" for number in range(8)), "อำเภอกระทู้"])


@pytest.fixture
def page(house):
    """One line that the policy changes, one that a person has decided, eight untouched, one empty."""
    safe = samples.proposal(LINES, "ํา", "ำ", safety=Safety.SAFE, rule="ENC001")
    house.source(1)
    house.read(1, LINES, samples.findings(LINES, safe, samples.proposal(LINES, "กระทู้", "กะทู้")))
    return house


def drawn(house):
    return sampled(page_state(house.ws, house.document, 1))


def test_nothing_is_drawn_while_something_is_open(page):
    assert drawn(page) == ()


def test_changes_of_the_policy_and_untouched_lines_are_drawn_each(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    found = drawn(page)
    assert [one.line for one in found if one.automatic] == [0]
    untouched = [one.line for one in found if not one.automatic]
    assert len(untouched) == OF_EACH
    assert set(untouched) <= set(range(2, 10))
    assert drawn(page) == found


def passes(page, *drawn_lines, who=SOMCHAI):
    tag = tag_for(page.ws, page.document, 1, who.account)
    places = [(one.row.span.start, row_text(one.row)) for one in drawn_lines]
    lines = [PassedLine(start, text, 900, tag(start, text)) for start, text in places]
    record_seen(page.ws, page.document, 1, lines, who, how="browser")


def test_that_somebody_looked_is_on_record_with_the_text(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    lines = [one.line for one in drawn(page)]
    with pytest.raises(GateError, match="were not passed"):
        sign(page.ws, page.document, SOMCHAI, looked={1: lines}, how="browser")
    assert not list(page.ws.ledger.records(kind=("looked", "signoff")))
    passes(page, *drawn(page), who=MALEE)
    with pytest.raises(GateError, match=f"{len(lines)} were not passed"):
        sign(page.ws, page.document, SOMCHAI, looked={1: lines}, how="browser")
    passes(page, *drawn(page))
    signed = sign(page.ws, page.document, SOMCHAI, looked={1: lines}, how="browser")
    (record,) = page.ws.ledger.records(kind="looked")
    assert (record.payload["lines"], record.payload["who"]["account"]) == (lines, "somchai")
    assert (record.payload["how"], record.payload["text_sha256"]) == (
        "browser",
        signed.signoffs[0].text_sha256,
    )
    sign(page.ws, page.document, SOMCHAI, looked={1: []}, how="browser")
    assert len(list(page.ws.ledger.records(kind="looked"))) == 1, "a signature that stands asks for no look"


def test_other_lines_than_the_drawn_ones_do_not_count(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    head = page.ws.ledger.head()
    with pytest.raises(Outdated):
        sign(page.ws, page.document, SOMCHAI, looked={1: [1]}, how="browser")
    assert page.ws.ledger.head() == head


def test_no_wording_and_no_note_steers_which_lines_are_drawn(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    before = drawn(page)
    (kathu,) = [one for one in page_state(page.ws, page.document, 1).all_findings if one.rule == "GAZ001"]
    for word in ("กะทุ้", "กระทุ่", "กะธู้"):
        decide(page.ws, page.document, [DecisionRequest(kathu.id, Verdict.EDIT, word, note=word)], SOMCHAI)
        assert [one.line for one in drawn(page)] == [one.line for one in before]


def test_another_page_has_other_lines_drawn(page):
    accept_remaining(page.ws, page.document, SOMCHAI)
    state = page_state(page.ws, page.document, 1)
    chosen = {tuple(one.line for one in sampled(replace(state, drawn_by=f"{n:064x}"))) for n in range(20)}
    assert len(chosen) > 10
