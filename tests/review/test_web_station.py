"""The proofreading station as a reviewer uses it: line after line under its image, in Debian's Chromium."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from model.state import Outcome, Stage
from review.state import page_state
from review.who import at_the_terminal
from tests.review.station_page import AS_SHOWN, KATHU, NOISE, PHUKET, TEXT, YEAR, furnished
from tests.review.web_desk import Desk, decisions, needs_chromium
from tests.review.web_server import ROOT

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def house(web_house):
    return furnished(web_house)


@pytest.fixture
def desk(browser, server, house):
    return Desk(browser, server, house)


def texts(desk):
    return desk.page.locator("#text .line:not(.writing)").all_inner_texts()


def seen(house):
    return [line for one in house.ws.ledger.records(kind="seen") for line in one.payload["lines"]]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_each_line_has_its_image_above_its_text_in_the_same_width(desk):
    assert texts(desk) == AS_SHOWN
    for index in (0, 1):
        strip, line = (desk.line(index).locator(name).bounding_box() for name in (".ink", ".line"))
        assert strip["y"] + strip["height"] <= line["y"] + 1
        share = 30 * len(TEXT.split("\n")[index]) / (0.62 * 2480)
        assert line["width"] == pytest.approx(share * strip["width"], rel=0.15)
        paper = (0.012 * 2480) / (0.62 * 2480) * strip["width"]
        assert line["x"] - strip["x"] == pytest.approx(paper, abs=2)
    assert desk.complaints == []


def test_enter_passes_a_line_which_is_on_record_as_seen_by_this_person(desk, house):
    desk.line(0).locator(".gutter").click()
    desk.passes()
    expect(desk.line(1)).to_have_class("row-line current")
    expect(desk.line(0)).to_have_class("row-line seen")
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.recorded()
    (line,) = seen(house)
    assert (line["start"], line["end"], line["text_sha256"]) == (0, 13, sha(AS_SHOWN[0]))
    assert 0 < line["milliseconds"] < 60_000
    (record,) = house.ws.ledger.records(kind="seen")
    assert record.payload["who"]["account"] == at_the_terminal("สมชาย").account
    desk.press("[")
    expect(desk.line(0)).to_contain_class("seen")


def test_a_line_on_which_something_is_open_is_not_passed(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.press("Enter")
    expect(desk.line(1)).to_contain_class("current")
    expect(desk.page.locator("#announce")).to_contain_text("Decide first")
    desk.page.wait_for_timeout(3000)
    assert seen(house) == []


def test_what_a_and_r_decide_is_what_is_lit(desk, house):
    desk.looks_at("กะ")
    desk.line(2).locator(".gutter").click()
    desk.looks_at("๒๕๕๕")
    desk.sends("r")
    assert desk.outcome(YEAR) is Outcome.REJECTED
    assert desk.outcome(KATHU) is Outcome.OPEN
    desk.line(4).locator(".gutter").click()
    desk.press("a")
    desk.press("r")
    desk.page.wait_for_timeout(300)
    assert decisions(house) == ["reject"]


def test_typing_at_the_clicked_letter_writes_there(desk, house):
    line = desk.line(4).locator(".line")
    box = line.bounding_box()
    line.click(position={"x": box["width"] - 2, "y": box["height"] / 2})
    expect(desk.page.locator("textarea.writing")).to_be_focused()
    desk.page.keyboard.type("ฯ")
    desk.passes()
    desk.recorded()
    expect(desk.line(4)).to_contain_class("seen")
    desk.press("q")
    desk.page.wait_for_url(f"**/documents/{house.document}")
    assert page_state(house.ws, house.document, 1).shown_text.endswith("ลงชื่อ นายกฯ")
    assert [one["text_sha256"] for one in seen(house)] == [sha("ลงชื่อ นายกฯ")]
    assert desk.complaints == []


def test_a_click_on_the_scan_goes_to_that_letter_and_the_caret_shows_on_the_scan(desk):
    image = desk.page.locator("#sheet img")
    expect(image).to_be_visible()
    box = image.bounding_box()
    scale = box["width"] / 2480
    image.click(position={"x": (200 + 30 * 7 + 7) * scale, "y": (200 + 120 * 4 + 25) * scale})
    field = desk.page.locator("textarea.writing")
    expect(field).to_be_focused()
    assert field.evaluate("one => one.selectionStart") == 7
    left = "document.querySelector('.lit-letters')?.getBoundingClientRect().x"
    before = desk.page.evaluate(left)
    desk.press("ArrowRight")
    desk.press("ArrowRight")
    desk.page.wait_for_function(f"was => {left} > was", arg=before)


def test_typed_text_survives_esc_a_click_and_a_reload_until_it_is_thrown_away(desk, house):
    desk.line(4).locator(".gutter").click()
    desk.press("e")
    desk.page.keyboard.type(" ก")
    desk.press("Escape")
    assert texts(desk)[4] == "ลงชื่อ นายก ก"
    desk.line(0).locator(".gutter").click()
    desk.page.reload()
    desk.ready()
    expect(desk.line(4)).to_contain_class("draft")
    assert texts(desk)[4] == "ลงชื่อ นายก ก"
    desk.press("s")
    expect(desk.page.locator("#trouble")).to_contain_text("not saved")
    desk.line(4).locator(".gutter").click()
    desk.press("u")
    assert texts(desk)[4] == "ลงชื่อ นายก"
    assert not list(house.ws.ledger.records(kind="addition"))


def test_one_key_accepts_the_sure_ones_of_a_line_each_by_itself_and_undo_takes_all_back(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.sends("Shift+A")
    assert [desk.outcome(one) for one in (KATHU, PHUKET, YEAR)] == [
        Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.OPEN,
    ]  # fmt: skip
    assert decisions(house) == ["accept", "accept"]
    desk.sends("u")
    assert [desk.outcome(one) for one in (KATHU, PHUKET)] == [Outcome.OPEN, Outcome.OPEN]


def test_noise_and_a_line_are_taken_out_with_one_key_and_come_back(desk, house):
    desk.line(3).locator(".gutter").click()
    desk.sends("Delete")
    assert desk.outcome(NOISE) is Outcome.EDITED
    assert "|" not in page_state(house.ws, house.document, 1).shown_text
    desk.line(4).locator(".gutter").click()
    with desk.page.expect_response("**/texts"):
        desk.press("Shift+Delete")
    desk.recorded()
    assert "ลงชื่อ" not in page_state(house.ws, house.document, 1).shown_text
    desk.sends("u")
    assert page_state(house.ws, house.document, 1).shown_text.endswith("ลงชื่อ นายก")


def test_a_line_over_what_was_accepted_is_written_and_taken_back(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.sends("Shift+A")
    desk.press("e")
    desk.page.locator("textarea.writing").fill("ตำบลกะทุ้ จังหวัดภูเก็ต")
    with desk.page.expect_response("**/texts"):
        desk.press("Enter")
    desk.recorded()
    assert desk.outcome(KATHU) is Outcome.EDITED
    assert texts(desk)[1] == "ตำบลกะทุ้ จังหวัดภูเก็ต"
    desk.sends("u")
    assert desk.outcome(KATHU) is Outcome.ACCEPTED


def test_keys_that_come_while_something_is_saved_are_kept(desk, house):
    desk.page.route("**/decisions", lambda route: (desk.page.wait_for_timeout(250), route.continue_()))
    desk.line(1).locator(".gutter").click()
    for key in ("a", "r", "n", "a"):
        desk.press(key)
    desk.recorded()
    assert [desk.outcome(one) for one in (KATHU, PHUKET, YEAR)] == [
        Outcome.ACCEPTED, Outcome.REJECTED, Outcome.ACKNOWLEDGED,
    ]  # fmt: skip


def test_one_change_is_answered_by_a_change(desk):
    desk.line(1).locator(".gutter").click()
    with desk.page.expect_response("**/decisions") as answered:
        desk.press("a")
    body = answered.value.json()
    assert "page" not in body
    assert [one[0] for one in body["change"]["changed_lines"]] == []
    assert [one["id"] for one in body["change"]["changed_findings"]] == [KATHU.id]


def test_what_another_reader_read_is_taken_with_one_key(desk, house):
    other = desk.line(4).locator(".other")
    expect(other.locator("button")).to_have_text("ช")
    desk.line(4).locator(".gutter").click()
    with desk.page.expect_response("**/texts"):
        desk.press("y")
    desk.recorded()
    assert texts(desk)[4] == "ลงชื่อ นาชก"
    expect(other).to_have_count(0)


def test_the_least_sure_letters_are_shaded(desk):
    expect(desk.page.locator(".unsure")).to_have_text(["|", "|"])
    expect(desk.page.locator(".unsure").first).to_have_attribute("title", re.compile("probably wrong: [1-9]"))


def test_a_page_is_signed_when_the_lines_drawn_by_lot_were_passed(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.sends("Shift+A")
    for _ in range(2):
        desk.press("n")
        desk.sends("a")
    desk.press("s")
    drawn = page_sample(house)
    for _ in drawn:
        expect(desk.page.locator("#trouble")).to_contain_text("drawn by lot")
        desk.passes()
    expect(desk.page.locator("#signing-yes")).to_be_focused()
    expect(desk.page.locator("#signing-seen")).to_contain_text(f"{len(drawn)}/5")
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    assert {one["text_sha256"] for one in seen(house)} == {sha(AS_SHOWN[line]) for line in drawn}
    (looked,) = house.ws.ledger.records(kind="looked")
    assert looked.payload["lines"] == drawn


def page_sample(house):
    return [one["line"] for one in house.visitor().page(1)["sign"]["sample"]]


def test_a_page_with_findings_is_revoked_returned_and_answered_in_the_browser(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.sends("Shift+A")
    for _ in range(2):
        desk.press("n")
        desk.sends("a")
    for button, words in (("Return the page for rework", "ตรวจเลข"), ("Say that it is done", "ตรวจแล้ว")):
        desk.page.get_by_role("button", name=button).click()
        desk.page.keyboard.type(words)
        with desk.page.expect_response(lambda one: one.request.method == "POST"):
            desk.press("Enter")
        desk.recorded()
    assert page_state(house.ws, house.document, 1).stage is Stage.DECIDED
    for _ in range(len(page_sample(house)) + 1):
        desk.press("s")
        desk.passes()
        desk.recorded()
    expect(desk.page.locator("#stage")).to_have_text("signed")
    desk.page.reload()
    desk.page.get_by_role("button", name="Revoke the signature").click()
    desk.page.keyboard.type("ผิดหน้า")
    with desk.page.expect_response("**/revoke"):
        desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("decided, not signed")


def test_undo_of_a_doubt_or_an_inserted_line_leaves_the_rest_of_the_page_at_hand(desk, house):
    desk.line(1).locator(".gutter").click()
    desk.press("i")
    desk.page.keyboard.type("แทรก")
    with desk.page.expect_response("**/texts"):
        desk.press("Enter")
    desk.recorded()
    desk.sends("u")
    assert texts(desk) == AS_SHOWN
    desk.press("n")
    expect(desk.page.locator("#head")).to_contain_text("open")
    desk.sends("a")


def test_illegible_settles_the_finding_and_a_doubt_is_somebody_elses(desk, house):
    desk.line(2).locator(".gutter").click()
    with desk.page.expect_response("**/marks"):
        desk.press("x")
    desk.recorded()
    assert desk.outcome(YEAR) is Outcome.ACKNOWLEDGED
    desk.line(3).locator(".gutter").click()
    desk.press("d")
    desk.page.keyboard.type("ลายน้ำ")
    with desk.page.expect_response("**/marks"):
        desk.press("Enter")
    desk.recorded()
    mine = [
        one for one in house.visitor(at_the_terminal("สมชาย")).page(1)["findings"] if one["rule"] == "HUM003"
    ]
    theirs = [one for one in house.visitor().page(1)["findings"] if one["rule"] == "HUM003"]
    assert [one["todo"] for one in (*mine, *theirs)] == [False, True]


def test_keys_of_single_letters_can_be_switched_off_and_changed(desk, house):
    desk.press("?")
    desk.page.get_by_role("button", name="accept the proposal").click()
    desk.press("z")
    expect(desk.page.locator("#keys-said")).to_contain_text("Saved")
    desk.press("Escape")
    desk.press("a")
    desk.sends("z")
    assert decisions(house) == ["accept"]
    desk.press("?")
    desk.page.locator("#keys-on").uncheck()
    desk.press("Escape")
    desk.page.reload()
    desk.ready()
    desk.press("z")
    desk.press("r")
    desk.page.wait_for_timeout(300)
    assert decisions(house) == ["accept"]
    desk.line(0).locator(".gutter").click()
    desk.passes()
    expect(desk.line(1)).to_contain_class("current")


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 800), (1366, 768), (1920, 1080), (768, 1024), (390, 844)]
)
@pytest.mark.parametrize("language", ["en", "th"])
def test_nothing_is_cut_off(desk, width, height, language, house):
    desk.page.set_viewport_size({"width": width, "height": height})
    desk.page.goto(f"{desk.root}/documents/{house.document}/pages/1?lang={language}")
    desk.ready()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    panel = desk.page.locator("#finding").bounding_box()
    assert panel["x"] + panel["width"] <= width + 1
    assert panel["y"] + panel["height"] <= height + 1
    for button in desk.page.locator("#finding button:visible").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.9)
    cut = desk.page.evaluate(
        """() => [...document.querySelectorAll('.row-line .line, .chips-line, #finding .facts > *')]
             .filter(one => one.scrollWidth > one.clientWidth + 2).map(one => one.outerHTML.slice(0, 90))"""
    )
    assert cut == []


def test_a_page_that_could_not_be_read_is_written_beside_its_image_and_the_draft_is_kept(desk, house):
    scan = ROOT / "cli" / "sample" / "scan.pdf"
    house.document = house.ws.register_source(scan, scan.read_bytes(), "pdf", 5, (1,))
    house.fail(1)
    desk.open(1)
    expect(desk.page.locator("#sheet img")).to_be_visible()
    desk.press("i")
    desk.page.keyboard.type("ประกาศ")
    desk.press("Escape")
    desk.page.reload()
    desk.ready()
    desk.press("i")
    expect(desk.page.locator("#writer-text")).to_have_value("ประกาศ")
    image, field = (desk.page.locator(name).bounding_box() for name in ("#scan", "#writer-text"))
    assert image["x"] + image["width"] <= field["x"]
    with desk.page.expect_response("**/texts"):
        desk.press("Control+Enter")
    desk.recorded()
    assert page_state(house.ws, house.document, 1).shown_text == "ประกาศ"
    expect(desk.page.locator("#sheet img")).to_be_visible()
    assert desk.complaints == []


def test_a_page_that_was_left_out_says_why_and_is_taken_up_again(desk, house):
    house.source(1, name="ปก.pdf")
    house.fail(1)
    desk.open(1)
    desk.press("w")
    desk.page.keyboard.type("หน้าว่าง")
    with desk.page.expect_response("**/waiver"):
        desk.press("Enter")
    expect(desk.page.locator("#page-box")).to_contain_text("หน้าว่าง")
    desk.page.get_by_role("button", name="Take the page up again").click()
    with desk.page.expect_response("**/take-up"):
        desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("failed")


def test_who_comes_back_to_a_page_is_where_they_were(desk):
    desk.press("+")
    desk.line(2).locator(".gutter").click()
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.press("[")
    expect(desk.line(2)).to_contain_class("current")
    desk.page.reload()
    expect(desk.line(2)).to_contain_class("current")
    assert desk.page.locator("#sheet").evaluate("one => one.style.width") == "125%"
