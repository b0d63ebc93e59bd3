"""Two programs write about one page at once: of two things that exclude each other one stands, in both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from audit.audit import audit
from ledger.events.answered import Answered
from ledger.events.revoked import Revoked
from ledger.events.signed_off import SignedOff
from ledger.events.text_published import TextPublished
from model.errors import ChamraError
from review.decide import accept_remaining
from review.publish import publish
from review.rework import answer, return_page, revoke
from review.sign import sign
from tests.review.house import MALEE, SOMCHAI, House
from workspace.folder import LEDGER_URL
from workspace.workspace import Workspace


@pytest.fixture
def house(place, tmp_path, monkeypatch):
    """A house of two pages, its ledger in either database, where all is decided."""
    if isinstance(place, str):
        monkeypatch.setenv(LEDGER_URL, place)
    made = House(tmp_path)
    made.two_pages()
    for who in (SOMCHAI, MALEE):
        accept_remaining(made.ws, made.document, who)
    yield made
    made.ws.close()


def at_once(house, *acts):
    """Let each act happen in a program of its own; who was refused, in words."""
    ready = Barrier(len(acts))

    def run(act):
        with Workspace.open(house.ws.path, clock=house.clock) as ws:
            ready.wait()
            try:
                act(ws)
            except ChamraError as error:
                return str(error)
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one for one in pool.map(run, acts) if one]


def count(house, event):
    return sum(1 for _ in house.ws.ledger.events(event))


def test_a_signature_is_revoked_once(house):
    sign(house.ws, house.document, SOMCHAI)
    (refused,) = at_once(
        house, *(lambda ws, who=who: revoke(ws, house.document, [1], "ผิด", who) for who in (SOMCHAI, MALEE))
    )
    assert "no signature that stands" in refused
    assert count(house, Revoked) == 1
    assert audit(house.ws).holds


def test_a_page_is_signed_or_returned_and_published_once(house):
    at_once(
        house,
        lambda ws: sign(ws, house.document, SOMCHAI),
        lambda ws: return_page(ws, house.document, 1, "เบลอ", MALEE),
    )
    at_once(house, *[publish] * 2)
    assert count(house, TextPublished) <= count(house, SignedOff)
    assert len({one.event.signoff for one in house.ws.ledger.events(TextPublished)}) == count(
        house, TextPublished
    )
    assert audit(house.ws).holds


def test_a_return_is_answered_once(house):
    return_page(house.ws, house.document, 1, "เบลอ", MALEE)
    refused = at_once(
        house,
        *(lambda ws, who=who: answer(ws, house.document, 1, who, note="ดีแล้ว") for who in (SOMCHAI, MALEE)),
    )
    assert (len(refused), count(house, Answered)) == (1, 1)
    assert audit(house.ws).holds
