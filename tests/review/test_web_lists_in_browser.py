"""The lists and what is done around reviewing, in a real browser."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from audit.audit import audit
from ledger.events.added import Added
from ledger.events.defect_found import DefectFound
from ledger.events.inspected import Inspected
from ledger.events.letters_seen import LettersSeen
from ledger.people import users_at
from model.requirement import NOTHING_ASKED, Requirement
from model.state import Outcome, Stage
from review.decide import accept_remaining, waive
from review.publish import publish
from review.requirements import required
from review.sign import sign
from review.state import page_state
from tests.review.house import MALEE, SOMCHAI
from tests.review.web_desk import Desk, needs_chromium
from tests.workspace import samples

pytestmark = [pytest.mark.browser, needs_chromium]

AXE = Path(os.environ.get("AXE_CORE", "axe.min.js"))


@pytest.fixture
def house(web_house):
    return web_house


def go(desk, path):
    desk.page.goto(f"{desk.root}{path}")


def looks(desk, selector):
    """Look at something of a list as long as anybody must."""
    expect(desk.page.locator(selector)).to_have_attribute("data-looked", "yes")


def published(house):
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    sign(house.ws, house.document, SOMCHAI)
    publish(house.ws, house.document)


def test_g_and_a_number_lead_to_the_page_and_its_state_is_on_the_strip(desk, house):
    go(desk, f"/documents/{house.document}")
    expect(desk.page.locator(".strip .leaf.waiting")).to_have_count(2)
    desk.press("g")
    desk.page.keyboard.type("9")
    desk.press("Enter")
    expect(desk.page.locator("#said")).to_have_text("There is no such page.")
    desk.press("g")
    expect(desk.page.locator("#jump-to")).to_be_focused()
    desk.page.locator("#jump-to").fill("๒")
    desk.press("Enter")
    desk.page.wait_for_url("**/pages/2")
    assert desk.complaints == []


def test_a_page_left_out_is_taken_up_again_with_a_click(desk, house):
    first = house.document
    cover = house.source(1, name="ปก.pdf")
    house.fail(1)
    waive(house.ws, cover, 1, "ปกเปล่า", SOMCHAI)
    go(desk, f"/documents/{cover}")
    expect(desk.page.locator("td.wide .reason")).to_have_text("สมชาย: ปกเปล่า")
    with desk.page.expect_navigation():
        desk.page.locator(".take-up").click()
    expect(desk.page.locator("tbody .chip")).to_have_text("failed")
    assert page_state(house.ws, cover, 1).stage is Stage.FAILED
    house.document = first


def test_two_signatures_are_asked_for_with_a_click_and_the_signed_page_waits_for_somebody_else(desk, house):
    """Of all documents first, then of this one: two, then what all others have."""
    for who in (SOMCHAI, MALEE):
        accept_remaining(house.ws, house.document, who)
    go(desk, f"/documents/{house.document}")
    desk.page.get_by_role("link", name="What is asked", exact=True).last.click()
    expect(desk.page.locator("h2 a")).to_have_text("ประกาศ.pdf")
    desk.page.get_by_label("Signatures on each page").select_option("2")
    desk.page.get_by_label("Numbers and names are typed").check()
    desk.page.get_by_label("Letters changed on purpose").fill("501")
    desk.page.locator("form .button").click()
    assert required(house.ws, house.document) == NOTHING_ASKED, "the browser says that it is too many"
    desk.page.get_by_label("Numbers and names are typed").uncheck()
    desk.page.get_by_label("Letters changed on purpose").fill("0")
    with desk.page.expect_navigation():
        desk.page.locator("form .button").click()
    expect(desk.page.locator("section .soft").first).to_contain_text("สมชาย")
    expect(desk.page.get_by_label("Signatures on each page")).to_have_value("2")
    assert required(house.ws, house.document) == Requirement(2, keyed=False, seeds=0)
    assert required(house.ws) == NOTHING_ASKED
    sign(house.ws, house.document, SOMCHAI)
    assert page_state(house.ws, house.document, 1).stage is Stage.COUNTERSIGN
    go(desk, "/requirements")
    expect(desk.page.locator("section h2")).to_have_text(["Every other document", "ประกาศ.pdf"])
    with desk.page.expect_navigation():
        desk.page.get_by_label("Signatures on each page").last.select_option("1")
        desk.page.locator("form .button").last.click()
    assert page_state(house.ws, house.document, 1).stage is Stage.SIGNED
    assert desk.complaints == []


def test_next_leads_to_what_asks_for_somebody_and_to_the_list_when_nothing_does(desk, house):
    go(desk, f"/next?document={house.document}&page=2")
    desk.page.wait_for_url("**/pages/1")
    published(house)
    go(desk, f"/next?document={house.document}&page=2")
    desk.page.wait_for_url("**/?show=mine")
    expect(desk.page.locator("main")).to_contain_text("Nothing matches.")


def test_a_sample_is_inspected_with_keys_and_survives_a_reload(desk, house):
    published(house)
    go(desk, "/samples")
    desk.page.locator("select[name=unit]").select_option("characters")
    desk.page.locator("input[name=limit]").fill("5%")
    desk.page.locator("form.stack button").click()
    desk.page.wait_for_url("**/samples/*")
    expect(desk.page.locator(".inspect-line")).to_have_count(2)
    expect(desk.page.locator(".inspect-line img").first).to_have_js_property("complete", True)
    desk.page.locator("#record").click()
    expect(desk.page.locator("#said")).to_have_text("Look at every line first.")
    desk.press("ArrowRight")
    desk.press("Space")
    desk.page.keyboard.type("ข")
    looks(desk, ".inspect-line.current")
    desk.press("Enter")
    expect(desk.page.locator("#looked")).to_have_text("1")
    desk.page.reload()
    expect(desk.page.locator("#looked")).to_have_text("1")
    expect(desk.page.locator("#wrong")).to_have_text("1")
    looks(desk, ".inspect-line.current")
    desk.press("Enter")
    expect(desk.page.locator("#looked")).to_have_text("2")
    expect(desk.page.locator("#record")).to_be_focused()
    desk.press("Enter")
    desk.page.wait_for_url("**/samples")
    defect = house.ws.ledger.newest(DefectFound)
    assert defect.event.should_be == "ข"
    assert house.ws.ledger.newest(Inspected).event.accepted is False
    assert desk.complaints == []


def test_a_sample_of_whole_lines_is_inspected_and_the_wrong_line_written(desk, house):
    published(house)
    go(desk, "/samples")
    expect(desk.page.locator("select[name=unit]")).to_have_value("lines")
    desk.page.locator("form.stack button").click()
    desk.page.wait_for_url("**/samples/*")
    expect(desk.page.locator(".inspect-line")).to_have_count(2)
    looks(desk, ".inspect-line.current")
    desk.press("Enter")
    desk.page.locator(".inspect-line").nth(1).locator("mark").click()
    field = desk.page.locator(".inspect-line").nth(1).locator("input")
    expect(field).to_have_value("องค์การบริหารส่วนจังหวัดเชียงใหม่")
    field.fill("องค์การบริหารส่วนจังหวัดเชียงราย")
    looks(desk, ".inspect-line.current")
    desk.press("Enter")
    expect(desk.page.locator("#record")).to_be_focused()
    desk.press("Enter")
    desk.page.wait_for_url("**/samples")
    defect = house.ws.ledger.newest(DefectFound).event
    assert (defect.page, defect.offset, defect.should_be) == (2, 0, "องค์การบริหารส่วนจังหวัดเชียงราย")
    (result,) = house.ws.ledger.newest(Inspected).event.results
    assert (result.stratum, result.inspected, result.wrong, result.accepted) == ("line", 2, 1, False)
    assert desk.complaints == []


def test_on_a_sheet_of_like_letters_the_wrong_one_is_written_the_rest_passed_and_all_taken_back(desk, house):
    go(desk, f"/documents/{house.document}/letters?letter=อ")
    tiles = desk.page.locator(".letters li")
    count = tiles.count()
    assert count > 1
    tile = tiles.filter(has_text="ละงู").first
    tile.locator(".tile").click()
    expect(desk.page.locator("#count")).to_have_text(f"1 · {count - 1}")
    desk.press("Enter")
    expect(desk.page.locator("#record")).to_be_focused()
    desk.press("Enter")
    expect(desk.page.locator("#said")).to_contain_text("Type what stands there")
    desk.page.keyboard.type("ฮ")
    desk.press("Enter")
    expect(desk.page.locator(".letters li[data-looked=yes]")).to_have_count(count)
    desk.press("Enter")
    expect(desk.page.locator("#said")).to_have_text(f"Saved: 1. passed as right: {count - 1}.")
    added = house.ws.ledger.newest(Added)
    assert (added.event.before, added.event.after) == ("อ", "ฮ")
    passed = [one for entry in house.ws.ledger.events(LettersSeen) for one in entry.event.spans]
    assert len(passed) == count - 1
    assert (added.event.start, added.event.end) not in passed
    assert audit(house.ws).holds
    with desk.page.expect_navigation():
        desk.press("u")
    state = page_state(house.ws, house.document, 1)
    assert "อ.ละงู" in state.shown_text
    expect(desk.page.locator("#step-back")).to_be_hidden()
    assert desk.complaints == []


def test_letters_that_were_not_shown_are_not_passed(house):
    address = f"/api/documents/{house.document}/letters"
    one = {"page": 1, "start": 0, "end": 1, "shown": "0" * 20}
    answer = house.visitor().post(address, {"wrong": [], "right": [one]})
    assert answer.json() == {"written": 0, "passed": 0, "undo": [], "problems": []}
    assert not list(house.ws.ledger.events(LettersSeen))
    for wrong in ({}, {"wrong": [], "right": [{"page": 1}]}, {"wrong": [{"page": 1}], "right": []}):
        assert house.visitor().post(address, wrong).status_code == 400


def test_like_cases_that_were_decided_at_once_are_taken_back_at_once(desk, house):
    text = "ตำบลกระทู้"
    house.source(2, name="ซ้ำ.pdf")
    found = samples.proposal(text, "กระทู้", "กะทู้")
    for number in (1, 2):
        house.read(number, text, samples.findings(text, found), run=number)

    def outcomes():
        return [page_state(house.ws, house.document, number).outcomes[found.id] for number in (1, 2)]

    go(desk, f"/documents/{house.document}/pages/1/alike/{found.id}")
    expect(desk.page.locator("#step-back")).to_be_hidden()
    with desk.page.expect_navigation():
        desk.press("a")
    assert outcomes() == [Outcome.ACCEPTED] * 2
    expect(desk.page.locator("#step-back")).to_be_visible()
    with desk.page.expect_navigation():
        desk.press("u")
    assert outcomes() == [Outcome.OPEN] * 2
    expect(desk.page.locator("#count")).to_have_text("2")
    assert desk.complaints == []


def test_a_user_is_added_and_the_password_shown(desk, house):
    go(desk, "/users")
    desk.page.locator("input[name=login]").fill("malee")
    desk.page.locator("input[name=name]").fill("มาลี")
    desk.page.locator("form.stack button").click()
    expect(desk.page.locator("#secret-password")).to_have_text(re.compile("^[a-z2-9]{4}(-[a-z2-9]{4}){4}$"))
    assert set(users_at(house.ws.ledger)) == {"malee"}


def test_a_hit_is_a_link_to_its_line(desk, house):
    go(desk, "/?q=ละ งู")
    for _ in range(20):
        if desk.page.locator(".hit").count():
            break
        desk.page.wait_for_timeout(500)
        desk.page.reload()
    hit = desk.page.locator(".hit").first
    expect(hit.locator("mark")).to_have_text("ละงู")
    assert hit.get_attribute("href").endswith("/pages/1#row-0")
    desk.page.set_viewport_size({"width": 390, "height": 844})
    assert hit.bounding_box()["width"] > 300


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("width", [390, 768, 1366])
def test_nothing_is_cut_off_and_axe_finds_nothing(browser, server, house, language, width):
    published(house)
    desk = Desk(browser, server, house, width)
    go(desk, "/samples")
    desk.page.locator("form.stack button").click()
    desk.page.wait_for_url("**/samples/*")
    sample = desk.page.url.partition("/samples/")[2]
    document = f"/documents/{house.document}"
    paths = ("/", "/?show=second", document, f"{document}/exports", f"{document}/letters?letter=ก", "/publishing",
             "/samples", f"/samples/{sample}", "/audits", "/learning", "/users", "/requirements",
             f"{document}/requirements", "/nothing")  # fmt: skip
    found = {}
    for path in paths:
        go(desk, f"{path}{'&' if '?' in path else '?'}lang={language}")
        wider = desk.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        found[path] = [f"{wider} px wider than the window"] if wider > 0 else []
        if AXE.is_file():
            desk.page.evaluate(AXE.read_text("utf-8"))
            found[path] += desk.page.evaluate(
                """async () => (await axe.run(document)).violations.flatMap(
                     one => one.nodes.map(node => `${one.id}: ${node.html}`))"""
            )
    assert {path: what for path, what in found.items() if what} == {}
