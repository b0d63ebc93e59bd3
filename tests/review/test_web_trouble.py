"""What the review page does when the server dies, an answer is lost, or somebody else was faster."""

import pytest
from playwright.sync_api import expect

from model.state import Outcome
from review.decide import reject
from tests.review.house import KATHU, MALEE, SATUN, YEAR
from tests.review.web_desk import decisions, needs_chromium

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def house(web_house):
    return web_house


def test_a_conflict_shows_both_and_records_neither_until_a_person_chooses(desk, house):
    reject(house.ws, house.document, [KATHU.id], MALEE)
    desk.sends("a")
    trouble = desk.page.locator("#trouble")
    expect(trouble).to_contain_text("มาลี (malee): rejected")
    expect(trouble).to_contain_text("You wanted: accepted")
    desk.press("a")
    desk.press("r")
    assert decisions(house) == ["reject"]
    desk.press("Tab")
    desk.sends("Enter")
    assert desk.outcome(KATHU) is Outcome.CONFLICT
    assert decisions(house) == ["reject", "accept"]


def test_a_conflict_may_be_left_as_it_stands(desk, house):
    reject(house.ws, house.document, [KATHU.id], MALEE)
    desk.sends("a")
    desk.press("Enter")
    expect(desk.page.locator("#trouble")).to_be_empty()
    assert desk.outcome(KATHU) is Outcome.REJECTED
    desk.press("n")
    desk.looks_at("สตูล")


def test_a_server_that_dies_loses_no_decision_and_the_page_says_so(desk, server, house):
    server.kill()
    desk.press("a")
    expect(desk.page.locator("#trouble")).to_contain_text("Not saved")
    expect(desk.page.locator("#trouble")).to_contain_text("accepted")
    desk.looks_at("สตูล")
    desk.press("r")
    expect(desk.page.locator("#trouble")).to_contain_text("(+1)")
    assert decisions(house) == []
    server.start()
    expect(desk.page.locator("#trouble")).to_be_empty()
    desk.recorded()
    assert decisions(house) == ["accept", "reject"]
    assert desk.outcome(SATUN) is Outcome.REJECTED


def test_a_tab_that_the_server_does_not_know_any_more_keeps_its_decision(desk, server, house, tmp_path):
    server.kill()
    (tmp_path / "state/chamra/review.key").unlink()
    server.start()
    desk.press("a")
    expect(desk.page.locator("#trouble")).to_contain_text("Open the address")
    assert decisions(house) == []
    desk.page.context.new_page().goto(server.url)
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    desk.looks_at("สตูล")
    desk.recorded()
    assert decisions(house) == ["accept"]


def test_decisions_that_lapsed_are_told(desk, house):
    desk.sends("a")
    house.examine_again(1, SATUN, YEAR)
    desk.open(1)
    desk.page.get_by_text("1 earlier decisions lapsed").click()
    expect(desk.page.locator(".lapsed")).to_contain_text("accepted")


def test_a_pending_decision_survives_a_reload(desk, server, house):
    desk.page.route("**/decisions", lambda route: route.abort())
    desk.press("a")
    expect(desk.page.locator("#trouble")).to_contain_text("Not saved")
    desk.page.unroute("**/decisions")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.reload()
    desk.looks_at("สตูล")
    desk.recorded()
    assert decisions(house) == ["accept"]


def test_a_lost_answer_is_asked_for_again_and_records_once(desk, house):
    lost: list[object] = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    desk.page.route("**/decisions", lose)
    desk.press("a")
    desk.looks_at("สตูล")
    expect(desk.page.locator("#trouble")).to_contain_text("Not saved")
    expect(desk.page.locator("#trouble")).to_be_empty()
    desk.recorded()
    assert lost
    assert decisions(house) == ["accept"]


def test_ctrl_c_ends_the_server_well(server):
    assert server.interrupt() == 0
