"""Nobody passes what was not in view on a sheet of like letters or of a sample, and who looks is not kept waiting."""

import re

import pytest
from playwright.sync_api import expect

from ledger.events.added import Added
from ledger.events.letters_seen import LettersSeen
from model.page import Page
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from review.state import page_state
from tests.review.house import MALEE, SOMCHAI
from tests.review.station_page import reading
from tests.review.web_desk import needs_chromium
from tests.workspace import samples
from workspace.store import recipe_key

pytestmark = [pytest.mark.browser, needs_chromium]

LINE = "อบต. และ อบจ. ออกประกาศ"
MANY = "\n".join([LINE] * 16)
LETTERS = MANY.count("อ")
ENTER = "document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));"


@pytest.fixture
def house(web_house):
    web_house.source(1, name="ยาว.pdf")
    image = web_house.ws.store.put(web_house.image(1))
    page = Page(web_house.document, 1, image, 2480, 3508, 300.0, samples.QUALITY, (reading(MANY),))
    blob = web_house.ws.record_page(page, recipe_key(step="read", text=MANY))
    web_house.examine(1, blob, samples.findings(MANY), run=5)
    return web_house


def published(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws, house.document)


def sheet(desk, house):
    desk.page.goto(f"{desk.root}/documents/{house.document}/letters?letter=อ")
    expect(desk.page.locator(".letters li")).to_have_count(LETTERS)


def passed(house):
    return {span for entry in house.ws.ledger.events(LettersSeen) for span in entry.event.spans}


def records(desk):
    """Press Enter, and wait until it is on record."""
    with desk.page.expect_response(lambda one: one.request.method == "POST"):
        desk.press("Enter")
    expect(desk.page.locator("#said")).to_have_text(re.compile("passed as right"))


def test_a_sheet_is_passed_by_the_windowful_with_nothing_but_enter(desk, house):
    sheet(desk, house)
    taken = before = 0
    for _ in range(LETTERS):
        expect(desk.page.locator(".letters li[data-looked=yes]:not(.done)").first).to_be_visible()
        records(desk)
        before, taken = taken, len(passed(house))
        assert taken > before
        if taken == LETTERS:
            break
    assert taken == LETTERS
    assert desk.complaints == []


def test_letters_below_the_window_or_without_their_picture_are_not_passed(desk, house):
    held = []
    desk.page.route("**/cut?*", lambda route: held.append(route))  # noqa: PLW0108  a builtin is refused
    desk.page.goto(f"{desk.root}/documents/{house.document}/letters?letter=อ", wait_until="commit")
    expect(desk.page.locator("#record")).to_be_enabled()
    while len(held) < 4:
        desk.page.wait_for_timeout(20)
    for one in held[:4]:
        one.continue_()
    expect(desk.page.locator(".letters li[data-looked=yes]").first).to_be_visible()
    desk.page.wait_for_timeout(500)
    looked = desk.page.locator(".letters li[data-looked=yes]").count()
    assert 0 < looked <= 4
    records(desk)
    assert len(passed(house)) == looked


def test_who_presses_before_the_eye_passes_no_letter(desk, house):
    desk.page.route("**/cut?*", lambda route: route.abort())
    sheet(desk, house)
    desk.page.evaluate(
        "document.querySelectorAll('.letters li').forEach(one => { delete one.dataset.looked; })"
    )
    desk.page.set_viewport_size({"width": 1280, "height": 90})
    desk.page.evaluate(ENTER)
    assert passed(house) == set()


def test_a_letter_that_is_marked_later_stands_on_its_line_as_it_reads_by_then(desk, house):
    held = []  # of letters without their picture none is passed
    desk.page.route("**/cut?*", lambda route: held.append(route))  # noqa: PLW0108  a builtin is refused
    desk.page.goto(f"{desk.root}/documents/{house.document}/letters?letter=อ", wait_until="commit")
    expect(desk.page.locator("#record")).to_be_enabled()
    tiles = desk.page.locator(".letters li")
    line = tiles.first.get_attribute("data-row")
    same = desk.page.locator(f".letters li[data-row='{line}']")
    assert same.count() == 4
    by_place = sorted(range(4), key=lambda one: int(same.nth(one).get_attribute("data-at")))
    for index, written in ((by_place[0], "ออ"), (by_place[3], "ฮ")):
        tile = same.nth(index)
        tile.locator(".tile").click()
        tile.locator("input").fill(written)
        with desk.page.expect_response(lambda one: one.request.method == "POST"):
            desk.page.locator("#record").click()
        expect(tile).to_contain_class("done")
    assert len(list(house.ws.ledger.events(Added))) == 2
    shown = page_state(house.ws, house.document, 1).shown_text.split("\n")[int(line)]
    assert shown == "ออบต. และ อบจ. อฮกประกาศ"
    with desk.page.expect_navigation():
        desk.press("u")
    assert page_state(house.ws, house.document, 1).shown_text == MANY


def test_a_line_of_a_sample_is_passed_when_it_was_looked_at(desk, house):
    published(house)
    desk.page.goto(f"{desk.root}/samples")
    desk.page.locator("form.stack button").click()
    desk.page.wait_for_url("**/samples/*")
    lines = desk.page.locator(".inspect-line")
    count = lines.count()
    expect(lines.first).to_have_attribute("data-looked", "yes")
    desk.page.evaluate(ENTER * 3)
    looked = int(desk.page.locator("#looked").inner_text())
    assert looked < 4
    expect(desk.page.locator(".inspect-line.current")).to_be_in_viewport(ratio=0.5)
    for done in range(looked, count):
        expect(desk.page.locator(".inspect-line.current")).to_have_attribute(
            "data-looked", "yes", timeout=20_000
        )
        desk.press("Enter")
        expect(desk.page.locator("#looked")).to_have_text(str(done + 1))
    expect(desk.page.locator("#record")).to_be_focused()
    assert desk.complaints == []


def test_a_line_that_lies_beside_the_page_has_no_picture(web_house):
    web_house.read(1, MANY, samples.findings(MANY), run=6)  # each line to the right of the one before
    published(web_house)
    visitor = web_house.visitor()
    asked = {"documents": [], "unit": "lines", "limit": "", "confidence": "95%", "defects": 0}
    drawn = visitor.post("/api/samples", asked).json()
    answers = [
        visitor.client.get(f"/api/samples/{drawn['sample']}/lines/{number}").status_code
        for number in range(drawn["units"])
    ]
    assert set(answers) == {200, 404}
