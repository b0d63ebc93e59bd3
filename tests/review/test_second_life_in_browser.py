"""The second life of a published document before a browser that is open all the time: nothing in it is stale."""

import pytest
from playwright.sync_api import expect

from cli import app as cli
from ledger.events.page_read import PageRead
from model.decision import Verdict
from model.state import Stage
from reports.words import STAGES
from review.decide import DecisionRequest, accept_remaining, decide, edit
from review.publish import publish
from review.published import edition
from review.reanchor import reanchor
from review.rework import answer, return_page, revoke
from review.sign import sign
from review.state import document_state
from review.who import at_the_terminal
from tests.review.house import CHIANG_MAI, FIRST, MALEE, SECOND, SOMCHAI
from tests.review.web_desk import needs_chromium
from tests.second_life.readers import disagreements
from tests.workspace import samples

pytestmark = [pytest.mark.browser, pytest.mark.server, needs_chromium]

SPLIT = samples.proposal(FIRST, "กำแพง", "กําแพง")
LONGER = f"{SECOND} และเทศบาลตำบลกระทู้"


@pytest.fixture
def house(web_house):
    return web_house


def shown(desk, path):
    """What the open browser shows of a page of lists."""
    desk.page.goto(desk.root + path)
    return " ".join(desk.page.locator("main").text_content().split())


def fresh(desk, house, path):
    """What a server says that was started this moment."""
    given = house.visitor(at_the_terminal("สมชาย")).client.get(path, headers={"accept-language": "en-GB"})
    other = desk.page.context.new_page()
    other.set_content(given.text)
    found = " ".join(other.locator("main").text_content().split())
    other.close()
    return found


def nothing_is_stale(desk, house):
    """Queue, document and pages in the open browser are as a fresh process computes them."""
    for path in ("/", f"/documents/{house.document}"):
        assert shown(desk, path) == fresh(desk, house, path)
    for state in document_state(house.ws, house.document).pages:
        desk.open(state.number)
        expect(desk.page.locator("#stage")).to_have_text(STAGES[state.stage])
        lines = desk.page.locator("#text .line").all_text_contents()
        assert "\n".join(lines) == state.shown_text
    assert disagreements(house) == []


def examined(house, number, text, *found):
    """Another version of the program has examined the page as it was read."""
    entry = house.ws.ledger.newest(PageRead, document=house.document, page=number)
    house.examine(number, entry.event.blob, samples.findings(text, *found, ruleset="rules-2"), run=7)
    reanchor(house.ws.ledger, house.ws.store, house.document, number)


def published(house):
    """The published texts by page."""
    return {
        number: page.published.text for number, page in edition(house.ws, house.document).published.items()
    }


def test_whatever_happens_after_publishing_is_seen_in_the_browser_that_was_open_before(
    desk, house, capfd, monkeypatch, tmp_path
):
    ws, document = house.ws, house.document
    for who in (SOMCHAI, MALEE):
        accept_remaining(ws, document, who)
    sign(ws, document, MALEE)
    publish(ws)
    nothing_is_stale(desk, house)
    first = published(house)

    examined(house, 1, FIRST, SPLIT)
    nothing_is_stale(desk, house)
    assert published(house) == first

    house.read(2, LONGER, samples.findings(LONGER, samples.proposal(LONGER, "เชียงไหม่", "เชียงใหม่")), run=9)
    reanchor(ws.ledger, ws.store, document, 2)
    nothing_is_stale(desk, house)
    assert published(house) == first

    decide(ws, document, [DecisionRequest(f"1:{SPLIT.id}", Verdict.REJECT)], MALEE)
    for act in (
        lambda: revoke(ws, document, [1], "ลงนามผิดฉบับ", MALEE),
        lambda: return_page(ws, document, 2, "ขาดหนึ่งบรรทัด", SOMCHAI),
        lambda: answer(ws, document, 2, MALEE),
        lambda: accept_remaining(ws, document, MALEE),
        lambda: sign(ws, document, SOMCHAI),
        lambda: publish(ws),
    ):
        act()
        nothing_is_stale(desk, house)
    second = published(house)
    assert second[2].startswith("องค์การบริหารส่วนจังหวัดเชียงใหม่ และ")
    assert desk.complaints == []

    output = tmp_path / "out.txt"
    monkeypatch.setattr("sys.argv", ["chamra", "export", document, "-w", str(ws.path), "--format", "text",
                                     "-o", str(output)])  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0, capfd.readouterr().err
    assert output.read_text("utf-8").split("\f") == [second[1], second[2]]


def test_who_acts_on_a_page_that_was_read_anew_meanwhile_is_told_and_nothing_is_recorded(desk, house):
    desk.open(2)
    desk.looks_at("เชียงใหม่")
    house.read(2, LONGER, samples.findings(LONGER, samples.proposal(LONGER, "กระทู้", "กะทู้")), run=9)
    before = house.ws.ledger.head().seq
    with desk.page.expect_response("**/decisions") as answered:
        desk.press("a")
    assert 400 <= answered.value.status < 500
    expect(desk.page.locator("#trouble")).not_to_be_empty()
    assert house.ws.ledger.head().seq == before
    desk.open(2)
    desk.looks_at("กะทู้")
    assert disagreements(house) == []


def test_who_signs_while_another_revokes_and_edits_is_told(desk, house):
    desk.open(2)
    desk.sends("a")
    desk.press("s")
    expect(desk.page.locator("#signing-text")).to_contain_text("เชียงใหม่")
    edit(house.ws, house.document, f"2:{CHIANG_MAI.id}", "เชียงราย", MALEE)
    before = house.ws.ledger.head().seq
    desk.press("Enter")
    expect(desk.page.locator("#trouble")).not_to_be_empty()
    assert house.ws.ledger.head().seq == before
    assert document_state(house.ws, house.document).pages[1].stage is Stage.WAITING
    assert disagreements(house) == []
