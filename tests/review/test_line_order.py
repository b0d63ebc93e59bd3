"""Lines joined, parted and put in another order: each a record that replays, taken back like any other."""

import pytest

from audit.audit import audit
from ledger.history import read_history
from model.decision import WITH_ITS_LINE, Verdict
from model.errors import Outdated, UsageError
from model.state import Outcome
from review.add import add_text
from review.decide import DecisionRequest, accept, decide
from review.learn import lessons
from review.line_order import joined_lines, ordered_lines
from review.own_text import current_rows, edited_line, row_text
from review.state import page_state
from tests.review.house import MALEE, SOMCHAI
from tests.workspace import samples

TEXT = "ลำดับที่ ๓\nตำบลกระทู้ จังหวัดภูเก็ต\nลงชื่อ\nนายก"
KATHU = samples.proposal(TEXT, "กระทู้", "กะทู้")
LINES = TEXT.replace("กระทู้", "กะทู้").split("\n")


@pytest.fixture
def page(house):
    house.source(1)
    house.read(1, TEXT, samples.findings(TEXT, KATHU))
    return house


def state(house):
    return page_state(house.ws, house.document, 1)


def lines(house):
    return [row_text(row) for row in current_rows(state(house))]


def writes(house, drafts, who=SOMCHAI):
    return add_text(house.ws, house.document, 1, drafts, who, how="browser")


def order(house, first, was, *wanted):
    return writes(house, lambda now: (ordered_lines(now, first, was, "\n".join(wanted)),))


def test_joined_lines_are_one_row_and_part_again_when_that_is_taken_back(page):
    (made,) = writes(page, lambda now: joined_lines(now, 2, LINES[2:], "ลงชื่อนายก"))
    assert lines(page) == [*LINES[:2], "ลงชื่อนายก"]
    assert audit(page.ws).holds
    decide(page.ws, page.document, [DecisionRequest(made, Verdict.WITHDRAW)], SOMCHAI)
    assert lines(page) == LINES


def test_what_was_accepted_on_a_joined_line_stays_accepted(page):
    accept(page.ws, page.document, [KATHU.id], MALEE)
    writes(page, lambda now: joined_lines(now, 1, LINES[1:3], " ".join(LINES[1:3])))
    assert lines(page) == [LINES[0], "ตำบลกะทู้ จังหวัดภูเก็ต ลงชื่อ", LINES[3]]
    assert state(page).outcomes[KATHU.id] is Outcome.ACCEPTED


def test_a_line_is_parted_by_a_line_end_written_in_it(page):
    accept(page.ws, page.document, [KATHU.id], MALEE)
    writes(page, lambda now: edited_line(now, 1, LINES[1], "ตำบลกะทู้\nจังหวัดภูเก็ต"))
    assert state(page).shown_text.split("\n")[1:3] == ["ตำบลกะทู้", "จังหวัดภูเก็ต"]
    assert state(page).outcomes[KATHU.id] is Outcome.ACCEPTED


def test_lines_in_another_order_are_one_record_and_come_back_as_one(page):
    accept(page.ws, page.document, [KATHU.id], SOMCHAI)
    made = order(page, 0, LINES[:3], LINES[1], LINES[2], LINES[0])
    assert state(page).shown_text.split("\n") == [LINES[1], LINES[2], LINES[0], LINES[3]]
    assert audit(page.ws).holds
    again = [DecisionRequest(one, Verdict.ACCEPT if one == KATHU.id else Verdict.WITHDRAW) for one in made]
    decide(page.ws, page.document, again, SOMCHAI)
    assert lines(page) == LINES


def test_moving_a_line_says_nothing_against_what_was_accepted_on_it(page):
    accept(page.ws, page.document, [KATHU.id], SOMCHAI)
    order(page, 1, LINES[1:3], LINES[2], LINES[1])
    newest = read_history(page.ws.ledger, page.document).pages[1].by_finding[KATHU.id][-1]
    assert (newest.verdict, newest.how) == (Verdict.REJECT, WITH_ITS_LINE)
    learnt = lessons(page.ws)
    assert not [line for line in learnt.new if "กระทู้" in line]


def test_an_order_that_was_made_is_made_anew_in_the_same_place(page):
    accept(page.ws, page.document, [KATHU.id], SOMCHAI)
    (first,) = set(order(page, 2, LINES[2:], LINES[3], LINES[2]))
    block = f"{LINES[3]}\n{LINES[2]}"
    assert lines(page) == [*LINES[:2], block]
    order(page, 1, [LINES[1], block], LINES[3], LINES[1], LINES[2])
    assert state(page).shown_text.split("\n") == [LINES[0], LINES[3], LINES[1], LINES[2]]
    assert state(page).outcomes[first] is Outcome.REJECTED


def test_only_the_same_lines_are_put_in_order_and_none_on_which_something_is_open(page):
    with pytest.raises(UsageError, match="open"):
        order(page, 0, LINES[:2], LINES[1], LINES[0])
    with pytest.raises(UsageError, match="same lines"):
        order(page, 2, LINES[2:], "นายก", "ลงชื่อ ๑")
    with pytest.raises(UsageError, match="Nothing"):
        order(page, 2, LINES[2:], *LINES[2:])
    with pytest.raises(Outdated):
        order(page, 2, ["ลงชื่อ", "อื่น"], "อื่น", "ลงชื่อ")
    with pytest.raises(Outdated):
        writes(page, lambda now: joined_lines(now, 3, ["นายก"], "นายก"))
    with pytest.raises(Outdated):
        writes(page, lambda now: joined_lines(now, 3, ["นายก", "ลายมือชื่อ"], "นายก"))
    assert not list(page.ws.ledger.records(kind="addition"))
