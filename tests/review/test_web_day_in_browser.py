"""A reviewer's day besides deciding: lists that follow, ways that do not end, and nothing that startles."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from ledger.events.page_read import PageRead
from model.edit import Edit, Span
from model.state import Outcome
from review.state import page_state
from tests.review.station_page import AS_SHOWN, KATHU, NOISE, PHUKET, TEXT, YEAR, furnished
from tests.review.web_desk import Desk, needs_chromium, opens_signing
from tests.workspace import samples

pytestmark = [pytest.mark.browser, needs_chromium]

ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}")
HEX = re.compile(r"[0-9a-f]{12}|`")


@pytest.fixture
def house(web_house):
    return furnished(web_house)


@pytest.fixture
def desk(browser, server, house):
    return Desk(browser, server, house)


def lit(desk, index):
    desk.line(index).locator(".gutter").click()


def decides_all(desk):
    lit(desk, 1)
    desk.sends("Shift+A")
    for _ in range(2):
        desk.press("n")
        desk.sends("a")


def says(desk, button, words):
    """Press a button that asks for words, give them, and wait until that is on record."""
    desk.page.get_by_role("button", name=button).click()
    desk.page.keyboard.type(words)
    with desk.page.expect_response(lambda one: one.request.method == "POST"):
        desk.press("Enter")
    desk.recorded()


def chip(desk, house, number):
    """The state of a page as the document's list has it now."""
    desk.page.goto(f"{desk.root}/documents/{house.document}")
    return desk.page.locator("tbody tr").nth(number - 1).locator(".chip").first


def test_the_lists_follow_a_signature_its_revocation_a_return_a_doubt_and_own_text(desk, house):
    decides_all(desk)
    opens_signing(desk.page)
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    expect(chip(desk, house, 1)).to_have_text("signed")
    desk.open(1)
    says(desk, "Revoke the signature", "ผิดหน้า")
    expect(chip(desk, house, 1)).to_have_text("decided, not signed")
    desk.open(1)
    says(desk, "Return the page for rework", "ตรวจเลข")
    desk.page.reload()
    desk.ready()
    expect(desk.page.locator("#page-box")).to_contain_text("ตรวจเลข")
    expect(chip(desk, house, 1)).to_have_text("waiting for review")
    desk.page.goto(f"{desk.root}/?stage=waiting")
    expect(desk.page.locator("main")).to_contain_text("แถว.pdf")
    desk.open(1)
    says(desk, "Say that it is done", "ตรวจแล้ว")
    expect(chip(desk, house, 1)).to_have_text("decided, not signed")
    desk.open(1)
    desk.line(3).locator(".finding-chip").first.click()
    desk.press("d")
    desk.page.keyboard.type("ตราประทับ")
    with desk.page.expect_response("**/marks"):
        desk.press("Enter")
    expect(chip(desk, house, 1)).to_have_text("waiting for review")
    assert desk.complaints == []


def test_a_page_without_text_is_returned_too(desk, house):
    house.source(1, "ว่าง.pdf")
    house.read(1, "", samples.findings(""))
    desk.open(1)
    says(desk, "Return the page for rework", "ไม่ว่าง")
    expect(desk.page.locator("#page-box")).to_contain_text("ไม่ว่าง")
    expect(chip(desk, house, 1)).to_have_text("waiting for review")


def test_after_signing_next_leads_to_the_clean_page_and_then_to_the_list(desk):
    decides_all(desk)
    opens_signing(desk.page)
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    desk.press("n")
    desk.page.wait_for_url("**/pages/2")
    desk.ready()
    opens_signing(desk.page)
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    desk.press("n")
    desk.page.wait_for_url(lambda address: "/pages/" not in address or "/pages/2" not in address)
    assert desk.complaints == []


def test_what_was_taken_back_leaves_the_like_cases_within_reach(desk):
    lit(desk, 2)
    with desk.page.expect_response("**/marks"):
        desk.press("x")
    desk.recorded()
    desk.sends("u")
    lit(desk, 1)
    desk.looks_at("กะ")
    desk.press("g")
    desk.page.wait_for_url(f"**/alike/{KATHU.id}")
    expect(desk.page.locator("input[type=checkbox]")).not_to_have_count(0)


def test_typed_text_survives_another_page_and_the_browsers_back(desk):
    lit(desk, 4)
    desk.press("e")
    desk.page.keyboard.type(" ก")
    desk.press("Escape")
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.ready()
    desk.page.go_back()
    desk.ready()
    expect(desk.line(4).locator(".line:not(.writing)")).to_have_text("ลงชื่อ นายก ก")


def test_why_a_page_cannot_be_signed_is_said_in_words(desk):
    desk.press("s")
    trouble = desk.page.locator("#trouble")
    expect(trouble).to_contain_text("To decide: 4")
    assert not HEX.search(trouble.inner_text())


def test_a_line_from_which_all_is_taken_out_goes(desk, house):
    lit(desk, 4)
    desk.press("e")
    desk.press("Control+A")
    desk.press("Backspace")
    with desk.page.expect_response("**/texts"):
        desk.press("Enter")
    desk.recorded()
    assert "ลงชื่อ" not in page_state(house.ws, house.document, 1).shown_text


def test_what_is_missing_is_marked_where_it_is_missing_and_not_over_its_neighbours(desk, house):
    longer = Edit(Span(8, 9), TEXT[8], f"{TEXT[8]}ง")
    found = replace(KATHU, id="9" * 16, edit=longer)
    read = house.ws.ledger.newest(PageRead, document=house.document, page=1)
    house.examine(1, read.event.blob, samples.findings(TEXT, found, PHUKET, YEAR, NOISE), run=8)
    desk.page.reload()
    desk.ready()
    lit(desk, 0)
    mark = desk.page.locator(".ink > .lit")
    expect(mark).to_have_count(1)
    letter = 30 / (0.62 * 2480) * desk.line(0).locator(".ink").bounding_box()["width"]
    assert mark.bounding_box()["width"] < 3 * letter


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1280, 800), (1366, 768)])
def test_writing_and_a_remark_leave_everything_in_view(desk, width, height):
    desk.page.set_viewport_size({"width": width, "height": height})
    lit(desk, 2)
    desk.press("c")
    desk.page.keyboard.type("เลขปี")
    desk.press("Enter")
    desk.sends("a")
    lit(desk, 1)
    assert desk.page.locator("#finding").evaluate("one => one.scrollTop") == 0
    expect(desk.page.locator("#change")).to_be_in_viewport()
    desk.press("e")
    expect(desk.page.locator("textarea.writing")).to_be_in_viewport(ratio=0.95)
    desk.press("Escape")
    desk.press("?")
    expect(desk.page.locator("#keys h2")).to_be_in_viewport()
    assert desk.page.locator("#key-list").evaluate("one => one.scrollTop") == 0


def test_a_long_line_is_written_whole_on_a_phone_under_its_image(desk, house):
    long = "สำนักงานเทศบาลขอประกาศรายชื่อผู้มีสิทธิได้รับเบี้ยยังชีพผู้สูงอายุประจำปีงบประมาณ"
    house.read(2, long, samples.findings(long), run=6)
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open(2)
    lit(desk, 0)
    desk.press("e")
    field = desk.page.locator("textarea.writing")
    expect(field).to_be_in_viewport(ratio=0.95)
    assert field.evaluate("one => one.scrollHeight - one.clientHeight") <= 1
    assert field.evaluate("one => one.clientHeight") > 45  # two lines
    desk.press("Escape")
    for name in ("alike", "least_sure", "safe", "next_finding", "previous_finding", "next_letter"):
        button = desk.page.locator(f"button[data-command={name}], a[data-command={name}]").first
        if not button.is_visible():
            desk.page.locator("#further summary").click()
        expect(desk.page.locator(f"[data-command={name}]")).to_have_count(1)


def test_a_double_click_on_a_word_writes_there_and_opens_nothing(desk):
    desk.line(4).locator(".line").dblclick()
    expect(desk.page.locator("textarea.writing")).to_be_focused()
    assert desk.page.locator("dialog[open]").count() == 0


def test_a_thai_page_says_nothing_in_english(desk, house):
    desk.page.goto(f"{desk.root}/documents/{house.document}/pages/1?lang=th")
    desk.ready()
    desk.press("s")
    expect(desk.page.locator("#trouble")).not_to_be_empty()
    said = []
    for index in range(len(AS_SHOWN)):
        lit(desk, index)
        if desk.page.locator("#why > summary").is_visible():
            desk.page.locator("#why").evaluate("one => { one.open = true; }")
        said.append(desk.page.locator("main").inner_text())
    desk.press("?")
    said.append(desk.page.locator("#keys").inner_text())
    desk.page.goto(f"{desk.root}/nothing")
    said.append(desk.page.locator("body").inner_text())
    assert [found[0] for one in said if (found := ENGLISH.search(one))] == []


def test_an_address_that_is_not_there_is_a_page_that_leads_back(desk):
    desk.page.goto(f"{desk.root}/nothing")
    expect(desk.page.locator("h1")).to_be_visible()
    desk.press("q")
    desk.page.wait_for_url(f"{desk.root}/")
    expect(desk.page.locator(".queue, main").first).to_contain_text("แถว.pdf")


def test_a_queue_of_many_documents_is_gone_through_in_sheets(desk, house):
    for number in range(55):
        house.source(1, name=f"{number}.pdf")
    desk.page.goto(desk.root)
    further = desk.page.locator("nav.sheets a, .sheets a").last
    further.click()
    desk.page.wait_for_url("**sheet=2**")
    expect(desk.page.locator("main")).to_contain_text("54.pdf")


def test_every_place_of_a_word_is_a_link_to_its_line(desk, house):
    text = "ประกาศ\nต ำบล กระทู้\nและตำบล กะทู้"
    house.read(2, text, samples.findings(text), run=9)
    for _ in range(20):
        desk.page.goto(f"{desk.root}/?q=ตำบล")
        if desk.page.locator(".hit[href*='/pages/2']").count() == 2:
            break
        desk.page.wait_for_timeout(500)
    hits = desk.page.locator(".hit[href*='/pages/2']")
    expect(hits).to_have_count(2)
    expect(hits.first).to_contain_text("ต ำบล กระทู้")
    hits.nth(1).click()
    desk.page.wait_for_url("**/pages/2#row-2")
    expect(desk.line(2)).to_contain_class("current")


def test_what_was_rejected_accepted_and_is_open_differs_by_more_than_colour(desk):
    lit(desk, 1)
    desk.sends("a")
    desk.sends("r")
    signs = [desk.line(row).locator(".finding-chip .sign").all_inner_texts() for row in (1, 2)]
    assert len({*signs[0], *signs[1]}) == 3
    assert desk.outcome(KATHU) is Outcome.ACCEPTED
