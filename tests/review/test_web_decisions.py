"""The review page's server: what it shows, records and refuses."""

import json

import pytest

from audit.audit import audit
from model.edit import Safety
from model.state import Outcome, Stage
from review.decide import accept, edit, reject
from review.publish import publish
from review.published import published_pages
from review.state import document_state, page_state
from tests.ledger import raw
from tests.review.house import CHIANG_MAI, FIRST, KATHU, MALEE, SARA_AM, SATUN, SOMCHAI, YEAR
from tests.review.web_house import WebHouse
from tests.workspace import samples

pytestmark = pytest.mark.slow

HOSTILE = '<script>alert("ก")</script>&amp;\u202e'


@pytest.fixture
def house(tmp_path):
    made = WebHouse(tmp_path)
    yield made
    made.ws.close()


@pytest.fixture
def visitor(house):
    house.two_pages()
    return house.visitor()


def decided(house):
    return [one.payload for one in house.ws.ledger.records(kind="decision")]


def outcome(house, finding, number=1):
    return page_state(house.ws, house.document, number).outcomes[finding.id]


def test_a_page_shows_its_lines_findings_and_what_is_open(visitor):
    page = visitor.page()
    assert page["stage"] == "waiting"
    assert page["picture"]["width"] == 2480
    assert {one["id"]: one["todo"] for one in page["findings"]} == {
        SARA_AM.id: False, KATHU.id: True, SATUN.id: True, YEAR.id: True,
    }  # fmt: skip
    runs = [run for line in page["lines"] for run in line["runs"]]
    assert "".join(text for text, _ in runs) == "เทศบาลตำบลกะทู้ ต.กำแพง อ.ละงู จ.สตูล พ.ศ. ๒๕๕๕"
    assert {key for _, key in runs} == {"", SARA_AM.id, KATHU.id, SATUN.id, YEAR.id}
    assert page["near"] == {"previous": None, "next": 2, "open": 2, "needs": 2, "waiting": 4}


def test_a_run_never_begins_with_a_mark(visitor):
    runs = [text for line in visitor.page()["lines"] for text, _ in line["runs"]]
    assert "ตำ" in runs
    assert not any(
        "\u0e31" <= text[0] <= "\u0e3a" or "\u0e47" <= text[0] <= "\u0e4e" for text in runs if text
    )


def test_a_finding_is_shown_with_whole_letters_around_it_and_its_places_on_the_scan(visitor):
    found = visitor.finding(SARA_AM.id)
    assert (found["before"], found["after"]) == ("ตํา", "ตำ")
    assert [list(map(list, side)) for side in found["compared"]] == [[["ตํา", True]], [["ตำ", True]]]
    assert found["crop"][0] < found["places"][0][0] < found["crop"][2]
    assert visitor.finding(KATHU.id)["original"] == "กระทู้"


def test_a_decision_is_in_the_ledger_when_the_answer_comes(house, visitor):
    answer = visitor.decide(KATHU.id, "accept", note="ป้ายหน้าสำนักงาน")
    assert answer.status_code == 200
    assert decided(house) == [{
        "document": house.document, "page": 1, "finding": KATHU.id, "verdict": "accept", "after": None,
        "who": {"name": "สมชาย", "account": "somchai", "claimed": True}, "how": "browser",
        "note": "ป้ายหน้าสำนักงาน",
    }]  # fmt: skip
    shown = {one["id"]: one for one in answer.json()["page"]["findings"]}[KATHU.id]
    assert (shown["outcome"], shown["todo"], shown["mine"]["verdict"]) == ("accepted", False, "accept")


def test_every_verdict_of_the_page(house, visitor):
    visitor.decide(KATHU.id, "reject")
    visitor.decide(YEAR.id, "accept")
    visitor.decide(CHIANG_MAI.id, "edit", "เชียงราย", number=2)
    assert outcome(house, KATHU) is Outcome.REJECTED
    assert outcome(house, YEAR) is Outcome.ACKNOWLEDGED
    assert outcome(house, CHIANG_MAI, 2) is Outcome.EDITED
    assert "เชียงราย" in "".join(text for line in visitor.page(2)["lines"] for text, _ in line["runs"])
    visitor.decide(KATHU.id, "withdraw")
    assert outcome(house, KATHU) is Outcome.OPEN


def test_the_same_request_twice_records_once(house, visitor):
    version = visitor.finding(KATHU.id)["version"]
    first = visitor.decide(KATHU.id, "accept", version=version)
    second = visitor.decide(KATHU.id, "accept", version=version)
    assert (first.json()["recorded"], second.status_code, second.json()["recorded"]) == (1, 200, 0)
    assert len(decided(house)) == 1


def test_two_windows_of_one_person_do_not_overwrite_each_other(house, visitor):
    version = visitor.finding(KATHU.id)["version"]
    visitor.decide(KATHU.id, "edit", "กะทู่", version=version)
    answer = visitor.decide(KATHU.id, "reject", version=version)
    assert answer.status_code == 409
    fresh = {one["id"]: one for one in answer.json()["page"]["findings"]}[KATHU.id]
    assert [(one["verdict"], one["after"]) for one in fresh["decisions"]] == [("edit", "กะทู่")]
    assert len(decided(house)) == 1
    assert visitor.decide(KATHU.id, "reject", version=fresh["version"]).status_code == 200


def test_two_people_on_one_page_see_each_other(house, visitor):
    version = visitor.finding(KATHU.id)["version"]
    reject(house.ws, house.document, [KATHU.id], MALEE)
    answer = visitor.decide(KATHU.id, "accept", version=version)
    assert answer.status_code == 409
    assert outcome(house, KATHU) is Outcome.REJECTED
    shown = visitor.finding(KATHU.id)
    assert [(one["name"], one["mine"]) for one in shown["decisions"]] == [("มาลี", False)]
    visitor.decide(KATHU.id, "accept", version=shown["version"])
    assert outcome(house, KATHU) is Outcome.CONFLICT


def test_the_second_person_does_not_see_what_the_first_has_decided(house, visitor):
    edit(house.ws, house.document, SATUN.id, "ตรัง", MALEE)
    shown = visitor.finding(SATUN.id)
    assert shown["blind"]
    assert shown["decisions"] == []
    assert "ตรัง" not in json.dumps(visitor.page(), ensure_ascii=False)
    visitor.decide(SATUN.id, "accept")
    assert [one["after"] for one in visitor.finding(SATUN.id)["decisions"]] == ["ตรัง", None]


def test_what_waits_for_another_person_is_not_put_before_the_same_one_again(visitor):
    visitor.decide(SATUN.id, "accept")
    shown = visitor.finding(SATUN.id)
    assert (shown["outcome"], shown["waits"], shown["todo"]) == ("second", True, False)
    assert visitor.page()["near"]["waiting"] == 3


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"finding": "0" * 16}, 422),
        ({"finding": KATHU.id[:8]}, 400),
        ({"finding": f"2:{KATHU.id}"}, 400),
        ({"finding": 7}, 400),
        ({"verdict": "waive"}, 400),
        ({"verdict": "delete"}, 400),
        ({"verdict": "acknowledge"}, 422),
        ({"verdict": "edit", "after": None}, 400),
        ({"verdict": "edit", "after": "กระทู้"}, 422),
        ({"verdict": "edit", "after": "กะ\u200bทู้"}, 422),
        ({"verdict": "edit", "after": "กะ\nทู้"}, 422),
        ({"after": "something"}, 400),
        ({"expected_version": None}, 400),
        ({"expected_version": ["1"]}, 400),
        ({"expected_version": [True]}, 400),
        ({"expected_version": [999]}, 409),
        ({"decisions": []}, 400),
        ({"decisions": {}}, 400),
        ({"decisions": ["accept"]}, 400),
        ({"note": ["x"]}, 400),
        ({"note": "a\u0000b"}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_recorded(house, visitor, change, status):
    one: dict[str, object] = {
        "finding": KATHU.id, "verdict": "accept", "after": None, "expected_version": [],
    }  # fmt: skip
    body = {"decisions": [one | {name: value for name, value in change.items() if name in one}], "note": ""}
    body |= {name: value for name, value in change.items() if name not in one}
    answer = visitor.post(f"/api/documents/{house.document}/pages/1/decisions", body)
    assert (answer.status_code, decided(house)) == (status, [])
    assert answer.json()["message"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 50_000, b'"x"'])
def test_a_body_that_is_no_object_is_refused(house, visitor, body):
    headers = {
        "origin": visitor.access.origin, "x-chamra-token": visitor.access.token,
        "content-type": "application/json",
    }  # fmt: skip
    path = f"/api/documents/{house.document}/pages/1/decisions"
    assert visitor.client.post(path, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/documents/nothing", "/documents/{d}/pages/3", "/documents/{d}/pages/99999999999999999999",
     "/api/documents/{d}/pages/3", "/api/documents/{d}/pages/99999999999999999999",
     "/api/documents/nothing/pages/1", "/api/documents/{d}/pages/0/image", "/nowhere"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(house, visitor, path):
    assert visitor.client.get(path.format(d=house.document)).status_code == 404


def test_text_and_names_from_outside_never_become_markup(house):
    hostile = FIRST + "\n" + HOSTILE
    house.source(1, name=f"{HOSTILE.replace('/', '')}.pdf")
    house.read(1, hostile, samples.findings(hostile, samples.proposal(hostile, "alert", HOSTILE)))
    visitor = house.visitor()
    for path in (
        "/",
        f"/documents/{house.document}",
        f"/documents/{house.document}/pages/1",
        f"/?q={HOSTILE}",
    ):
        page = visitor.client.get(path).text
        assert "<script>alert" not in page
        assert "\u202e" not in page
    data = visitor.client.get(f"/api/documents/{house.document}/pages/1")
    assert data.headers["content-type"] == "application/json"
    assert "\u202e" not in "".join(text for line in data.json()["lines"] for text, _ in line["runs"])


def test_a_page_is_signed_from_the_browser_as_it_was_shown(house, visitor):
    page = visitor.page(2)
    assert not page["sign"]["can"]
    assert "1 open" in page["sign"]["reason"]
    assert visitor.sign({2: page}).json()["error"] == "gate"
    shown = visitor.decide(CHIANG_MAI.id, "accept", number=2).json()["page"]
    assert shown["sign"]["can"]
    assert shown["sign"]["text"].endswith("เชียงใหม่")
    assert visitor.sign({2: shown}).json()["signed"] == [2]
    again = visitor.page(2)
    assert (again["stage"], again["sign"]["signed"]["name"]) == ("signed", "สมชาย")
    publish(house.ws)
    assert published_pages(house.ws, house.document)[2].published.text == shown["sign"]["text"]


def test_what_has_changed_since_it_was_shown_is_not_signed(house, visitor):
    shown = visitor.decide(CHIANG_MAI.id, "accept", number=2).json()["page"]
    edit(house.ws, house.document, CHIANG_MAI.id, "เชียงราย", SOMCHAI)
    answer = visitor.sign({2: shown})
    assert (answer.status_code, answer.json()["error"]) == (409, "changed")
    assert page_state(house.ws, house.document, 2).stage is Stage.DECIDED


def test_of_two_people_nobody_signs_a_text_that_the_other_has_changed_meanwhile(house):
    house.two_pages()
    somchai, malee = house.visitor(SOMCHAI), house.visitor(MALEE)
    shown = somchai.decide(CHIANG_MAI.id, "accept", number=2).json()["page"]
    malee.decide(CHIANG_MAI.id, "edit", "เชียงราย", number=2)
    somchai.decide(CHIANG_MAI.id, "edit", "เชียงราย", number=2)
    head = house.ws.ledger.head()
    answer = somchai.sign({2: shown | {"seq": head.seq}})
    assert (answer.status_code, answer.json()["error"]) == (409, "changed")
    assert house.ws.ledger.head() == head, "neither a signature nor the look at its lines is recorded"
    fresh = somchai.page(2)
    assert fresh["text_sha256"] != shown["text_sha256"]
    assert somchai.sign({2: fresh}).json()["signed"] == [2]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"pages": [1]},
        {"pages": "all", "expected_version": 1},
        {"pages": None, "expected_version": "1"},
        {"pages": [1], "expected_version": 1, "texts": {}},
        {"pages": [1], "expected_version": 1, "texts": {"1": "no hash"}},
        {"pages": [1], "expected_version": 1, "texts": "1"},
    ],
)
def test_a_signing_says_what_was_seen(house, visitor, body):
    assert visitor.post(f"/api/documents/{house.document}/sign", body).status_code == 400


def test_a_document_that_was_decided_in_the_browser_holds_before_the_auditor(house, visitor):
    for key, verdict in ((KATHU, "accept"), (KATHU, "reject"), (KATHU, "withdraw"), (KATHU, "accept"),
                         (YEAR, "accept"), (SATUN, "reject")):  # fmt: skip
        assert visitor.decide(key.id, verdict).status_code == 200
    visitor.decide(CHIANG_MAI.id, "accept", number=2)
    assert visitor.sign_all(visitor.page()["seq"]).json()["signed"] == [1, 2]
    publish(house.ws)
    report = audit(house.ws)
    assert report.holds, report


def test_the_queue_counts_filters_and_searches(house, visitor):
    house.source(3)
    house.fail(3, "Tesseract took <too> long")
    queue = visitor.client.get("/").text
    assert "Begin: 4 to decide" in queue
    assert "1 failed" in queue
    failed = visitor.client.get("/?show=failed").text
    assert "Tesseract took &lt;too&gt; long" in failed
    assert "/pages/1" not in failed[failed.index("<table") :]
    found = visitor.client.get("/?q=ต ำบล").text
    assert "<mark>ตำบล</mark>" in found
    assert "Nothing matches" in visitor.client.get("/?q=ไม่มีคำนี้").text


def test_the_queue_follows_what_others_do(house, visitor):
    assert "Begin: 4 to decide" in visitor.client.get("/").text
    accept(house.ws, house.document, [KATHU.id, YEAR.id], MALEE)
    assert "Begin: 2 to decide" in visitor.client.get("/").text
    house.source(2, name="อื่น.pdf")
    assert "อื่น.pdf" in visitor.client.get("/").text


def test_a_page_whose_image_is_damaged_can_be_seen_and_says_so(house, visitor):
    read = raw.newest(house.ws.ledger, "page", document=house.document, page=1)
    assert read is not None
    path = house.ws.store.path(read.payload["image"])
    path.write_bytes(b"not a picture")
    page = visitor.page()
    assert page["picture"] is None
    assert "is not what its name says" in page["picture_problem"]
    assert visitor.client.get(f"/api/documents/{house.document}/pages/1/image").status_code == 503


def test_thai_and_english(house, visitor):
    path = f"/documents/{house.document}/pages/1"
    assert 'lang="en"' in visitor.client.get(path).text
    assert 'lang="th"' in visitor.client.get(path, headers={"accept-language": "de, th;q=0.8, en;q=0.5"}).text
    assert "ยอมรับ" in visitor.client.get(f"{path}?lang=th").text
    assert "ยอมรับ" in visitor.client.get(path).text
    assert "Accept" in visitor.client.get(f"{path}?lang=en").text


def test_a_safe_change_may_be_rejected_here(house, visitor):
    assert SARA_AM.safety is Safety.SAFE
    visitor.decide(SARA_AM.id, "reject")
    assert document_state(house.ws, house.document).pages[0].outcomes[SARA_AM.id] is Outcome.REJECTED
