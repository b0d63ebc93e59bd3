"""What a finding puts in is lit between the letters, not on them."""

import pytest
from playwright.sync_api import expect

from model.page import Page
from tests.review.station_page import furnished, reading
from tests.review.web_desk import Desk, needs_chromium
from tests.workspace import samples
from workspace.store import recipe_key

TEXT = "จังหวัดเชียงใหม่๑,๕๓๕ บาท"
SPACE = samples.proposal(TEXT, "ม่๑", "ม่ ๑")


@pytest.fixture
def house(web_house):
    made = furnished(web_house)
    image = made.ws.store.put(made.image(1))
    page = Page(made.document, 1, image, 2480, 3508, 300.0, samples.QUALITY, (reading(TEXT),))
    blob = made.ws.record_page(page, recipe_key(step="read", text=TEXT))
    made.examine(1, blob, samples.findings(TEXT, SPACE), run=5)
    return made


def test_the_place_is_the_gap_between_the_two_letters(house):
    (found,) = [one for one in house.visitor().page()["findings"] if one["id"] == SPACE.id]
    ((left, _, right, _),) = found["places"]
    before, behind = 200 + 30 * TEXT.index("ม่") + 28, 200 + 30 * TEXT.index("๑")
    assert before - 4 <= left < right <= behind + 30
    assert right - left <= 34


@pytest.mark.browser
@needs_chromium
def test_it_is_lit_so_on_the_lines_image(browser, server, house):
    desk = Desk(browser, server, house)
    desk.looks_at("ม่␣๑")
    lit = desk.line(0).locator(".ink > .lit")
    expect(lit).to_have_count(1)
    strip, place = desk.line(0).locator(".ink").bounding_box(), lit.bounding_box()
    assert strip
    assert place
    assert place["width"] - 8 <= 40 * strip["width"] / (0.62 * 2480)  # less than a letter and a half
