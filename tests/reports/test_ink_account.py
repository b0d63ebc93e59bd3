"""What reports say of a page's ink: one number, and the places that it leaves open."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from model.account import Account, InkKind, InkPlace, UnseenKind, UnseenPlace
from model.box import Box
from model.edit import Flag, Span
from model.evidence import Evidence, EvidenceKind
from model.publication import Edition
from model.state import Outcome
from reports.diff import render_diff
from reports.diff_view import page_view
from reports.ink_account import account_words, ink_boxes
from reports.status import show_status, status_object
from tests.reports.sample_document import sample

FAR = Box(40, 1500, 400, 1560)
LOST = InkPlace(InkKind.TEXT, FAR, 3, 0)
UNSEEN = UnseenPlace(UnseenKind.NO_INK, Span(0, 2), None)
OPEN = Account(True, 9999, (LOST,), (), (UNSEEN,))


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (None, ""),
        (Account(False, 0), "the reader says nowhere where its letters stand: the ink was not held against them"),
        (Account(True, 0), "there is no ink like letters"),
        (Account(True, 900), "100.00 % of the ink is in the text"),
        (Account(True, 999_999, (LOST,)), "99.99 % of the ink is in the text; 1 place is not"),
        (Account(True, 97, (LOST, LOST)), "94.17 % of the ink is in the text; 2 places are not"),
        (
            Account(True, 9, (), (), (UNSEEN,)),
            "100.00 % of the ink is in the text; letters of 1 place the page does not bear out",
        ),
    ],
)  # fmt: skip
def test_the_account_of_a_page_is_one_number_and_all_but_everything_is_not_everything(account, said):
    assert account_words(account) == said


def test_the_number_is_said_in_thai_too():
    assert account_words(Account(True, 97, (LOST, LOST)), "th") == "หมึก 94.17 % อยู่ในข้อความ อีก 2 แห่งไม่อยู่"


def with_lost_ink():
    """The sample document, with ink far from the first line of its first page that is not in the text."""
    state, images = sample()
    first = state.pages[0]
    assert first.page is not None
    assert first.findings is not None
    evidence = Evidence(EvidenceKind.INK_AT, (FAR.left, FAR.top, FAR.right, FAR.bottom))
    flag = Flag("f" * 16, "INK001", Span(0, 1), "Ink is not in the text.", (evidence,))
    page = replace(
        first,
        page=replace(first.page, account=OPEN),
        findings=replace(first.findings, flags=(*first.findings.flags, flag)),
        outcomes={**first.outcomes, flag.id: Outcome.OPEN},
    )
    return replace(state, pages=(page, *state.pages[1:])), images, flag


def test_a_finding_about_ink_says_where_it_is():
    _, _, flag = with_lost_ink()
    assert ink_boxes(flag) == (FAR,)
    assert ink_boxes(replace(flag, evidence=())) == ()


def test_status_has_the_number_for_programs_and_for_people():
    state, _, _ = with_lost_ink()
    pages = status_object([state])["documents"][0]["pages"]
    assert pages[0]["ink"] == {"located": True, "share": 0.9997, "missing": 1, "unseen": 1}
    assert pages[1]["ink"] is None
    shown = io.StringIO()
    show_status(state, Console(file=shown, width=160))
    assert "99.97 %, 2 open" in shown.getvalue()


def test_the_report_says_the_number_and_shows_the_place_though_no_line_is_there():
    state, images, _ = with_lost_ink()
    assert "99.97 % of the ink is in the text; 1 place is not" in render_diff(
        Edition(state, {}), images.__getitem__
    )
    before = page_view(sample()[0].pages[0], images.__getitem__).rows[0]
    row = page_view(state.pages[0], images.__getitem__).rows[0]
    assert len(row.crops) == len(before.crops) + 1
    (mark,) = row.crops[-1].marks
    assert mark.waits
    assert mark.width > 50


def test_places_that_are_blacked_out_are_said():
    bars = tuple(InkPlace(InkKind.BLACKENED, Box(9, 9, 90, 30), 40) for _ in range(2))
    assert (
        account_words(Account(True, 900, named=bars))
        == "100.00 % of the ink is in the text; 2 places are blacked out"
    )
    assert account_words(Account(True, 900, named=bars[:1])).endswith("; 1 place is blacked out")
    assert "แถบดำ" in account_words(Account(True, 900, named=bars), "th")
