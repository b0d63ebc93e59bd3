"""A page that could not be read is asked for in the browser: on record, read by the next run or beside the server."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from audit.audit import audit
from ledger.events.page_failed import PageFailed
from ledger.events.reading_asked import ReadingAsked
from ledger.history import read_page_history
from model.errors import NotAllowed, UsageError
from model.state import Stage
from model.user import Role
from pipeline.retry import read_asked_for
from pipeline.run import open_run
from pipeline.settled import left_to_do
from review.decide import waive
from review.rework import ask_reading, pages_asked_for
from review.state import page_state
from review.users import add
from tests.review.house import MALEE, SOMCHAI
from tests.review.web_desk import Desk, needs_chromium
from tests.review.web_server import ROOT

SCAN = ROOT / "cli" / "sample" / "scan.pdf"


@pytest.fixture
def failed(web_house):
    """A scan one page of which could not be read, whatever was tried."""
    web_house.document = web_house.ws.register_source(SCAN, SCAN.read_bytes(), "pdf", 5, (1, 2))
    for number in (1, 2):
        web_house.fail(number, "the page is damaged")
    return web_house


def asked(house, number=1):
    return read_page_history(house.ws.ledger, house.document, number).reading_asked


def test_the_wish_is_on_record_once_until_somebody_has_tried(failed):
    assert ask_reading(failed.ws, failed.document, 1, SOMCHAI) == (failed.ws.ledger.head().seq,)
    assert ask_reading(failed.ws, failed.document, 1, MALEE) == ()
    assert dict(pages_asked_for(failed.ws)) == {failed.document: (1,)}
    assert asked(failed).event.who == SOMCHAI
    failed.fail(1, "the page is damaged")
    assert asked(failed) is None
    assert len(list(failed.ws.ledger.events(PageFailed))) == 3, "the same reason again answers the wish"
    assert ask_reading(failed.ws, failed.document, 1, MALEE)
    assert audit(failed.ws).holds


def test_a_page_that_was_read_or_is_left_out_is_not_asked_for(failed):
    waive(failed.ws, failed.document, 1, "ปกเปล่า", SOMCHAI)
    failed.read(2, "ข้อความ")
    for number in (1, 2):
        with pytest.raises(UsageError, match="does not wait to be read"):
            ask_reading(failed.ws, failed.document, number, SOMCHAI)
    assert not pages_asked_for(failed.ws)


def test_where_there_are_users_reviewers_ask(failed):
    add(failed.ws, "malee", "มาลี", {Role.ADMINISTRATOR, Role.AUDITOR}, None, MALEE, account=MALEE.account)
    with pytest.raises(NotAllowed):
        ask_reading(failed.ws, failed.document, 1, MALEE)


def test_the_inbox_has_something_to_do_for_a_file_of_which_a_page_is_asked_for(failed):
    def left():
        return left_to_do(failed.ws.ledger, failed.document, lambda: datetime(2099, 1, 1, tzinfo=UTC))

    for _ in range(2):
        for number in (1, 2):
            failed.fail(number, "damaged for good")
        assert not left().now
        ask_reading(failed.ws, failed.document, 2, SOMCHAI)
        assert left().now


@pytest.mark.tesseract
def test_a_run_reads_what_is_asked_for_and_no_other_page(failed):
    ask_reading(failed.ws, failed.document, 1, SOMCHAI)
    with open_run(failed.ws, "auto") as run:
        (document,) = read_asked_for(run)["documents"]
    assert [page["number"] for page in document["pages"]] == [1]
    stages = [page_state(failed.ws, failed.document, number).stage for number in (1, 2)]
    assert stages == [Stage.WAITING, Stage.FAILED]
    assert asked(failed) is None


@pytest.mark.tesseract
@pytest.mark.browser
@needs_chromium
def test_in_the_browser_a_page_is_read_again_beside_the_server_and_shown(browser, server, failed):
    desk = Desk(browser, server, failed)
    desk.open(1)
    expect(desk.page.locator("#stage")).to_have_text("failed")
    with desk.page.expect_response("**/read-again"):
        desk.page.get_by_role("button", name="Read it again").click()
    expect(desk.page.locator("#page-box")).to_contain_text("To be read again, asked for by สมชาย")
    expect(desk.page.get_by_role("button", name="Read it again")).to_have_count(0)
    expect(desk.line(0)).to_contain_class("row-line", timeout=120_000)
    expect(desk.page.locator("#stage")).to_have_text("waiting for review")
    expect(desk.page.locator("#text .row-line.current")).to_have_count(1)
    (record,) = failed.ws.ledger.events(ReadingAsked)
    assert (record.event.page, record.event.how) == (1, "browser")
    assert page_state(failed.ws, failed.document, 2).stage is Stage.FAILED
    assert desk.complaints == []
