"""Lines that somebody has passed: recorded only as they stand, told again only while they still read so."""

from dataclasses import replace

import pytest

from audit.audit import audit
from ledger.events.seeded import Seeded
from ledger.history import read_history
from model.errors import BadInput, NotAllowed
from model.seed import SeedOutcome
from model.user import Role
from review.add import add_text
from review.decide import reject
from review.own_text import edited_line
from review.requirements import require
from review.seen import (
    LEAST,
    LONGEST,
    READABLE,
    PassedLine,
    lines_hurried_by,
    lines_seen_by,
    record_seen,
)
from review.shown_tag import tag_for
from review.state import page_state
from review.users import add
from tests.review.house import MALEE, SOMCHAI
from tests.review.web_house import WebHouse, passed_line
from tests.workspace import samples

LINES = "องค์การบริหารส่วนตำบล\nกมลา อำเภอกระทู้"


@pytest.fixture
def page(house):
    house.source(1)
    house.read(1, LINES, samples.findings(LINES, samples.proposal(LINES, "กระทู้", "กะทู้")))
    return house


def seen_by(house, account=None):
    history = read_history(house.ws.ledger, house.document).pages[1]
    return sorted(lines_seen_by(page_state(house.ws, house.document, 1), history.seen, account))


def passes(house, *lines, who=SOMCHAI):
    return record_seen(
        house.ws, house.document, 1, [shown(house, who, *one) for one in lines], who, how="browser"
    )


def shown(house, who, line, text, milliseconds):
    """A line with the tag with which a server has shown it."""
    start = 0 if line == 0 else len(LINES.split("\n", maxsplit=1)[0]) + 1
    return PassedLine(
        start, text, milliseconds, tag_for(house.ws, house.document, 1, who.account)(start, text)
    )


def test_what_was_passed_is_told_of_who_passed_it(page):
    assert passes(page, (0, "องค์การบริหารส่วนตำบล", 1500), (1, "กมลา อำเภอกะทู้", 900)) == (0, 1)
    assert seen_by(page, SOMCHAI.account) == [0, 1]
    assert seen_by(page, MALEE.account) == []
    assert seen_by(page) == [0, 1]
    (record,) = page.ws.ledger.records(kind="seen")
    assert [line["milliseconds"] for line in record.payload["lines"]] == [1500, 900]


def test_a_line_that_reads_otherwise_by_now_was_not_seen(page):
    assert passes(page, (0, "อื่น", 1000), (7, "ไม่มี", 1000), (1, "กมลา อำเภอกะทู้", 1000)) == (1,)
    assert passes(page, (0, "อื่น", 1000)) == ()
    assert len(list(page.ws.ledger.records(kind="seen"))) == 1


def test_a_line_that_changes_afterwards_is_to_be_seen_again(page):
    passes(page, (0, "องค์การบริหารส่วนตำบล", 1000), (1, "กมลา อำเภอกะทู้", 1000))
    reject(page.ws, page.document, [samples.proposal(LINES, "กระทู้", "กะทู้").id], MALEE)
    assert seen_by(page) == [0]
    add_text(
        page.ws, page.document, 1,
        lambda state: edited_line(state, 0, "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนตำบล ๆ"), MALEE, how="browser",
    )  # fmt: skip
    assert seen_by(page) == []
    page.read(1, LINES + " ", samples.findings(LINES + " "), run=2)
    assert seen_by(page) == []


def test_nobody_looks_at_a_line_for_days(page):
    passes(page, (0, "องค์การบริหารส่วนตำบล", 10**9))
    (record,) = page.ws.ledger.records(kind="seen")
    assert record.payload["lines"][0]["milliseconds"] == LONGEST


def test_what_was_seen_changes_no_text_and_the_audit_holds(page):
    before = page_state(page.ws, page.document, 1)
    passes(page, (0, "องค์การบริหารส่วนตำบล", 1000))
    assert page_state(page.ws, page.document, 1) == before
    assert audit(page.ws).holds


def test_a_page_that_is_not_there_was_not_seen(page):
    with pytest.raises(BadInput):
        record_seen(page.ws, page.document, 9, [shown(page, SOMCHAI, 0, "ก", 1)], SOMCHAI, how="browser")


def test_where_there_are_users_only_reviewers_pass_lines(page):
    add(page.ws, "malee", "มาลี", {Role.ADMINISTRATOR, Role.AUDITOR}, None, MALEE, account=MALEE.account)
    with pytest.raises(NotAllowed):
        passes(page, (0, "องค์การบริหารส่วนตำบล", 1000), who=MALEE)
    assert not list(page.ws.ledger.records(kind="seen"))


def test_who_passes_a_letter_changed_on_purpose_has_missed_it_and_looks_at_the_line_again(tmp_path):
    text = "\n".join(["องค์การบริหารส่วนตำบลกมลา", "ประกาศสอบราคาจ้างก่อสร้าง", "ถนนคอนกรีตเสริมเหล็ก"] * 4)
    house = WebHouse(tmp_path)
    house.source(1)
    house.read(1, text, samples.findings(text))
    require(house.ws, "", SOMCHAI, seeds=500)
    visitor = house.visitor()
    shown = visitor.page()["lines"]
    true = text.split("\n")
    changed = next(index for index, one in enumerate(shown) if one["text"] != true[index])
    sound = next(index for index, one in enumerate(shown) if one["text"] == true[index])
    lines = [passed_line(shown[index]) for index in (changed, sound)]
    answer = visitor.post(f"/api/documents/{house.document}/pages/1/seen", {"lines": lines}).json()
    assert {one.event.outcome for one in house.ws.ledger.events(Seeded)} == {SeedOutcome.MISSED}
    now = answer["page"]["lines"]
    assert (now[changed]["text"], now[changed]["seen"], now[sound]["seen"]) == (true[changed], False, True)
    house.ws.close()


def test_a_line_that_was_never_shown_is_not_claimed_as_seen(page):
    one = shown(page, SOMCHAI, 0, "องค์การบริหารส่วนตำบล", 1000)
    for wrong in (replace(one, tag=""), replace(one, start=1), shown(page, MALEE, 0, one.text, 1000)):
        assert record_seen(page.ws, page.document, 1, [wrong], SOMCHAI, how="browser") == ()
    assert seen_by(page) == []
    assert record_seen(page.ws, page.document, 1, [one], SOMCHAI, how="browser") == (0,)


def test_a_browser_that_asks_for_no_page_passes_no_line(tmp_path):
    house = WebHouse(tmp_path)
    house.source(1)
    house.read(1, LINES, samples.findings(LINES))
    line = {
        "line": 0,
        "was": LINES.split("\n", maxsplit=1)[0],
        "milliseconds": 9000,
        "key": 0,
        "shown": "0" * 20,
    }
    address = f"/api/documents/{house.document}/pages/1/seen"
    answer = house.visitor().post(address, {"lines": [line]})
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")
    given = house.visitor().page()["lines"][0]
    assert house.visitor(MALEE).post(address, {"lines": [passed_line(given)]}).status_code == 422
    assert not list(house.ws.ledger.records(kind="seen"))
    assert house.visitor().post(address, {"lines": [passed_line(given)]}).status_code == 200
    house.ws.close()


def test_a_line_that_nobody_can_have_looked_at_is_not_passed(page):
    assert passes(page, (0, "องค์การบริหารส่วนตำบล", LEAST - 1)) == ()
    assert not list(page.ws.ledger.records(kind="seen"))
    assert passes(page, (0, "องค์การบริหารส่วนตำบล", LEAST)) == (0,)


def hurried(house, who=SOMCHAI):
    history = read_history(house.ws.ledger, house.document).pages[1]
    return sorted(lines_hurried_by(page_state(house.ws, house.document, 1), history.seen, who.account))


def test_a_line_is_hurried_while_all_times_of_one_person_are_too_short_to_read_it(page):
    first, second = LINES.split("\n")[:2]
    enough = 1000 * len(first) // READABLE
    passes(page, (0, first, enough - 100), (1, second, 5000))
    passes(page, (0, first, enough), who=MALEE)
    assert (hurried(page), hurried(page, MALEE)) == ([0], [])
    passes(page, (0, first, LEAST))
    assert hurried(page) == []
