"""From letters that were changed on purpose: how many wrong ones a reviewer passes over, and how many are left."""

import io
import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from ledger.events.seeded import Seeded
from model.edit import Span
from model.seed import Seed, SeedOutcome, SeedPutBack
from reports.exports.scorecard import DEFAULT_UNREADABLE, scorecard_object
from reports.intervals import clopper_pearson
from reports.reading_trust import reader_trust, trust_object
from reports.status import show_status, status_object
from review.add import add_text
from review.own_text import Draft
from review.state import document_state
from review.status_list import show_status_list, standing, status_list_object
from tests.ledger import raw
from tests.review.house import FIRST, KATHU, MALEE, SATUN, YEAR
from tests.workspace import samples

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
LETTER = Seed(0, "ก", "ถ")


def put_back(caught, missed, void=0, account="malee"):
    outcomes = [SeedOutcome.CAUGHT] * caught + [SeedOutcome.MISSED] * missed + [SeedOutcome.VOID] * void
    return [SeedPutBack(LETTER, one, "มาลี", account) for one in outcomes]


def test_the_miss_rate_is_of_those_that_were_judged_and_its_interval_is_exact():
    (one,) = reader_trust(put_back(15, 5, void=7))
    assert (one.caught, one.missed, one.rate) == (15, 5, 0.25)
    assert one.interval == clopper_pearson(5, 20, 0.95)
    assert one.interval == pytest.approx((0.0866, 0.4910), abs=1e-4)


def test_who_found_so_many_at_that_rate_has_left_so_many():
    (one,) = reader_trust(put_back(15, 5), Counter(malee=30))
    likely, least, most = one.rest
    assert likely == pytest.approx(10)
    assert least == pytest.approx(30 * 0.0866 / 0.9134, abs=0.01)
    assert most == pytest.approx(30 * 0.4910 / 0.5090, abs=0.05)


def test_who_caught_none_leaves_nobody_knows_how_many():
    (one,) = reader_trust(put_back(0, 3), Counter(malee=2))
    assert one.rest[0] is None
    assert one.rest[2] is None
    assert trust_object(one)["left"]["high"] is None


def test_each_reviewer_stands_alone_and_who_was_shown_none_does_not_stand_there():
    found = reader_trust(
        [*put_back(1, 0), *put_back(0, 1, account="b"), *put_back(0, 0, void=1, account="c")]
    )
    assert [(one.account, one.rate) for one in found] == [("b", 1.0), ("malee", 0.0)]


def write(house, draft):
    add_text(house.ws, house.document, 1, lambda _: [draft], MALEE, how="browser")


@pytest.fixture
def page(house):
    """A page on which มาลี missed one of two letters and found two wrong ones, one of them at a flag."""
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST, KATHU, SATUN, YEAR))
    for start, outcome in ((0, SeedOutcome.CAUGHT), (3, SeedOutcome.MISSED)):
        sha256 = samples.findings(FIRST).reading_sha256
        event = Seeded(house.document, 1, sha256, start, FIRST[start], "ฬ", outcome, MALEE, "browser")
        raw.append(house.ws.ledger, "seed", event.encode())
    for before, after in (("เทศบาล", "เทศบาน"), ("๒๕๕๕", "๒๕๕๖")):
        at = FIRST.index(before)
        draft = Draft(Span(at, at + len(before)), before, after, None)
        write(house, draft)
    return house


def test_the_scorecard_and_the_status_of_a_document_have_it(page):
    state = document_state(page.ws, page.document)
    card = scorecard_object(state, DEFAULT_UNREADABLE)
    (one,) = card["reviewers"]
    assert (one["account"], one["caught"], one["missed"], one["found"]) == ("malee", 1, 1, 1)
    assert one["left"]["likely"] == 1.0
    jsonschema.validate(card, json.loads((SCHEMAS / "scorecard.json").read_text()))
    status = status_object([state])
    assert status["documents"][0]["reviewers"] == [one]
    jsonschema.validate(status, json.loads((SCHEMAS / "status.json").read_text()))


def test_the_status_of_a_workspace_has_each_reviewers_miss_rate(page):
    found = standing(page.ws)
    listed = status_list_object(found)
    (one,) = listed["reviewers"]
    assert (one["account"], one["caught"], one["missed"]) == ("malee", 1, 1)
    jsonschema.validate(listed, json.loads((SCHEMAS / "status-list.json").read_text()))
    console = Console(width=160, record=True, file=io.StringIO())
    show_status_list(found, console)
    assert "มาลี (malee) missed 1 of 2 letters changed on purpose: 50%" in console.export_text()


def test_the_terminal_shows_it_and_nothing_where_nobody_was_measured(page):
    console = Console(width=120, record=True, file=io.StringIO())
    show_status(document_state(page.ws, page.document), console)
    said = console.export_text()
    assert "Letters changed on purpose" in said
    assert "มาลี (malee)" in said
    assert "50% (1%–99%)" in said
    page.source(1, "other.pdf")
    page.read(1, FIRST, samples.findings(FIRST))
    quiet = Console(width=120, record=True, file=io.StringIO())
    show_status(document_state(page.ws, page.document), quiet)
    assert "on purpose" not in quiet.export_text()
