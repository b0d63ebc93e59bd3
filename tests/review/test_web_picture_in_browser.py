"""The picture of a page in the browser: what has come whole stays until a better one has come whole."""

import pytest
from playwright.sync_api import expect

from tests.review.web_desk import Desk, needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]

NATURAL = (
    "() => { const one = document.querySelector('#sheet img'); return one.complete ? one.naturalWidth : 0; }"
)
SHOWN = "() => document.querySelector('.ink').style.backgroundImage.match(/w=(\\d+)/)[1]"


@pytest.fixture
def asked(desk):
    """The widths in which pictures of the page have been asked for since."""
    found: list[int] = []

    def note(request):
        if "/pages/1/image" in request.url:
            found.append(int(request.url.partition("&w=")[2]))

    desk.page.on("request", note)
    return found


def has_come(desk, width):
    desk.page.wait_for_function(f"width => ({NATURAL})() === width", arg=width)


def says_something(desk):
    """Whatever is said draws the page anew."""
    desk.press("v")


def test_a_smaller_window_keeps_the_picture_that_has_come(desk: Desk, asked):
    natural = int(desk.page.evaluate(SHOWN))
    has_come(desk, natural)
    desk.page.set_viewport_size({"width": 500, "height": 844})
    says_something(desk)
    assert int(desk.page.evaluate(SHOWN)) == natural
    assert desk.page.evaluate(NATURAL) == natural
    assert asked == []


def test_a_larger_window_shows_a_larger_picture_only_when_that_has_come_whole(desk: Desk, asked):
    desk.page.set_viewport_size({"width": 500, "height": 844})
    desk.open(1)
    small = int(desk.page.evaluate(SHOWN))
    has_come(desk, small)
    held = []
    desk.page.route("**/pages/1/image?*", lambda route: held.append(route))  # noqa: PLW0108  a built-in method cannot be marked as a handler
    desk.page.set_viewport_size({"width": 1900, "height": 844})
    asked.clear()
    says_something(desk)
    desk.page.wait_for_timeout(300)
    assert len(asked) == 1
    assert asked[0] > small
    assert int(desk.page.evaluate(SHOWN)) == small
    assert desk.page.evaluate(NATURAL) == small
    held[0].continue_()
    desk.page.unroute("**/pages/1/image?*")
    has_come(desk, min(asked[0], 2480))  # no larger than the page is
    assert int(desk.page.evaluate(SHOWN)) == asked[0]
    assert desk.complaints == []


def test_a_sharper_picture_that_does_not_come_leaves_what_is_there(desk: Desk, asked):
    natural = int(desk.page.evaluate(SHOWN))
    has_come(desk, natural)
    desk.page.route("**/image?*w=2600", lambda route: route.abort())
    for _ in range(4):
        desk.press("+")
    expect(desk.page.locator("#sheet")).to_have_attribute("style", "width: 250%;")
    desk.page.wait_for_timeout(300)
    assert set(asked) == {2600}
    assert desk.page.evaluate(NATURAL) == natural
    desk.page.unroute("**/image?*w=2600")
    desk.press("-")
    desk.press("+")
    has_come(desk, 2480)
