"""Revoking and returning at the command line."""

import pytest

from model.errors import Exit
from review.decide import accept_remaining
from review.publish import publish
from review.sign import sign
from tests.review.house import MALEE, SOMCHAI, House


@pytest.fixture
def place(tmp_path):
    """A workspace with a published document of two pages."""
    house = House(tmp_path)
    document = house.two_pages()
    accept_remaining(house.ws, document, SOMCHAI)
    accept_remaining(house.ws, document, MALEE)
    sign(house.ws, document, SOMCHAI)
    publish(house.ws)
    house.ws.close()
    return house.ws.path


def test_a_revoked_page_is_not_given_out_any_more(chamra, place):
    status, out, _ = chamra(
        "revoke", "ประกาศ.pdf", "1", "-w", place, "--who", "มาลี", "--reason", "ลงนามผิดฉบับ"
    )
    assert (status, out.startswith("revoked by มาลี")) == (Exit.DONE, True)
    status, _, err = chamra("text", "ประกาศ.pdf", "-w", place, "--layer", "published")
    assert status == Exit.NEEDS_A_PERSON
    assert "page 1 is not published" in err
    assert chamra("audit", "-w", place)[0] == Exit.DONE


def test_a_returned_page_cannot_be_signed_before_it_was_seen_to(chamra, place):
    who = ("-w", place, "--who", "มาลี")
    assert chamra("return", "ประกาศ.pdf", "1", "บรรทัดแรกขาดคำ", *who)[0] == Exit.DONE
    status, _, err = chamra("sign", "ประกาศ.pdf", *who)
    assert status == Exit.NEEDS_A_PERSON
    assert "Page 1 was returned by มาลี: บรรทัดแรกขาดคำ" in err
    assert chamra("return", "ประกาศ.pdf", "1", "เติมแล้ว", "--done", *who)[0] == Exit.DONE
    assert chamra("sign", "ประกาศ.pdf", *who)[0] == Exit.DONE


def test_a_reason_is_asked_for(chamra, place):
    assert chamra("revoke", "ประกาศ.pdf", "1", "-w", place, "--who", "มาลี")[0] == Exit.USAGE
    assert chamra("revoke", "ประกาศ.pdf", "1", "-w", place, "--who", "ก", "--reason", " ")[0] == Exit.USAGE
