"""Signatures by keys, as the audit follows them record by record."""

from dataclasses import replace
from typing import Any

from audit.audit import audit
from audit.report import Severity
from ledger.events.signed_off import SignedOff
from model.edit import Span
from review.add import add_text
from review.decide import accept_remaining
from review.own_text import Draft
from review.publish import publish
from review.rework import revoke
from review.sign import sign
from tests.ledger import raw
from tests.review.house import FIRST, MALEE, SOMCHAI, House
from tests.review.pens import KeyPen, register


def signed(house: House) -> KeyPen:
    house.two_pages()
    accept_remaining(house.ws, house.document, SOMCHAI)
    accept_remaining(house.ws, house.document, MALEE)
    pen = KeyPen()
    register(house.ws, "malee", pen)
    sign(house.ws, house.document, MALEE, pen=pen)
    return pen


def errors(house: House) -> list[str]:
    return [one.message for one in audit(house.ws).findings if one.severity is Severity.ERROR]


def test_pages_that_are_signed_revoked_and_signed_again_hold(house):
    pen = signed(house)
    revoke(house.ws, house.document, [1], "ผิด", MALEE, how="terminal")
    sign(house.ws, house.document, MALEE, pen=pen)
    assert errors(house) == []


def test_a_signature_that_was_revoked_is_not_used_once_more(house):
    signed(house)
    (first, _) = house.ws.ledger.events(SignedOff)
    revoke(house.ws, house.document, [1], "ผิด", MALEE, how="terminal")
    head = house.ws.ledger.head().sha256
    raw.append(house.ws.ledger, SignedOff.KIND, {**first.event.encode(), "ledger_head": head})
    house.ws.anchor()
    assert "its statement was made before the page was taken back, and is used once more" in errors(house)


def published_twice(house: House) -> tuple[dict[str, Any], dict[str, Any]]:
    """A page that is published, changed by its signer and published again; both publications."""
    pen = signed(house)
    publish(house.ws)
    first = raw.newest(house.ws.ledger, "published", document=house.document, page=1)
    add_text(
        house.ws, house.document, 1, lambda _: [Draft(Span(0, 3), FIRST[:3], "กขค", None)], MALEE, how="terminal"
    )  # fmt: skip
    sign(house.ws, house.document, MALEE, pen=pen)
    publish(house.ws)
    second = raw.newest(house.ws.ledger, "published", document=house.document, page=1)
    assert first is not None
    assert second is not None
    assert errors(house) == []
    return dict(first.payload), dict(second.payload)


def test_an_older_text_is_not_published_again_under_its_own_signature(house):
    first, _ = published_twice(house)
    raw.append(house.ws.ledger, "published", first)
    house.ws.anchor()
    assert errors(house) == ["was published again under a sign-off that another has replaced"]


def test_neither_is_one_after_which_the_page_was_taken_back(house):
    first, _ = published_twice(house)
    revoke(house.ws, house.document, [1], "ผิด", MALEE, how="terminal")
    raw.append(house.ws.ledger, "published", first)
    house.ws.anchor()
    assert errors(house) == ["was published again under a sign-off after which the page was taken back"]


def test_a_sign_off_in_the_name_of_somebody_who_has_a_key_is_found(house):
    signed(house)
    (first, _) = house.ws.ledger.events(SignedOff)
    unsigned = replace(first.event, ledger_head=house.ws.ledger.head().sha256, statement=None, signature=None)
    raw.append(house.ws.ledger, SignedOff.KIND, unsigned.encode())
    house.ws.anchor()
    assert any("is not signed, though malee had the key" in one for one in errors(house))
