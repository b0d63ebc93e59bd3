"""Own words on the review page, in Debian's Chromium."""

import pytest
from playwright.sync_api import expect

from model.state import Outcome, Stage
from review.state import page_state
from tests.review.house import KATHU
from tests.review.web_desk import needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def house(web_house):
    return web_house


def saves(desk, key="Enter"):
    with desk.page.expect_response(lambda one: one.request.method == "POST"):
        desk.press(key)
    expect(desk.page.locator("#review")).to_have_attribute("aria-busy", "false")


def text_of(desk):
    return desk.page.locator("#text .line").all_inner_texts()


def test_a_line_is_corrected_and_the_correction_taken_back_by_keyboard(desk, house):
    desk.press("l")
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(" บาท")
    saves(desk)
    assert text_of(desk)[0].endswith("๒๕๕๕ บาท")
    expect(desk.page.locator("#writer")).to_be_hidden()
    desk.sends("u")
    assert text_of(desk)[0].endswith("๒๕๕๕")
    assert desk.complaints == []


def test_what_the_reader_missed_is_drawn_on_the_scan(desk, house):
    desk.press("i")
    place = desk.page.locator("#scan").bounding_box()
    desk.page.mouse.move(place["x"] + 40, place["y"] + 200)
    desk.page.mouse.down()
    desk.page.mouse.move(place["x"] + 200, place["y"] + 230, steps=3)
    desk.page.mouse.up()
    expect(desk.page.locator("#writer-hint")).to_contain_text("drawn")
    desk.page.keyboard.type("ลงชื่อ")
    saves(desk)
    assert text_of(desk)[-1].endswith("\nลงชื่อ")
    (record,) = house.ws.ledger.records(kind="addition")
    left, top, right, bottom = record.payload["box"]
    assert right - left > 3 * (bottom - top) > 0
    assert desk.complaints == []


def test_an_input_method_does_not_save_while_it_composes(desk, house):
    desk.press("l")
    desk.page.evaluate(
        """() => document.querySelector('#writer-text').dispatchEvent(
             new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    expect(desk.page.locator("#writer")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.locator("#writer")).to_be_hidden()
    expect(desk.page.locator("#finding")).to_be_focused()


def test_a_doubt_waits_and_an_illegible_place_does_not(desk, house):
    with desk.page.expect_response("**/marks"):
        desk.press("x")
    expect(desk.page.locator("#review")).to_have_attribute("aria-busy", "false")
    desk.press("d")
    desk.page.keyboard.type("หมึกซึม")
    saves(desk)
    state = page_state(house.ws, house.document, 1)
    assert state.findings
    assert [state.outcomes[one.id] for one in state.findings.flags if one.rule.startswith("HUM")] == [
        Outcome.ACKNOWLEDGED, Outcome.OPEN,
    ]  # fmt: skip
    assert state.outcomes[KATHU.id] is Outcome.OPEN


def test_a_page_that_could_not_be_read_is_transcribed(desk, house):
    house.source(1, name="ปก.pdf")
    house.fail(1)
    desk.open(1)
    desk.press("i")
    desk.page.keyboard.type("ประกาศ")
    desk.press("Enter")
    desk.page.keyboard.type("เทศบาล")
    saves(desk, "Control+Enter")
    assert text_of(desk) == ["ประกาศ\nเทศบาล"]
    assert page_state(house.ws, house.document, 1).stage is Stage.DECIDED
