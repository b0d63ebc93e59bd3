"""Nobody passes lines faster than anybody can look, and nobody who looks is kept waiting."""

import pytest
from playwright.sync_api import expect

from ledger.events.lines_seen import LinesSeen
from ledger.events.signed_off import SignedOff
from review.seen import LEAST
from tests.review.station_page import furnished
from tests.review.web_desk import Desk, needs_chromium
from tests.workspace import samples

pytestmark = [pytest.mark.browser, needs_chromium]

LONG = "สำนักงานเทศบาลขอประกาศรายชื่อผู้มีสิทธิได้รับเบี้ยยังชีพ " * 5
ENTER = "document.getElementById('lines').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));"


@pytest.fixture
def house(web_house):
    made = furnished(web_house)
    made.read(2, LONG, samples.findings(LONG), run=4)
    return made


@pytest.fixture
def desk(browser, server, house):
    return Desk(browser, server, house)


def lit(desk, index):
    desk.line(index).locator(".gutter").click()


def holds_enter(desk, times=12):
    """Hold the key down; all but the first are the keyboard's own."""
    for _ in range(times):
        desk.page.keyboard.down("Enter")
        desk.page.wait_for_timeout(40)
    desk.page.keyboard.up("Enter")


def seen(house):
    return [line for one in house.ws.ledger.events(LinesSeen) for line in one.event.lines]


def test_enter_held_down_passes_one_line_at_most(desk, house):
    lit(desk, 3)
    desk.sends("a")
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "yes")
    holds_enter(desk)
    expect(desk.line(3)).to_contain_class("seen")
    expect(desk.line(4)).to_have_class("row-line current")
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.recorded()
    (one,) = seen(house)
    assert one.milliseconds >= LEAST


def test_enter_held_down_while_a_line_is_written_saves_that_line_alone(desk, house):
    lit(desk, 0)
    desk.press("e")
    desk.page.keyboard.type("ฯ")
    holds_enter(desk)
    desk.recorded()
    expect(desk.line(4)).not_to_contain_class("seen")
    assert len(seen(house)) <= 1


def test_enter_held_down_on_the_last_line_drawn_by_lot_signs_nothing(desk, house):
    desk.open(2)
    desk.press("s")
    expect(desk.page.locator("#trouble")).to_contain_text("drawn by lot")
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "yes")
    desk.page.keyboard.down("Enter")
    expect(desk.page.locator("#signing-yes")).to_be_focused()
    holds_enter(desk)
    expect(desk.page.locator("#signing")).to_be_visible()
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    assert len(list(house.ws.ledger.events(SignedOff))) == 1


def test_a_key_that_comes_before_the_eye_leaves_the_line_lit(desk):
    light = "document.querySelector(`#text > li[data-line='4'] .gutter`).click();"
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "yes")  # the picture has come
    desk.page.evaluate(f"() => {{ {light} {ENTER} {ENTER} }}")
    expect(desk.line(4)).to_have_class("row-line current")
    expect(desk.page.locator("#announce")).to_contain_text("too fast to have looked")
    desk.passes()
    expect(desk.line(4)).to_contain_class("seen")


def test_a_line_that_was_never_in_view_is_brought_there_and_not_passed(desk):
    desk.page.set_viewport_size({"width": 1280, "height": 300})
    light = "document.querySelector(`#text > li[data-line='4'] .gutter`).click();"
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "yes")
    away = "const all = document.getElementById('lines'); all.scrollTop = 0;"
    desk.page.evaluate(f"() => {{ {light} {away} }}")
    expect(desk.line(4)).not_to_be_in_viewport()
    desk.press("Enter")
    expect(desk.line(4)).to_have_class("row-line current")
    expect(desk.line(4)).to_be_in_viewport(ratio=0.5)
    desk.passes()
    expect(desk.line(4)).to_contain_class("seen")


def test_no_line_is_passed_before_its_picture_has_come(desk):
    held = []
    desk.page.route("**/pages/1/image?*", lambda route: held.append(route))  # noqa: PLW0108  as elsewhere
    desk.page.set_viewport_size({"width": 1900, "height": 844})
    desk.open(1)
    lit(desk, 4)
    desk.press("Enter")
    expect(desk.page.locator("#trouble")).to_contain_text("has not come yet")
    expect(desk.line(4)).to_have_class("row-line current")
    for one in held:
        one.continue_()
    desk.page.wait_for_function("() => document.querySelector('#sheet img').naturalWidth > 0")
    desk.passes()
    expect(desk.line(4)).to_contain_class("seen")


def test_a_picture_that_was_fetched_ahead_counts_from_when_it_comes(desk):
    held = []
    desk.page.route("**/pages/2/image?*", lambda route: held.append(route))  # noqa: PLW0108  as elsewhere
    desk.open(1)
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.ready()
    lit(desk, 0)
    desk.page.wait_for_timeout(500)
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "no")
    assert held
    for one in held:
        one.continue_()
    expect(desk.page.locator("#review")).to_have_attribute("data-looked", "yes")


def test_what_was_passed_faster_than_anybody_reads_is_said_and_may_be_passed_again(desk):
    desk.open(2)
    desk.press("s")
    desk.passes()
    expect(desk.page.locator("#signing-seen")).to_contain_text(
        "1/1. Of these, faster than they can be read: 1 (1)."
    )
    desk.press("Escape")
    tick = desk.line(0).locator(".tick")
    expect(tick).to_have_attribute("title", "passed by you, faster than it can be read")
    lit(desk, 0)
    desk.page.wait_for_timeout(1000 * len(LONG) // 50)
    desk.press("Enter")
    expect(tick).to_have_attribute("title", "passed by you")
    desk.press("s")
    expect(desk.page.locator("#signing-seen")).not_to_contain_text("faster")
