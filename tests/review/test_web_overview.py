"""The queue counts a few seconds at a time, and what lies around a page is told from running numbers."""

import pytest

from model.state import Outcome
from review.decide import accept
from review.web.overview import Overview
from review.web.queue_view import queue_view
from tests.review.house import CHIANG_MAI, KATHU, SATUN, SOMCHAI


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
    assert [(len(e.pages), e.uncounted) for e in overview.documents()] == [(0, 2), (0, 1)]
    assert overview.document(first).uncounted == 0
    assert [e.uncounted for e in overview.documents()] == [0, 1]
    assert queue_view(overview, "", None, "somchai")["uncounted"] == 1


def test_the_queue_is_ordered_as_asked(documents):
    house, _ = documents
    overview = Overview(house.ws)

    def names(order):
        view = queue_view(overview, "", None, "somchai", order)
        return [row.entry.name for row in view["documents"]]

    assert names("") == ["ประกาศ.pdf", "ปก.pdf"]
    assert names("stuck") == ["ปก.pdf", "ประกาศ.pdf"]
    assert names("open") == ["ประกาศ.pdf", "ปก.pdf"]


def test_what_lies_around_a_page_follows_every_decision(documents):
    house, first = documents
    overview = Overview(house.ws)

    def near(account):
        found = overview.near(first, 1, account)
        return found.previous, found.next, found.open, found.waiting

    assert near("somchai") == (None, 2, 2, 4)
    accept(house.ws, first, [KATHU.id, SATUN.id], SOMCHAI)
    assert near("somchai") == (None, 2, 2, 2)
    assert near("malee") == (None, 2, 2, 3)
    accept(house.ws, first, [CHIANG_MAI.id], SOMCHAI)
    assert near("somchai") == (None, 2, None, 1)
    assert overview.documents()[0].pages[2].outcomes == {Outcome.ACCEPTED: 1}
