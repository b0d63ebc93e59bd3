"""The queue counts a few seconds at a time, and what lies around a page is told from running numbers."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from model.edit import Expectation
from model.state import Outcome, Stage
from pipeline.admit import record_refused
from review.decide import accept
from review.inbox_view import InboxScan, write_inbox_scans
from review.search_index import SearchIndex
from review.shown_search import ShownSearch
from review.summary_store import FILE, document_lines
from review.todo import Viewer
from review.web.overview import Overview
from review.web.queue_view import ListRequest, Lists, NotTaken, not_taken
from tests.review.house import CHIANG_MAI, FIRST, KATHU, ON_FIRST, ON_SECOND, SATUN, SECOND, SOMCHAI


@pytest.fixture
def documents(house):
    """One document of two pages with four things open, and one whose page failed."""
    first = house.two_pages()
    house.source(1, name="ปก.pdf")
    house.fail(1)
    return house, first


def test_a_look_that_has_no_time_says_how_many_pages_are_left(documents):
    house, first = documents
    overview = Overview(house.ws, seconds=0)
    assert [len(e.pages) for e in overview.documents()] == [0, 0]
    assert overview.uncounted == 3
    assert len(overview.document(first).pages) == 2
    assert overview.uncounted == 1
    view = Lists(overview, ShownSearch(house.ws, SearchIndex(house.ws))).queue(
        ListRequest(), Viewer("somchai")
    )
    assert view["uncounted"] == 1


def test_the_queue_is_ordered_as_asked(documents):
    house, _ = documents
    lists = Lists(Overview(house.ws), ShownSearch(house.ws, SearchIndex(house.ws)))

    def names(order):
        view = lists.queue(ListRequest(order=order), Viewer("somchai"))
        return [row.entry.name for row in view["documents"]]

    assert names("") == ["ประกาศ.pdf", "ปก.pdf"]
    assert names("stuck") == ["ปก.pdf", "ประกาศ.pdf"]
    assert names("open") == ["ประกาศ.pdf", "ปก.pdf"]


def test_errors_expected_are_counted_by_page_and_document_and_order_both(house):
    house.source(1, name="ปก.pdf")
    house.fail(1)
    few, many = Expectation(50, 1.5, 0.0, 4.0), Expectation(31, 6.25, 3.0, 11.0)
    document = house.source(3)
    house.read(1, FIRST, replace(ON_FIRST, expected=few))
    house.read(2, SECOND, replace(ON_SECOND, expected=many))
    house.read(3, SECOND, replace(ON_SECOND, expected=None), run=2)
    overview = Overview(house.ws)
    lists = Lists(overview, ShownSearch(house.ws, SearchIndex(house.ws)))
    rows = lists.queue(ListRequest(order="errors"), Viewer("somchai"))["documents"]
    assert [(row.entry.name, row.entry.expected) for row in rows] == [("ประกาศ.pdf", 7.75), ("ปก.pdf", None)]

    def pages(order):
        rows = lists.document(overview.document(document), ListRequest(order=order), Viewer("somchai"))[
            "rows"
        ]
        return [(one.page.number, one.page.expected) for one in rows]

    assert pages("") == [(1, few), (2, many), (3, None)]
    assert pages("errors") == [(2, many), (1, few), (3, None)]
    accept(house.ws, document, [f"2:{CHIANG_MAI.id}"], SOMCHAI)
    assert pages("errors")[0] == (2, many)


def test_the_queue_shows_the_errors_expected_with_their_range(web_house):
    document = web_house.source(1, name="คำสั่ง.pdf")
    web_house.read(1, FIRST, replace(ON_FIRST, expected=Expectation(50, 6.25, 3.0, 11.0)), run=2)
    visitor = web_house.visitor()
    shown = visitor.client.get("/?order=errors&lang=en").text
    assert "Errors expected: 6<" in shown
    assert shown.index("คำสั่ง.pdf") < shown.index("ประกาศ.pdf")
    assert '6 <span class="soft">(3–11)</span>' in visitor.client.get(f"/documents/{document}").text


def test_what_lies_around_a_page_follows_every_decision(documents):
    house, first = documents
    overview = Overview(house.ws)

    def near(account):
        found = overview.near(first, 1, Viewer(account))
        return found.previous, found.next, found.open, found.waiting

    assert near("somchai") == (None, 2, 2, 4)
    accept(house.ws, first, [KATHU.id, SATUN.id], SOMCHAI)
    assert near("somchai") == (None, 2, 2, 2)
    assert near("malee") == (None, 2, 2, 3)
    accept(house.ws, first, [CHIANG_MAI.id], SOMCHAI)
    assert near("somchai") == (None, 2, None, 1)
    assert overview.documents()[0].pages[2].outcomes == {Outcome.ACCEPTED: 1}


def test_the_queue_begins_with_what_was_kept_and_looks_at_no_page_again(documents, monkeypatch):
    house, first = documents
    accept(house.ws, first, [SATUN.id], SOMCHAI)
    before = [(one.id, one.pages) for one in Overview(house.ws).documents()]
    assert before[0][1][1].second_by == {SOMCHAI.account: 1}
    document_lines(house.ws)
    with monkeypatch.context() as patched:
        patched.setattr("review.web.overview.page_summary", lambda *_: 1 / 0)
        overview = Overview(house.ws, seconds=0)
        assert [(one.id, one.pages) for one in overview.documents()] == before
    accept(house.ws, house.two_pages(), [KATHU.id], SOMCHAI)
    overview.documents()
    assert overview.uncounted == 1, "only the page that somebody has decided about is looked at again"


def test_only_the_documents_that_are_shown_are_taken_up(documents, monkeypatch):
    house, first = documents
    document_lines(house.ws)
    monkeypatch.setattr("review.web.queue_view.MOST", 1)
    overview = Overview(house.ws, seconds=0)
    lists = Lists(overview, ShownSearch(house.ws, SearchIndex(house.ws)))
    view = lists.queue(ListRequest(), Viewer("somchai"))
    assert ([row.entry.id for row in view["documents"]], view["found"], view["uncounted"]) == ([first], 2, 0)
    assert [one.is_taken_up for one in overview.documents()] == [True, False]
    view = lists.queue(ListRequest(show=Stage.FAILED), Viewer("somchai"))
    assert [row.entry.name for row in view["documents"]] == ["ปก.pdf"]
    assert [one.is_taken_up for one in overview.documents()] == [True, True]


def test_what_was_kept_and_is_lost_since_is_looked_at(documents):
    house, first = documents
    before = Overview(house.ws).document(first).pages
    document_lines(house.ws)
    overview = Overview(house.ws, seconds=0)
    entry = overview.documents()[0]
    (house.ws.path / "summaries.sqlite").unlink()
    assert not entry.is_taken_up
    assert entry.pages == before


def test_what_was_kept_of_pages_and_is_lost_is_not_asked_for_again_and_again(house):
    lost = house.two_pages()
    house.source(1, name="สอง.pdf")
    house.read(1, FIRST, ON_FIRST)
    document_lines(house.ws)
    overview = Overview(house.ws)
    entries = overview.documents()
    with closing(sqlite3.connect(house.ws.path / FILE)) as kept, kept:
        kept.execute("DELETE FROM documents WHERE id = ?", (lost,))
    assert overview.warm_up(5), "the other one is taken up"
    assert [one.is_taken_up for one in entries] == [False, True]
    assert not overview.warm_up(5)
    assert len(overview.document(lost).pages) == 2, "it is looked at when somebody asks for it"


def test_where_nothing_is_kept_a_look_takes_note_of_some_documents_and_the_next_goes_on(
    documents, monkeypatch
):
    house, first = documents
    monkeypatch.setattr("review.web.overview._DOCUMENTS_AT_LEAST", 1)
    overview = Overview(house.ws, seconds=0)
    assert len(overview.documents()) == 1
    assert len(overview.documents()) == 2
    assert len(Overview(house.ws, seconds=0).document(first).pages) == 2


def test_the_index_takes_note_of_some_records_and_the_next_search_goes_on(documents, monkeypatch):
    house, first = documents
    monkeypatch.setattr("review.search_index._RECORDS_AT_LEAST", 1)
    index = SearchIndex(house.ws)
    left = [index.follow(0.0)]
    while left[-1] and len(left) < 50:
        left.append(index.follow(0.0))
    assert left[0] > 0
    while index.follow(1.0):
        pass
    assert list(index.pages("เชียงใหม่")) == [(first, 2)]


def test_what_could_not_be_taken_is_told_beside_the_documents(documents):
    house, _ = documents
    content = hashlib.sha256(b"PK").hexdigest()
    record_refused(house.ws.ledger, Path("/inbox/a.zip"), content, "it is an archive")
    write_inbox_scans(house.ws.path, [InboxScan("/in", "now", 0, (), (("/in/b.pdf", "is empty"),))])
    assert not_taken(house.ws) == [
        NotTaken("/in/b.pdf", "is empty"), NotTaken("a.zip", "it is an archive", content),
    ]  # fmt: skip
