"""Like cases on the review page."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from model.state import Outcome
from review.state import page_state
from tests.review.house import FIRST, KATHU
from tests.review.web_desk import needs_chromium
from tests.workspace import samples


@pytest.fixture
def house(web_house):
    """The same change a second time, in another document; the first is the one that is looked at."""
    first = web_house.document
    web_house.second = web_house.source(1, name="<b>รายงาน</b>.pdf")
    again = FIRST + " หน้าสุดท้าย"
    web_house.same = samples.proposal(again, "กระทู้", "กะทู้")
    web_house.read(1, again, samples.findings(again, web_house.same))
    web_house.document = first
    return web_house


def test_like_cases_are_shown_with_their_pictures_and_hostile_names_as_text(house):
    visitor = house.visitor()
    address = f"/documents/{house.document}/pages/1/alike/{KATHU.id}"
    assert visitor.client.get(address).text.count('type="checkbox"') == 1
    everywhere = visitor.client.get(address + "?everywhere=1").text
    assert everywhere.count('type="checkbox"') == 2
    assert "<b>รายงาน" not in everywhere
    picture = everywhere.split('src="/api')[1].split('"')[0]
    answer = visitor.client.get("/api" + picture)
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "which",
    [*(f"box={one}" for one in ("", "1,2,3", "0,0,0,9", "0,0,99999,9", "-4,0,9,9", "a,b,c,d")),
     *(f"span={one}" for one in ("", "3", "3,3", "5,2", "0,1,2", "999,9999", "-1,4", "a,b", "99999999999,3"))],
)  # fmt: skip
def test_a_piece_outside_the_page_is_refused(house, which):
    answer = house.visitor().client.get(f"/api/documents/{house.document}/pages/1/cut?{which}")
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "waive", "after": None, "cases": []},
        {"verdict": "accept", "after": None, "cases": []},
        {"verdict": "accept", "after": "ก", "cases": [{}]},
        {"verdict": "edit", "after": None, "cases": [{}]},
        {"verdict": "accept", "after": None, "cases": [{"document": 1}]},
    ],
)
def test_what_our_page_does_not_send_is_refused(house, body):
    assert house.visitor().post("/api/alike", body).status_code == 400
    assert not list(house.ws.ledger.records(kind="decision"))


@pytest.mark.browser
@needs_chromium
def test_exceptions_are_unticked_and_the_rest_decided_with_one_key(desk, house):
    desk.press("g")
    desk.page.get_by_text("In all documents").click()
    boxes = desk.page.locator("input[type=checkbox]")
    expect(boxes).to_have_count(2)
    boxes.nth(1).uncheck()
    with desk.page.expect_response("**/api/alike"):
        desk.press("a")
    expect(boxes).to_have_count(1)
    assert desk.outcome(KATHU) is Outcome.ACCEPTED
    assert page_state(house.ws, house.second, 1).outcomes[house.same.id] is Outcome.OPEN
    assert desk.complaints == []


def test_letters_of_a_page_without_confidences_are_shown_side_by_side_too(house):
    page = samples.page(FIRST, document=house.document, number=1, image=house.ws.store.put(house.image(1)))
    bare = replace(page.reading, confidences=(None,) * len(FIRST))
    blob = house.ws.record_page(replace(page, readings=(bare,)), "b" * 64)
    house.examine(1, blob, samples.findings(FIRST), run=9)
    answer = house.visitor().client.get(f"/documents/{house.document}/letters?letter=ก")
    assert answer.text.count('src="/api') > 2
    assert "%</a>" in answer.text, "of the other page, which was read with confidences"


def test_letters_are_shown_side_by_side(house):
    answer = house.visitor().client.get(f"/documents/{house.document}/letters?letter=ก")
    pieces = [part.split('"')[0].replace("&amp;", "&") for part in answer.text.split('src="/api')[1:]]
    assert len(pieces) == 2, "those that stand: others are in words that are to be changed"
    for piece in pieces:
        assert house.visitor().client.get(f"/api{piece}").content.startswith(b"\x89PNG")
