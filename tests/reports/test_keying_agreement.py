"""Two people who typed the same numbers and names: how far they agree, and how many errors both have missed."""

import json
from pathlib import Path

import jsonschema
import pytest

from ledger.events.keyed import Keyed
from model.edit import Span
from reports.exports.scorecard import DEFAULT_UNREADABLE, scorecard_object
from reports.keying_agreement import KeyingAgreement, cohens_kappa, keying_agreement
from reports.status import status_object
from review.add import add_text
from review.own_text import Draft
from review.state import document_state
from tests.ledger import raw
from tests.review.house import MALEE, SOMCHAI
from tests.workspace import samples

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
TEXT = "๑๑ ๒๒ ๓๓ ๔๔"


def write(house, draft):
    add_text(house.ws, house.document, 1, lambda _: [draft], SOMCHAI, how="browser")


def test_kappa_is_that_of_the_textbook():
    """Two raters, 50 cases: 20 yes and 15 no alike, 5 and 10 apart; kappa 0.40."""
    values = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert cohens_kappa(values) == pytest.approx(0.4)
    assert cohens_kappa([("1", "1")] * 3) is None
    assert cohens_kappa([("1", "2"), ("2", "1")]) == -1


def test_two_captures_tell_how_many_there_are():
    """Chapman: 20 found by one, 15 by the other, 10 by both."""
    found = KeyingAgreement(100, 90, 0.9, first=20, second=15, both=10)
    assert found.found == 25
    likely, low, high = found.errors
    assert likely == pytest.approx(21 * 16 / 11 - 1)
    spread = (21 * 16 * 10 * 5 / (11**2 * 12)) ** 0.5
    assert low == 25
    assert high == pytest.approx(likely + 1.96 * spread)
    assert found.at_least == pytest.approx(25 + 15 * 14 / 22)


def test_who_both_found_everything_have_missed_nothing():
    found = KeyingAgreement(10, 10, 1.0, first=4, second=4, both=4)
    assert list(found.errors) == [4, 4, 4]
    assert found.at_least == 4


def test_a_document_has_its_figures_in_scorecard_and_status(house):
    house.source(1)
    house.read(1, TEXT, samples.findings(TEXT))
    state = document_state(house.ws, house.document)
    assert keying_agreement(state) is None
    assert scorecard_object(state, DEFAULT_UNREADABLE)["keying"] is None
    answers = {0: ("11", "11"), 3: ("23", "23"), 6: ("34", "33"), 9: ("", "44")}
    sha256 = samples.findings(TEXT).reading_sha256
    for start, typed in answers.items():
        for who, value in zip((SOMCHAI, MALEE), typed, strict=True):
            event = Keyed(house.document, 1, sha256, start, start + 2, value, who, "browser")
            raw.append(house.ws.ledger, "keyed", event.encode())
    for start, after in ((3, "๒๓"), (6, "๓๔")):
        draft = Draft(Span(start, start + 2), TEXT[start : start + 2], after, None)
        write(house, draft)
    state = document_state(house.ws, house.document)
    found = keying_agreement(state)
    assert found is not None
    assert (found.typed, found.agreed, found.first, found.second, found.both) == (4, 2, 2, 1, 1)
    card = scorecard_object(state, DEFAULT_UNREADABLE)
    assert card["keying"]["errors_found"] == 2
    jsonschema.validate(card, json.loads((SCHEMAS / "scorecard.json").read_text()))
    status = status_object([state])
    assert status["documents"][0]["keying"] == card["keying"]
    jsonschema.validate(status, json.loads((SCHEMAS / "status.json").read_text()))
