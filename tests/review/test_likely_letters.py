"""What a letter may be in truth, and how long a line takes: what the station offers beside a line."""

from datetime import timedelta

import pytest

from ledger.history import read_page_history
from model.edit import Span
from model.thai import is_mark
from review.expected import expected_rest
from review.letters_passed import PassedLetter, letters_seen_by, record_letters
from review.likely_letters import MOST, likely_in, likely_letters
from review.pace import FEWEST, USUAL_LINE, Pace
from review.seen import PassedLine, record_seen
from review.shown_tag import tag_for
from review.state import page_state
from tests.review.house import FIRST, MALEE, SOMCHAI
from tests.workspace import samples


def test_of_a_digit_all_the_others_of_its_script_are_offered():
    for digits in ("๐๑๒๓๔๕๖๗๘๙", "0123456789"):
        for digit in digits:
            assert sorted(likely_letters()[digit] + digit) == list(digits)


def test_letters_are_offered_for_letters_and_marks_for_marks_the_likeliest_first():
    known = likely_letters()
    assert all(is_mark(one) == is_mark(letter) for letter, kin in known.items() for one in kin)
    assert all(letter not in kin and len(kin) <= MOST for letter, kin in known.items())
    assert set("คต") <= set(known["ด"][:4])
    assert known["่"][0] in "็้"


def test_only_what_stands_in_the_text_is_told():
    assert set(likely_in("กก ๑")) == {"ก", "๑"}


@pytest.fixture
def page(house):
    house.source(1)
    house.read(1, FIRST, samples.findings(FIRST))
    return house


def passes_line(house, milliseconds):
    tag = tag_for(house.ws, house.document, 1, SOMCHAI.account)(0, FIRST)
    line = PassedLine(0, FIRST, milliseconds, tag)
    record_seen(house.ws, house.document, 1, [line], SOMCHAI, how="browser")


def test_a_line_takes_as_long_as_lines_took_breaks_left_out(page):
    pace = Pace(page.ws.ledger)
    assert pace.line_seconds() == USUAL_LINE
    for _ in range(FEWEST - 1):
        passes_line(page, 3000)
    assert pace.line_seconds() == USUAL_LINE
    passes_line(page, 3000)
    for _ in range(FEWEST):
        passes_line(page, int(timedelta(minutes=50) / timedelta(milliseconds=1)))
    assert pace.line_seconds() == 3.0


def seen_letters(house):
    past = read_page_history(house.ws.ledger, house.document, 1)
    return letters_seen_by(page_state(house.ws, house.document, 1), past.letters_seen)


def test_letters_passed_on_a_sheet_are_expected_to_be_right_and_only_those_that_were_shown(page):
    state = page_state(page.ws, page.document, 1)
    tag = tag_for(page.ws, page.document, 1, SOMCHAI.account)
    spans = [Span(at, at + 1) for at in range(3)]
    letters = [PassedLetter(one, tag(one.start, FIRST[one.start])) for one in spans]
    wrong = PassedLetter(Span(5, 6), tag(6, FIRST[6]))
    assert record_letters(page.ws, page.document, 1, [*letters, wrong], SOMCHAI, how="browser") == 3
    assert record_letters(page.ws, page.document, 1, letters, MALEE, how="browser") == 0
    assert seen_letters(page) == frozenset(spans)
    before, after = expected_rest(state), expected_rest(state, (), seen_letters(page))
    assert before is not None
    assert after is not None
    assert after.letters == before.letters - 3
    page.read(1, FIRST + " ", samples.findings(FIRST + " "), run=2)
    assert seen_letters(page) == frozenset()
