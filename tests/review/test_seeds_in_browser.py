"""Letters changed on purpose, at the station: passed, mended, signed over. No text ever has them."""

import pytest
from playwright.sync_api import expect

from audit.audit import audit
from ledger.events.seeded import Seeded
from ledger.history import read_page_history
from model.seed import SeedOutcome
from review.publish import publish
from review.requirements import require
from review.seeded_page import shown_rows
from review.state import page_state_of
from review.who import at_the_terminal
from tests.review.house import SOMCHAI, document_text
from tests.review.test_seeds import LINES, TEXT
from tests.review.web_desk import Desk, needs_chromium, opens_signing
from tests.workspace import samples
from workspace.secret_file import NAME

pytestmark = [pytest.mark.browser, pytest.mark.server, needs_chromium]


@pytest.fixture
def house(web_house):
    """A page of six lines with nothing to decide about, in a collection that asks for many changed letters."""
    web_house.source(1, name="ประกาศ-๒.pdf")
    web_house.read(1, TEXT, samples.findings(TEXT))
    require(web_house.ws, "", SOMCHAI, seeds=500)
    (web_house.ws.path / NAME).write_bytes(b"s" * 32)
    return web_house


@pytest.fixture
def desk(browser, server, house):
    return Desk(browser, server, house)


def shown(house):
    past = read_page_history(house.ws.ledger, house.document, 1)
    state = page_state_of(house.ws.store, past)
    return shown_rows(house.ws, past, state, house.document, at_the_terminal("สมชาย").account)


def put_back(house):
    return [one.event.outcome for one in house.ws.ledger.events(Seeded)]


def text_of(desk, line):
    return desk.line(line).locator(".line")


def test_who_passes_a_changed_line_sees_it_as_it_is_and_has_not_seen_it_yet(desk, house):
    (line, (text, _)), *_ = shown(house).items()
    expect(text_of(desk, line)).to_have_text(text)
    desk.line(line).locator(".gutter").click()
    desk.passes()
    expect(text_of(desk, line)).to_have_text(LINES[line])
    assert put_back(house) == [SeedOutcome.MISSED]
    assert list(house.ws.ledger.records(kind="seen")) == []
    expect(desk.line(line)).not_to_contain_class("seen")


def test_who_signs_over_changed_letters_is_shown_the_page_as_it_is_and_signs_that(desk, house):
    many = len(shown(house))
    assert many > 1
    for _ in range(4):  # drawn lines are passed, letters put back, and the page is looked at again
        opens_signing(desk.page)
        desk.page.locator("#signing-yes").click()
        desk.page.wait_for_timeout(700)
        if desk.page.locator("#stage").inner_text() == "signed":
            break
        expect(desk.page.locator("#trouble")).to_contain_text("letters had been changed on purpose")
        desk.press("Escape")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    assert put_back(house) == [SeedOutcome.MISSED] * many
    publish(house.ws)
    assert document_text(house.ws, house.document) == TEXT
    assert audit(house.ws).holds
