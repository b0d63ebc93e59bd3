"""Around reviewing, in the browser: users, publishing, exports and reports, audit, samples, learning."""

import json
import re
import time

import pytest

from ledger.events.defect_found import DefectFound
from ledger.events.inspected import Inspected
from ledger.events.required import Required
from ledger.events.sample_drawn import SampleDrawn
from ledger.people import users_at
from model.decision import Known
from model.requirement import Requirement
from model.user import Role
from review.decide import accept, reject
from review.requirements import require, required
from review.rework import return_page
from review.sign import sign
from review.web.requests import BROWSER
from review.who import logged_in
from tests.review.house import CHIANG_MAI, FIRST, KATHU, MALEE, ON_SECOND, SATUN, SECOND, SOMCHAI, YEAR
from tests.review.web_house import WebHouse
from tests.review.web_users import PASSWORD
from workspace.password_file import PasswordFile


@pytest.fixture
def users(users_house):
    return users_house


@pytest.fixture
def done(tmp_path):
    """Two pages that are decided and signed, nobody being a user."""
    made = WebHouse(tmp_path)
    document = made.two_pages()
    accept(made.ws, document, [KATHU.id, SATUN.id, YEAR.id, f"2:{CHIANG_MAI.id}"], SOMCHAI)
    accept(made.ws, document, [SATUN.id], MALEE)
    sign(made.ws, document, SOMCHAI)
    yield made
    made.ws.close()


def said(page):
    """What a page says, without the messages that its scripts may need."""
    return page.partition("<main")[2]


def finished(visitor, address, word):
    """A page that somebody looks at until the work behind it is done."""
    for _ in range(200):
        shown = visitor.client.get(address).text
        if word in said(shown):
            return shown
        time.sleep(0.05)
    raise AssertionError(f"{address} never says {word}")


def test_an_administrator_adds_a_user_who_can_log_in_with_what_was_shown_once(users):
    app = users.app()
    boonmee = users.user("boonmee", app)
    body = {"login": "wipa", "name": "วิภา", "roles": ["reviewer", "auditor"], "proxy": False}
    added = boonmee.post("/api/users", body)
    assert added.status_code == 200
    password = added.json()["password"]
    assert users.browser(app).log_in("wipa", password).status_code == 303
    stands = users_at(users.ws.ledger)["wipa"]
    assert stands.roles == {Role.REVIEWER, Role.AUDITOR}
    assert PasswordFile(users.ws.path).get(stands.credential)
    shown = boonmee.client.get("/users").text
    assert "วิภา" in shown
    assert password not in shown
    assert password not in json.dumps([one.payload for one in users.ws.ledger.records()], ensure_ascii=False)
    again = boonmee.post("/api/users", body)
    assert (again.status_code, again.json()["error"]) == (422, "refused")


def test_roles_and_doors_are_changed_at_once_and_a_new_password_ends_sessions(users):
    app = users.app()
    boonmee, malee = users.user("boonmee", app), users.user("malee", app)
    assert boonmee.post("/api/users/malee/roles", {"roles": ["operator"]}).status_code == 200
    assert malee.client.get(f"/documents/{users.document}/pages/1").status_code == 403
    assert boonmee.post("/api/users/malee/enabled", {"enabled": False}).status_code == 200
    assert malee.client.get("/", follow_redirects=False).status_code == 303
    assert boonmee.post("/api/users/malee/enabled", {"enabled": True}).status_code == 200
    malee = users.user("malee", app)
    fresh = boonmee.post("/api/users/malee/password", {}).json()["password"]
    assert malee.client.get("/", follow_redirects=False).status_code == 303
    assert users.browser(app).log_in("malee", PASSWORD).status_code == 403
    users.time.now += 1000
    assert users.browser(app).log_in("malee", fresh).status_code == 303


def test_nobody_shuts_themselves_out_and_nobody_else_manages_users(users):
    app = users.app()
    boonmee = users.user("boonmee", app)
    for path, body in (("roles", {"roles": ["auditor"]}), ("enabled", {"enabled": False})):
        assert boonmee.post(f"/api/users/boonmee/{path}", body).status_code == 422
    assert users_at(users.ws.ledger)["boonmee"].roles == {Role.ADMINISTRATOR}
    before = users.ws.ledger.head().seq
    for login in ("wichai", "malee", "prani", "anong"):
        answer = users.user(login, app).post("/api/users/malee/roles", {"roles": ["administrator"]})
        assert answer.status_code == 403
    assert users.ws.ledger.head().seq == before


def test_the_first_user_is_an_administrator(done):
    visitor = done.visitor()
    body = {"login": "malee", "name": "มาลี", "roles": ["reviewer"], "proxy": False}
    assert visitor.post("/api/users", body).status_code == 422
    assert users_at(done.ws.ledger) == {}
    assert visitor.post("/api/users", body | {"roles": ["reviewer", "administrator"]}).status_code == 200
    assert users_at(done.ws.ledger)["malee"].roles == {Role.REVIEWER, Role.ADMINISTRATOR}


def test_an_administrator_asks_more_of_all_documents_and_of_one_as_at_the_terminal(users):
    app, document = users.app(), users.document
    boonmee = users.user("boonmee", app)
    asked = {"signatures": 2, "keyed": True, "seeds": 50}
    for chosen, what in (("", asked), (document, asked | {"signatures": 1, "seeds": 0})):
        answer = boonmee.post("/api/requirements", what | {"document": chosen})
        assert (answer.status_code, answer.json()) == (200, what | {"document": chosen})
        written = users.ws.ledger.newest(Required).event
        meant = Requirement(what["signatures"], bool(what["keyed"]), what["seeds"])
        assert (written.document, written.requirement) == (chosen, meant)
        assert (written.who.account, written.how) == ("boonmee", BROWSER)
        assert required(users.ws, chosen) == meant
    before = users.ws.ledger.head().seq
    assert boonmee.post("/api/requirements", asked | {"document": ""}).status_code == 200
    assert users.ws.ledger.head().seq == before, "it is asked for already"
    for wrong in (
        {"signatures": 3}, {"signatures": 0}, {"seeds": 501}, {"seeds": -1}, {"document": "0" * 64},
        {"signatures": "2"}, {"signatures": True}, {"keyed": 1}, {"seeds": None}, {"document": None},
    ):  # fmt: skip
        answer = boonmee.post("/api/requirements", asked | {"document": "", **wrong})
        assert answer.status_code in {400, 404, 422}, wrong
    for login in ("wichai", "malee", "somchai", "prani", "anong"):
        other = users.user(login, app)
        assert other.post("/api/requirements", asked | {"document": "", "seeds": 0}).status_code == 403
        assert other.client.get("/requirements").status_code == 403
        assert "/requirements" not in other.client.get(f"/documents/{document}").text
    assert users.ws.ledger.head().seq == before


def test_what_is_asked_is_shown_with_who_asked_and_what_cannot_be_finished_is_said(users):
    app, document = users.app(), users.document
    boonmee = users.user("boonmee", app)
    assert "Nothing has been asked so far." in boonmee.client.get("/requirements").text
    assert f"/documents/{document}/requirements" in boonmee.client.get(f"/documents/{document}").text
    own = boonmee.client.get(f"/documents/{document}/requirements")
    assert "as of every other document" in said(own.text)
    require(users.ws, document, logged_in(users_at(users.ws.ledger)["boonmee"], Known.LOGIN), signatures=2)
    shown = said(boonmee.client.get("/requirements?lang=th").text)
    assert "ประกาศ.pdf" in shown
    assert "บุญมี" in shown
    assert '<option value="2" selected>' in shown
    assert "ไม่ถึงสองคน" not in shown
    boonmee.post("/api/users/malee/enabled", {"enabled": False})
    assert "ไม่ถึงสองคน" in said(boonmee.client.get("/requirements?lang=th").text)


def test_what_is_asked_of_many_documents_is_shown_in_sheets(done, monkeypatch):
    visitor = done.visitor()
    for number in range(1, 5):
        require(done.ws, done.source(number, name=f"{number}.pdf"), SOMCHAI, signatures=2)
    monkeypatch.setattr("review.web.requirement_pages.MOST", 2)

    def names(sheet):
        shown = visitor.client.get(f"/requirements?lang=en&sheet={sheet}").text
        return re.findall(r">([^<>]+)(?:</a>)?</h2>", said(shown)), re.findall(r"sheet=(\d)\"", shown)

    assert names("1") == (["Every other document", "1.pdf"], ["2"])
    assert names("2") == (["2.pdf", "3.pdf"], ["1", "3"])
    assert names("3") == names("99") == (["4.pdf"], ["2"])
    assert names("0") == names("x") == names("1")


def test_what_is_signed_is_published_and_given_out_in_every_form(done):
    visitor = done.visitor()
    assert "ประกาศ.pdf" in visitor.client.get("/publishing").text
    refused = visitor.client.get(f"/documents/{done.document}/exports/text")
    assert refused.status_code == 409
    assert visitor.post("/api/publish", {"document": None}).json() == {"published": 2}
    assert visitor.post("/api/publish", {"document": done.document}).json() == {"published": 0}
    shown = visitor.client.get(f"/documents/{done.document}/exports?lang=th").text
    names = [part.split('"')[0] for part in shown.split(f"/documents/{done.document}/exports/")[1:]]
    text = visitor.client.get(f"/documents/{done.document}/exports/text")
    assert text.text == "เทศบาลตำบลกะทู้ ต.กำแพง อ.ละงู จ.สตูล พ.ศ. ๒๕๕๕\fองค์การบริหารส่วนจังหวัดเชียงใหม่"
    assert "filename*=UTF-8''%E0%B8%9B" in text.headers["content-disposition"]
    assert {"text", "pdf", "alto", "evidence"} <= set(names)
    for name in ("jsonl", "html", "tei", "scorecard", "director", "alto", "corrections"):
        answer = visitor.client.get(f"/documents/{done.document}/exports/{name}")
        assert (answer.status_code, len(answer.content) > 200) == (200, True), name
    raw = visitor.client.get(f"/documents/{done.document}/exports/text?layer=raw").text
    assert raw == f"{FIRST}\f{SECOND}"
    for wrong in ("nothing", "text?layer=signed", "..%2Ftext"):
        assert visitor.client.get(f"/documents/{done.document}/exports/{wrong}").status_code in {404, 422}


def test_a_report_is_shown_as_a_strangers_page(done):
    visitor = done.visitor()
    visitor.post("/api/publish", {"document": None})
    for path in ("report", "exports/director"):
        shown = visitor.client.get(f"/documents/{done.document}/{path}?show=1")
        policy = shown.headers["content-security-policy"]
        assert shown.headers["content-type"].startswith("text/html")
        assert policy.startswith("sandbox;")
        assert "script" not in policy
        assert "<style" in shown.text
        fetched = visitor.client.get(f"/documents/{done.document}/{path}")
        assert fetched.headers["content-disposition"].startswith("attachment")
    assert "unsafe" not in visitor.client.get("/").headers["content-security-policy"]


def test_no_file_tells_the_second_person_what_the_first_decided(users):
    app, document = users.app(), users.document
    malee = users.user("malee", app)
    assert malee.decide(SATUN.id, "edit", "ตรังตรัง").status_code == 200
    addresses = [f"/documents/{document}/{path}" for path in
                 ("report", "exports/jsonl?layer=raw", "exports/scorecard", "exports/evidence")]  # fmt: skip
    prani, somchai = users.user("prani", app), users.user("somchai", app)
    for address in addresses:
        for browser in (prani, somchai):
            answer = browser.client.get(address)
            assert answer.status_code == 409, address
            assert "ตรังตรัง" not in answer.text
    assert users.user("anong", app).client.get(addresses[0]).status_code == 200
    assert malee.client.get(addresses[0]).status_code == 200, "she knows it"
    assert prani.decide(SATUN.id, "accept").status_code == 200
    assert prani.client.get(addresses[0]).status_code == 200


def test_an_audit_is_run_and_its_report_kept(done):
    visitor = done.visitor()
    assert visitor.post("/api/audits", {}).json() == {"begun": True}
    shown = finished(visitor, "/audits", "What was looked at is consistent.")
    (name,) = {part.split('"')[0] for part in shown.split('href="/audits/')[1:]}
    report = visitor.client.get(f"/audits/{name}")
    assert report.headers["content-security-policy"].startswith("sandbox;")
    assert done.ws.id in report.text
    for wrong in ("../workspace.json", "..%2Fworkspace.json", "2026-01-01.html", "2026-01-01.json"):
        assert visitor.client.get(f"/audits/{wrong}").status_code == 404
    again = done.visitor().client.get("/audits").text
    assert name in again
    assert "What was looked at is consistent." in again, "also after a restart"
    thai = visitor.client.get(f"/audits/{name}?lang=th").text
    assert "สอดคล้องกันในตัวเอง" in thai
    assert "Consistent with itself" not in thai


def test_an_audit_that_finds_something_says_so(done):
    image = done.ws.ledger.newest(SampleDrawn)
    assert image is None
    blob = next(
        one for one in (done.ws.path / "blobs").rglob("*") if one.is_file() and one.stat().st_size > 1000
    )
    blob.chmod(0o600)
    blob.write_bytes(b"damaged")
    visitor = done.visitor()
    visitor.post("/api/audits", {})
    shown = finished(visitor, "/audits", 'id="result"')
    assert "Something does not hold." in shown
    assert "errors" in shown
    thai = visitor.client.get("/audits?lang=th").text
    told, said = (re.findall(r"</a>: (.*?)(?: <span|</li>)", one) for one in (shown, thai))
    assert told
    assert len(said) == len(told)
    assert all(re.search("[ก-๛]", one) for one in said)
    assert not any(re.search("[ก-๛]", one) for one in told)


def test_a_sample_is_drawn_looked_at_by_lines_and_recorded(done):
    visitor = done.visitor()
    assert "Nothing is published yet" in visitor.client.get("/samples").text
    visitor.post("/api/publish", {"document": None})
    drawn = visitor.post(
        "/api/samples", {"documents": [], "limit": "5%", "confidence": "90%", "defects": 0}
    ).json()
    sample = drawn["sample"]
    assert "waits for an inspection" in visitor.client.get("/samples").text
    shown = visitor.client.get(f"/samples/{sample}").text
    assert shown.count('class="inspect-line"') == 2
    assert shown.count('class="letter"') == drawn["units"]
    assert visitor.client.get(f"/api/samples/{sample}/lines/1").headers["content-type"] == "image/png"
    assert visitor.client.get(f"/api/samples/{sample}/lines/9").status_code == 404
    early = visitor.post(f"/api/samples/{sample}", {"seen": 1, "wrong": []})
    assert (early.status_code, early.json()["error"]) == (409, "gate")
    for wrong in ([[0, "", ""]], [[drawn["units"] + 1, "", ""]], [[1, ""]], [["1", "", ""]], None, [1]):
        assert visitor.post(f"/api/samples/{sample}", {"seen": 2, "wrong": wrong}).status_code == 400
    assert done.ws.ledger.newest(Inspected) is None
    recorded = visitor.post(f"/api/samples/{sample}", {"seen": 2, "wrong": [[2, "ข", "ดูภาพ"]]})
    assert recorded.json()["accepted"] is False
    defect = done.ws.ledger.newest(DefectFound)
    assert (defect.event.should_be, defect.event.note, defect.event.sample) == ("ข", "ดูภาพ", sample)
    assert sum(one.wrong for one in done.ws.ledger.newest(Inspected).event.results) == 1
    assert "not accepted" in visitor.client.get("/samples").text


def test_a_sample_shows_what_was_published_when_it_was_drawn(done):
    """Whatever becomes of the page afterwards: the units are those of the text from which they were drawn."""
    visitor = done.visitor()
    visitor.post("/api/publish", {"document": None})
    sample = visitor.post("/api/samples", {}).json()["sample"]
    before = said(visitor.client.get(f"/samples/{sample}").text)
    return_page(done.ws, done.document, 2, "อ่านใหม่", SOMCHAI)
    reject(done.ws, done.document, [f"2:{CHIANG_MAI.id}"], SOMCHAI)
    done.read(2, "ข้อความอื่น", ON_SECOND, run=2)
    assert said(done.visitor().client.get(f"/samples/{sample}").text) == before
    picture = done.visitor().client.get(f"/api/samples/{sample}/lines/1")
    assert picture.headers["content-type"] == "image/png"


def test_what_learning_would_change_is_shown_and_applied_by_an_administrator_alone(users):
    app = users.app()
    malee, anong, boonmee = (users.user(login, app) for login in ("malee", "anong", "boonmee"))
    assert malee.decide(KATHU.id, "edit", "กะทู").status_code == 200
    assert anong.post("/api/learning", {}).json() == {"begun": True}
    shown = finished(anong, "/learning", "What would be new")
    assert "a misreading becomes likelier" in shown
    assert "/api/learning/apply" not in shown
    upto = users.ws.ledger.head().seq
    assert anong.post("/api/learning/apply", {"upto": upto}).status_code == 403
    assert not (users.ws.path / "dictionaries/learned.txt").exists()
    assert boonmee.post("/api/learning/apply", {"upto": upto - 1}).status_code == 409
    assert boonmee.post("/api/learning/apply", {"upto": upto}).json()["applied"] > 0
    assert "confusion:" in (users.ws.path / "dictionaries/learned.txt").read_text("utf-8")
    finished(anong, "/learning", "Nothing new to learn")


@pytest.mark.parametrize("login", ["wichai", "malee", "somchai", "prani", "anong", "boonmee"])
def test_everybody_is_offered_what_they_may_ask_for_and_nothing_else(users, login):
    browser = users.user(login)
    pages = ["/", f"/documents/{users.document}"]
    for page in pages:
        shown = browser.client.get(page).text
        for part in shown.split('href="')[1:]:
            address = part.split('"')[0]
            if address.startswith("/") and not address.startswith("/static/") and "/pages/" not in address:
                assert browser.client.get(address.replace("&amp;", "&")).status_code == 200, (login, address)


def test_an_operator_and_an_auditor_have_no_button_to_begin(users):
    app = users.app()
    begins = {login: "Begin" in said(users.user(login, app).client.get("/").text) for login in
              ("wichai", "anong", "boonmee", "prani", "malee")}  # fmt: skip
    assert begins == {"wichai": False, "anong": False, "boonmee": False, "prani": False, "malee": True}
    users.user("malee", app).decide(SATUN.id, "accept")
    assert "Begin: 1 to decide" in users.user("prani", app).client.get("/").text
