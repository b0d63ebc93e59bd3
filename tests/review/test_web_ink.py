"""What the review page says of a page's ink, and that nobody signs before its open places were looked at."""

from dataclasses import replace

import pytest

from audit.audit import audit
from model.account import Account, InkKind, InkPlace
from model.box import Box
from model.edit import Flag, Span
from model.evidence import Evidence, EvidenceKind
from model.state import Outcome, Stage
from review.publish import publish
from review.state import page_state
from tests.review.house import SECOND
from tests.review.web_house import WebHouse
from tests.workspace import samples
from workspace.store import recipe_key

pytestmark = pytest.mark.slow

LOST = Box(900, 1200, 1500, 1260)
FLAG = Flag(
    "a" * 16, "INK001", Span(0, 1), "Ink is not in the text.",
    (Evidence(EvidenceKind.INK_AT, (LOST.left, LOST.top, LOST.right, LOST.bottom)),),
)  # fmt: skip


@pytest.fixture
def house(tmp_path):
    made = WebHouse(tmp_path)
    made.source(1)
    image = made.ws.store.put(made.image(1))
    page = samples.page(SECOND, document=made.document, image=image)
    account = Account(True, 999, (InkPlace(InkKind.TEXT, LOST, 3, 0),))
    blob = made.ws.record_page(replace(page, account=account), recipe_key(step="read", image=image))
    made.examine(1, blob, samples.findings(SECOND, FLAG))
    yield made
    made.ws.close()


def test_the_page_says_how_much_ink_is_in_the_text_and_outlines_what_is_not(house):
    page = house.visitor().page()
    assert page["ink"] == {
        "en": "99.70 % of the ink is in the text; 1 place is not", "th": "หมึก 99.70 % อยู่ในข้อความ อีก 1 แห่งไม่อยู่",
    }  # fmt: skip
    (found,) = page["findings"]
    assert found["places"] == [[LOST.left, LOST.top, LOST.right, LOST.bottom]]
    left, top, right, bottom = found["crop"]
    assert left <= LOST.left
    assert top <= LOST.top
    assert right >= LOST.right
    assert bottom >= LOST.bottom


def test_a_page_with_an_open_place_is_signed_when_somebody_has_looked_and_not_before(house):
    visitor = house.visitor()
    before = visitor.page()
    assert (before["stage"], before["sign"]["can"]) == ("waiting", False)
    visitor.sign({1: before})
    assert page_state(house.ws, house.document, 1).stage is Stage.WAITING
    assert visitor.decide(FLAG.id, "acknowledge").status_code == 200
    assert page_state(house.ws, house.document, 1).outcomes[FLAG.id] is Outcome.ACKNOWLEDGED
    assert visitor.sign({1: visitor.page()}).status_code == 200
    publish(house.ws)
    assert audit(house.ws).holds
