"""The review page as a reviewer uses it: in Debian's Chromium, with the keyboard alone."""

import pytest
from playwright.sync_api import Route, expect

from model.decision import Verdict
from model.state import Outcome, Stage
from review.decide import DecisionRequest, decide, edit
from review.state import document_state, page_state
from tests.review.house import CHIANG_MAI, KATHU, MALEE, SARA_AM, SATUN, YEAR
from tests.review.web_desk import Desk, decisions, needs_chromium, opens_signing
from tests.workspace import samples

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def house(web_house):
    return web_house


def test_a_document_is_decided_and_signed_with_the_keyboard_alone(desk, house):
    desk.looks_at("กะทู้")
    desk.sends("a")
    desk.looks_at("สตูล")
    desk.sends("r")
    desk.looks_at("๒๕๕๕")
    desk.press("e")
    desk.page.keyboard.type("๒๕๔๘")
    desk.press("Enter")
    desk.recorded()
    opens_signing(desk.page)
    expect(desk.page.locator("#signing-text")).to_have_text("เทศบาลตำบลกะทู้ ต.กำแพง อ.ละงู จ.ภูเก็ต พ.ศ. ๒๕๔๘")
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    desk.press("n")
    desk.page.wait_for_url("**/pages/2")
    desk.ready()
    desk.looks_at("เชียงใหม่")
    desk.sends("a")
    opens_signing(desk.page)
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    pages = document_state(house.ws, house.document).pages
    assert [page.stage for page in pages] == [Stage.SIGNED, Stage.SIGNED]
    assert [desk.outcome(one) for one in (KATHU, SATUN, YEAR)] == [
        Outcome.ACCEPTED, Outcome.REJECTED, Outcome.EDITED,
    ]  # fmt: skip
    assert desk.complaints == []


class Held:
    """Requests to addresses of a pattern, answered when it is said; in order."""

    def __init__(self, desk, pattern):
        self._desk = desk
        self._routes: list[Route] = []
        desk.page.route(pattern, lambda route: self._routes.append(route))  # noqa: PLW0108  a builtin is refused

    def waits(self):
        """Wait until one is held."""
        while not self._routes:
            self._desk.page.wait_for_timeout(20)

    def asks(self):
        """Have the server answer the first, and keep its answer; gives what hands it on."""
        self.waits()
        route = self._routes.pop(0)
        answer = route.fetch()
        return lambda: route.fulfill(response=answer)


def test_a_page_that_was_asked_for_before_a_decision_and_comes_behind_its_answer_is_not_shown(desk):
    desk.page.wait_for_load_state("networkidle")  # the second page is fetched ahead
    again = Held(desk, "**/api/**/pages/2")
    desk.press("]")
    hand_on = again.asks()
    desk.looks_at("เชียงใหม่")
    desk.sends("a")
    with desk.page.expect_response("**/api/**/pages/2"):
        hand_on()
    desk.press("s")
    expect(desk.page.locator("#signing-text")).to_be_visible()


def test_what_is_pressed_while_the_page_is_loaded_anew_is_done_on_the_new_one(desk, house):
    desk.page.wait_for_load_state("networkidle")
    decide(house.ws, house.document, [DecisionRequest(f"1:{KATHU.id}", Verdict.ACCEPT)], MALEE)
    again, decisions = Held(desk, "**/api/**/pages/2"), Held(desk, "**/decisions")
    desk.press("]")
    hand_on = again.asks()
    desk.looks_at("เชียงใหม่")
    desk.press("a")
    recorded = decisions.asks()
    with desk.page.expect_response("**/api/**/pages/2"):
        hand_on()
    recorded()  # what has changed of another page than the one that is shown by now
    again.waits()
    desk.press("s")
    again.asks()()
    expect(desk.page.locator("#signing-text")).to_be_visible()


def test_what_waits_for_a_second_person_is_not_counted_as_to_be_decided_by_who_signs(desk):
    desk.press("s")
    expect(desk.page.locator("#trouble")).to_contain_text("To decide: 3")
    desk.press("Escape")
    for left in ("2", "1", "0"):
        desk.sends("a")
        expect(desk.page.locator("#page-box")).to_contain_text(f"To decide: {left}")
    desk.press("s")
    expect(desk.page.locator("#trouble")).to_contain_text("Wait for a second person: 1")
    expect(desk.page.locator("#trouble")).not_to_contain_text("To decide")


def test_a_text_that_has_changed_since_it_was_shown_is_not_signed_and_is_shown_as_it_is_now(desk, house):
    desk.open(2)
    desk.looks_at("เชียงใหม่")
    desk.sends("a")
    desk.press("s")
    expect(desk.page.locator("#signing-text")).to_contain_text("เชียงใหม่")
    withdrawn = [DecisionRequest(CHIANG_MAI.id, Verdict.WITHDRAW)]
    decide(house.ws, house.document, withdrawn, account_of(house))
    edit(house.ws, house.document, CHIANG_MAI.id, "เชียงราย", MALEE)
    desk.press("Enter")
    expect(desk.page.locator("#trouble")).to_contain_text("The text has changed since it was shown to you.")
    expect(desk.page.locator("#text")).to_contain_text("เชียงราย")
    assert page_state(house.ws, house.document, 2).stage is Stage.DECIDED
    assert not list(house.ws.ledger.records(kind=("signoff", "looked")))
    desk.press("s")
    expect(desk.page.locator("#signing-text")).to_contain_text("เชียงราย")
    desk.press("Enter")
    expect(desk.page.locator("#stage")).to_have_text("signed")
    (refused, *others) = desk.complaints
    assert "409" in refused
    assert others == []


def account_of(house):
    """Who sits at the desk."""
    return page_state(house.ws, house.document, 2).decisions[CHIANG_MAI.id][-1].who


def test_an_alternative_is_taken_by_its_number(desk):
    desk.sends("2")
    assert desk.outcome(KATHU) is Outcome.EDITED
    state = page_state(desk.house.ws, desk.house.document, 1)
    assert state.decisions[KATHU.id][-1].after == "กะทู"
    desk.press("9")
    assert len(decisions(desk.house)) == 1


def test_the_bar_of_a_confidence_is_as_long_as_it_is_sure(desk):
    desk.page.locator("#why > summary").click()
    bar = desk.page.locator(".meter")
    whole, part = bar.bounding_box()["width"], bar.locator("span").bounding_box()["width"]
    assert part == pytest.approx(whole * KATHU.confidence, abs=1)
    assert part < whole - 1


def test_undo_goes_back_step_by_step(desk, house):
    desk.sends("a")
    desk.press("k")
    desk.looks_at("กะทู้")
    desk.sends("r")
    desk.sends("u")
    assert desk.outcome(KATHU) is Outcome.ACCEPTED
    desk.looks_at("กะทู้")
    desk.sends("u")
    assert desk.outcome(KATHU) is Outcome.OPEN
    desk.press("u")
    expect(desk.page.locator("#announce")).to_contain_text("Nothing of this session")
    assert decisions(house) == ["accept", "reject", "accept", "withdraw"]


def test_undo_reaches_back_to_another_page(desk):
    desk.sends("a")
    desk.open(2)
    desk.press("u")
    desk.page.wait_for_url("**/pages/1")
    desk.looks_at("กะทู้")
    desk.recorded()
    assert desk.outcome(KATHU) is Outcome.OPEN


def test_moving_about_decides_nothing(desk, house):
    for key in [
        "j",
        "j",
        "k",
        "ArrowDown",
        "ArrowUp",
        "n",
        "n",
        "v",
        "j",
        "k",
        "t",
        "t",
        "+",
        "-",
        "0",
        "Shift+ArrowRight",
    ]:
        desk.press(key)
    desk.press("]")
    desk.page.wait_for_url("**/pages/2")
    desk.ready()
    desk.press("[")
    desk.page.wait_for_url("**/pages/1")
    desk.ready()
    desk.press("q")
    desk.page.wait_for_url(f"**/documents/{house.document}")
    assert decisions(house) == []
    assert desk.complaints == []


def test_safe_changes_are_passed_over_unless_asked_for(desk):
    desk.press("k")
    desk.looks_at("กะทู้")
    desk.press("v")
    desk.press("k")
    desk.looks_at("ตำ")
    desk.sends("r")
    assert desk.outcome(SARA_AM) is Outcome.REJECTED


def synthetic(desk, selector, **event):
    desk.page.evaluate(
        """([selector, event]) => document.querySelector(selector)
             .dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...event}))""",
        [selector, event],
    )


def test_keys_are_known_by_their_place_on_a_thai_layout(desk):
    with desk.page.expect_response("**/decisions"):
        synthetic(desk, "#lines", key="ฟ", code="KeyA")
    desk.looks_at("สตูล")
    desk.press("k")
    with desk.page.expect_response("**/decisions"):
        synthetic(desk, "#lines", key="ๅ", code="Digit1")
    desk.recorded()
    assert desk.outcome(KATHU) is Outcome.EDITED
    synthetic(desk, "#lines", key="ฦ", code="Slash", shiftKey=True)
    expect(desk.page.locator("#keys")).to_be_visible()


def test_an_input_method_is_left_alone_while_it_composes(desk, house):
    desk.press("e")
    desk.page.locator("textarea.writing").fill("กะทุ")
    synthetic(desk, "textarea.writing", key="Enter", code="Enter", isComposing=True)
    synthetic(desk, "textarea.writing", key="Process", code="KeyA", keyCode=229)
    expect(desk.page.locator("textarea.writing")).to_be_visible()
    desk.press("Escape")
    expect(desk.page.locator("textarea.writing")).to_have_count(0)
    synthetic(desk, "#lines", key="a", code="KeyA", isComposing=True)
    assert decisions(house) == []


def test_letters_typed_into_a_field_decide_nothing_and_the_reason_goes_on_record(desk, house):
    desk.press("c")
    desk.page.keyboard.type("area r")
    desk.press("Enter")
    assert decisions(house) == []
    desk.sends("a")
    (record,) = house.ws.ledger.records(kind="decision")
    assert record.payload["note"] == "area r"
    expect(desk.page.locator("#remark")).to_have_value("")


def test_a_key_that_is_held_down_decides_once(desk, house):
    with desk.page.expect_response("**/decisions"):
        desk.page.keyboard.down("a")
    for _ in range(5):
        desk.page.keyboard.down("a")
    desk.looks_at("สตูล")
    desk.page.keyboard.up("a")
    assert decisions(house) == ["accept"]


def test_focus_is_never_lost(desk):
    for key in ("a", "r"):
        desk.sends(key)
        expect(desk.page.locator("#lines")).to_be_focused()
    desk.press("?")
    desk.press("Escape")
    expect(desk.page.locator("#lines")).to_be_focused()
    desk.press("e")
    desk.press("Escape")
    expect(desk.page.locator("#lines")).to_be_focused()


def test_hostile_text_stays_text(browser, server, house):
    hostile = '<img src=x onerror="document.title=1">'
    house.source(1, name="ก.pdf")
    house.read(1, hostile, samples.findings(hostile, samples.proposal(hostile, "x", "<b>y</b>")))
    desk = Desk(browser, server, house)
    desk.looks_at("<b>y</b>")
    assert desk.page.locator("#review img[onerror]").count() == 0
    expect(desk.page.locator("#text")).to_contain_text("<img src=<b>y</b> onerror")
    assert desk.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_hangs_over_the_edge_and_every_button_can_be_reached(browser, server, house, width):
    desk = Desk(browser, server, house, width)
    places = ["", f"/documents/{house.document}", f"/documents/{house.document}/pages/1"]
    for place in places:
        desk.page.goto(desk.root + place)
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    desk.ready()
    for name in ("accept", "reject", "edit", "pass"):
        expect(desk.page.locator(f"#{name}")).to_be_in_viewport(ratio=0.9)
    for button in desk.page.locator("#finding button:visible").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.9)
    expect(desk.line(0).locator(".ink")).to_be_in_viewport()
    assert desk.complaints == []


def test_everything_that_can_be_used_has_a_name(desk):
    nameless = desk.page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input, textarea, select, [tabindex="0"]')]
             .filter(e => !['aria-label', 'aria-labelledby'].some(name => e.getAttribute(name)))
             .filter(e => !e.textContent.trim() && !e.labels?.length)
             .map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert desk.page.locator("main").count() == 1
    assert desk.page.locator("h1").count() == 1


def test_what_is_open_for_nobody_else_is_found_again(desk):
    desk.press("n")
    desk.looks_at("สตูล")
    desk.sends("a")
    assert desk.outcome(SATUN) is Outcome.SECOND
    desk.looks_at("กะทู้")
    desk.sends("a")
    desk.looks_at("๒๕๕๕")
    desk.sends("a")
    expect(desk.page.locator("#head")).to_contain_text("Nothing is open on this line")
    assert desk.outcome(CHIANG_MAI, 2) is Outcome.OPEN
