"""Two people type numbers and names in a browser, and the page can be signed."""

import pytest
from playwright.sync_api import expect

from ledger.events.keyed import Keyed
from model.state import Stage
from review.keying import key
from review.requirements import require
from review.state import page_state
from tests.review.house import FIRST, MALEE, SOMCHAI
from tests.review.web_desk import needs_chromium
from tests.workspace import samples

pytestmark = [pytest.mark.browser, pytest.mark.server, needs_chromium]


@pytest.fixture
def house(web_house):
    """The amount ๒๕๕๕ of page 1 is to be typed twice."""
    web_house.read(1, FIRST, samples.findings(FIRST), run=2)
    require(web_house.ws, "", SOMCHAI, keyed=True)
    return web_house


def keying(desk):
    desk.page.goto(f"{desk.root}/documents/{desk.house.document}/keying")


def values(house):
    return [(one.event.value, one.event.who.account) for one in house.ws.ledger.events(Keyed)]


def test_typed_values_are_on_record_one_after_the_other_and_no_text_is_shown(house, desk):
    page = desk.page
    page.goto(f"{desk.root}/documents/{house.document}")
    page.get_by_role("link", name="Type numbers and names").click()
    expect(page.locator("#left")).to_have_text("1 left.")
    expect(page.locator("#cut")).to_have_js_property("complete", True)
    assert page.locator("#cut").evaluate("image => image.naturalWidth") > 0
    assert "๒๕๕๕" not in page.content()
    page.keyboard.press("Enter")  # nothing typed: nothing is recorded
    page.keyboard.type("2555")
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("Nothing is left for you to type.")
    ((value, account),) = values(house)
    assert value == "2555"
    assert page_state(house.ws, house.document, 1).stage is Stage.WAITING
    sha256 = samples.findings(FIRST).reading_sha256
    key(house.ws, house.document, 1, 0, sha256, "๒๕๕๕", MALEE, how="terminal")
    assert account != MALEE.account
    assert page_state(house.ws, house.document, 1).stage is Stage.DECIDED
    assert desk.complaints == []


def test_what_the_server_did_not_take_stays_in_the_field(house, desk):
    keying(desk)
    page = desk.page
    expect(page.locator("#place")).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.type("2555")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("The server does not answer")
    expect(page.locator("#value")).to_have_value("2555")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#left")).to_have_text("Nothing is left for you to type.")
    assert [value for value, _ in values(house)] == ["2555"]


def test_who_cannot_read_a_place_says_so_in_thai_too(house, desk):
    desk.page.goto(f"{desk.root}/documents/{desk.house.document}/keying?lang=th")
    desk.page.get_by_role("button", name="อ่านไม่ออก").click()
    expect(desk.page.locator("#left")).to_have_text("ไม่มีรายการเหลือให้ท่านพิมพ์")
    assert [value for value, _ in values(house)] == [""]
