"""What the review page can do with a page besides deciding: own text, doubts, leaving out, taking back."""

import pytest

from model.state import Outcome, Stage
from review.publish import publish
from review.state import page_state
from tests.review.house import CHIANG_MAI, SECOND

FIRST_LINE = "องค์การบริหารส่วนจังหวัดเชียงใหม่"
"""The second page's line as it stands with what is proposed for it."""


def send(visitor, action, number=2, **body):
    return visitor.post(f"/api/documents/{visitor.house.document}/pages/{number}/{action}", body)


def write(visitor, **body):
    return send(visitor, "texts", **({"note": "", "box": None} | body))


@pytest.fixture
def visitor(web_house):
    return web_house.visitor()


def test_a_line_is_written_and_comes_back_as_a_finding_of_its_writer(visitor):
    text = FIRST_LINE + " ประกาศ"
    answer = write(visitor, kind="line", line=0, was=FIRST_LINE, text=text)
    assert answer.status_code == 200
    (made,) = answer.json()["findings"]
    (found,) = [one for one in answer.json()["page"]["findings"] if one["id"] == made]
    assert (found["rule"], found["outcome"], found["mine"]) == (
        "HUM001", "accepted", {"verdict": "accept", "after": None},
    )  # fmt: skip
    assert answer.json()["page"]["lines"][0]["text"] == text


def test_a_line_that_reads_otherwise_by_now_is_shown_and_not_written_over(visitor):
    answer = write(visitor, kind="line", line=0, was=SECOND, text="อื่น")
    assert answer.status_code == 409
    assert answer.json()["page"]["lines"][0]["text"] == FIRST_LINE
    assert not list(visitor.house.ws.ledger.records(kind="addition"))


def test_a_missed_line_is_written_below_a_line(visitor):
    answer = write(visitor, kind="insert", line=0, was=FIRST_LINE, text="ประกาศ")
    assert answer.json()["page"]["lines"][0]["text"] == f"{FIRST_LINE}\nประกาศ"


def test_a_place_on_the_scan_says_where_a_text_goes(visitor):
    answer = write(visitor, kind="insert", line=0, was=FIRST_LINE, box=[10, 900, 400, 960], text="ลงชื่อ")
    assert answer.json()["page"]["lines"][0]["text"] == f"{FIRST_LINE}\nลงชื่อ"
    (record,) = visitor.house.ws.ledger.records(kind="addition")
    assert record.payload["box"] == [10, 900, 400, 960]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "line", "line": "0", "was": "", "text": "ก"},
        {"kind": "all", "line": 0, "was": "", "text": "ก"},
        {"kind": "line", "line": 0, "was": None, "text": "ก"},
        {"kind": "insert", "line": 0, "was": "", "text": "ก", "box": [0, 0, 0, 0]},
        {"kind": "insert", "line": 0, "was": "", "text": "ก", "box": [1, 2, 3]},
        {"kind": "line", "line": 0, "was": "", "text": "ก", "note": "a\nb"},
    ],
)
def test_what_our_page_does_not_send_is_refused(visitor, body):
    assert write(visitor, **body).status_code == 400
    assert not list(visitor.house.ws.ledger.records(kind="addition"))


def test_an_illegible_place_is_noted_and_a_doubtful_one_waits(visitor):
    house = visitor.house
    send(visitor, "marks", finding=CHIANG_MAI.id, mark="illegible", note="")
    answer = send(visitor, "marks", finding=CHIANG_MAI.id, mark="doubtful", note="หมึกซึม")
    outcomes = page_state(house.ws, house.document, 2).outcomes
    assert sorted(outcomes.values()) == [Outcome.ACKNOWLEDGED, Outcome.OPEN, Outcome.REJECTED]
    said = [one["evidence"] for one in answer.json()["page"]["findings"] if one["outcome"] == "open"]
    assert ["สมชาย", ": ", "หมึกซึม"] in [one["th"]["parts"] for some in said for one in some]


def test_a_page_that_could_not_be_read_is_left_out_or_transcribed(visitor):
    house = visitor.house
    house.source(4, name="บันทึก.pdf")
    house.fail(1)
    house.fail(2)
    assert send(visitor, "waiver", 1, note="หลังปก").json()["page"]["stage"] == "waived"
    answer = write(visitor, kind="page", text="ประกาศ\nเทศบาล")
    assert answer.json()["page"]["stage"] == "decided"
    assert answer.json()["page"]["lines"][0]["text"] == "ประกาศ\nเทศบาล"


def test_a_signature_is_revoked_and_a_page_returned_from_the_page(visitor):
    house = visitor.house
    visitor.decide(CHIANG_MAI.id, "accept", number=2)
    visitor.sign({2: visitor.page(2)})
    publish(house.ws)
    assert send(visitor, "revoke", note="ผิดหน้า").json()["page"]["stage"] == "decided"
    returned = send(visitor, "return", note="ตรวจเลขใหม่").json()["page"]
    assert (returned["stage"], returned["returned"][0]["note"]) == ("waiting", "ตรวจเลขใหม่")
    assert send(visitor, "answer", note="ตรวจแล้ว").json()["page"]["returned"] == []
    assert page_state(house.ws, house.document, 2).stage is Stage.DECIDED
