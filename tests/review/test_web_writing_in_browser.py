"""Own words on the review page, in Debian's Chromium."""

import pytest
from playwright.sync_api import expect

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
    return desk.page.locator("#text .line:not(.writing)").all_inner_texts()


def test_a_line_is_corrected_and_the_correction_taken_back_by_keyboard(desk, house):
    desk.press("e")
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(" บาท")
    saves(desk)
    assert text_of(desk)[0].endswith("๒๕๕๕ บาท")
    expect(desk.page.locator("textarea.writing")).to_have_count(0)
    desk.sends("u")
    assert text_of(desk)[0].endswith("๒๕๕๕")
    assert desk.complaints == []


def test_what_the_reader_missed_is_drawn_on_the_scan(desk, house):
    desk.press("i")
    expect(desk.page.locator("#sheet img")).to_be_visible()
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
    desk.press("i")
    desk.page.evaluate(
        """() => document.querySelector('#writer-text').dispatchEvent(
             new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    expect(desk.page.locator("#writer")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.locator("#writer")).to_be_hidden()
    expect(desk.page.locator("#lines")).to_be_focused()
