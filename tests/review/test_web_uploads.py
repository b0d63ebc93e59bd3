"""Scans that are sent through the review page, and programs that show a token."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest

from audit.audit import audit
from ledger.events.scan_uploaded import ScanUploaded
from ledger.tokens import Tokens
from model.api_token import Scope
from model.decision import Known, Who
from model.errors import NotAllowed, UsageError
from model.user import Role
from ocr.sandbox.limits import Limits
from review.tokens import PREFIX, end, give, hash_of
from review.uploads import Inbox, incoming, take
from review.users import set_enabled, set_roles
from review.web.app import create_app
from review.web.authenticator import loopback
from review.web.login import LoginAuthenticator
from tests.reports.made_pages import blank_pdf, page
from tests.review.house import SATUN, SOMCHAI
from tests.review.web_house import PORT
from tests.review.web_users import ROOT

PDF = blank_pdf([page("", 1), page("", 2)])
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/user-token.json").read_text())


@pytest.fixture
def house(users_house):
    return users_house


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(folder, most_bytes=200_000, limits=Limits(pages=3), min_free_mb=0)


@pytest.fixture
def app(house, inbox):
    return create_app(house.ws, LoginAuthenticator(house.ws, loopback(PORT), PORT), inbox)


def send(browser, data, name="ประกาศ.pdf", **headers):
    own = {
        "origin": browser.origin,
        "content-type": "application/octet-stream",
        "x-chamra-token": browser.token,
    }
    return browser.client.post("/api/uploads", params={"name": name}, content=data, headers=own | headers)


def visible(inbox):
    return sorted(one.name for one in inbox.folder.iterdir())


def test_a_scan_that_is_sent_lies_in_the_inbox_and_who_sent_it_is_on_record(house, app, inbox):
    answer = send(house.user("wichai", app), PDF)
    assert (answer.status_code, answer.json()["pages"], answer.json()["known"]) == (200, 2, False)
    assert (inbox.folder / "ประกาศ.pdf").read_bytes() == PDF
    event = house.ws.ledger.newest(ScanUploaded).event
    assert (event.name, event.size, event.pages) == ("ประกาศ.pdf", len(PDF), 2)
    assert (event.who.account, event.who.known, event.document) == (
        "wichai",
        "login",
        answer.json()["sha256"],
    )
    assert visible(inbox) == ["ประกาศ.pdf"]


def test_no_file_takes_the_place_of_another_and_what_is_known_is_not_put_twice(house, app, inbox):
    browser = house.user("wichai", app)
    (inbox.folder / "a.pdf").write_bytes(b"another")
    assert send(browser, PDF, "a.pdf").json()["name"] == "a (2).pdf"
    assert (inbox.folder / "a.pdf").read_bytes() == b"another"
    house.ws.register_source(inbox.folder / "a (2).pdf", PDF, "pdf", 2, (1, 2))
    head = house.ws.ledger.head().seq
    assert send(browser, PDF, "b.pdf").json()["known"] is True
    assert visible(inbox) == ["a (2).pdf", "a.pdf"]
    assert house.ws.ledger.head().seq == head


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"PK\x03\x04 and so on", "a.pdf", "no PDF, PNG, JPEG or TIFF"),
        (b"", "a.pdf", "is empty"),
        (PDF[:300], "a.pdf", "a.pdf"),
        (blank_pdf([page("", n) for n in range(1, 5)]), "a.pdf", "a.pdf"),
        (PDF + b" " * 200_000, "a.pdf", "MiB"),
        (PDF, "", "has a name"),
        (PDF, "...", "has a name"),
    ],
)
def test_what_a_run_would_not_take_is_refused_and_nothing_is_left(house, app, inbox, data, name, why):
    head = house.ws.ledger.head().seq
    answer = send(house.user("wichai", app), data, name)
    assert (answer.status_code, answer.json()["error"]) == (422, "refused")
    assert why in answer.json()["message"]
    assert visible(inbox) == []
    assert house.ws.ledger.head().seq == head


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/a.pdf", "a.pdf"), ("C:\\x\\a.pdf", "a.pdf"), (".a.pdf", "a.pdf"), ("a\n\x00b.pdf", "a__b.pdf"),
     ("scan", "scan.pdf"), ("scan.exe", "scan.exe.pdf"), ("ก" * 300 + ".pdf", "ก" * 58 + ".pdf")],
)  # fmt: skip
def test_a_name_leads_nowhere_else_and_says_what_the_file_is(house, app, inbox, name, kept):
    assert send(house.user("wichai", app), PDF, name).json()["name"] == kept
    assert visible(inbox) == [kept]


def test_only_who_may_sends_and_only_from_our_own_page(house, app, inbox):
    for login in ("malee", "anong", "prani"):
        assert send(house.user(login, app), PDF).status_code == 403
    browser = house.user("wichai", app)
    assert send(browser, PDF, origin="https://elsewhere.example").status_code == 403
    assert send(browser, PDF, **{"x-chamra-token": "wrong"}).status_code == 403
    assert send(browser, PDF, **{"content-type": "text/plain"}).status_code == 415
    assert house.browser(app).client.post("/api/uploads", content=PDF).status_code == 401
    assert visible(inbox) == []
    assert browser.client.get("/uploads").status_code == 200
    assert house.user("malee", app).client.get("/uploads").status_code == 403


def test_a_body_without_its_length_is_not_read(house, app):
    browser = house.user("wichai", app)
    assert send(browser, iter([PDF])).status_code == 411


def test_a_server_without_an_inbox_says_so(house):
    browser = house.user("wichai")
    assert "no inbox" in browser.client.get("/uploads").text
    assert send(browser, PDF).status_code == 422


def test_what_was_begun_and_not_taken_is_removed(house, inbox):
    def half():
        with incoming(inbox, 4) as file:
            file.write(b"half")
            assert len(visible(inbox)) == 1
            take(house.ws, inbox, file, "a.pdf", SOMCHAI)

    with pytest.raises(UsageError):
        half()
    assert visible(inbox) == []


def token(house, login, *scopes, days=1, now=None):
    return give(house.ws, login, scopes, days, "a script", ROOT, now or datetime.now(UTC))


def asked(house, app, method, path, secret, **more):
    headers = {"authorization": f"Bearer {secret}"} | more.pop("headers", {})
    return house.browser(app).client.request(method, path, headers=headers, follow_redirects=False, **more)


def test_a_token_reads_what_its_user_may_and_nothing_else(house, app):
    secret, made = token(house, "anong", Scope.READ)
    listed = asked(house, app, "GET", "/api/documents", secret).json()["documents"]
    assert [one["id"] for one in listed] == [house.document]
    for path in (
        f"/api/documents/{house.document}/pages/1",
        f"/documents/{house.document}/exports/text?layer=raw",
    ):
        assert asked(house, app, "GET", path, secret).status_code == 200
    for method, path in (("GET", "/"), ("GET", "/users"), ("POST", "/api/publish"), ("POST", "/api/uploads"),
                         ("POST", f"/api/documents/{house.document}/sign")):  # fmt: skip
        assert asked(house, app, method, path, secret).status_code == 403, path
    assert made.sha256 == hash_of(secret)
    assert secret not in json.dumps([dict(one.payload) for one in house.ws.ledger.records()])


def test_no_token_decides_signs_or_manages_whatever_its_user_may(house, app):
    set_roles(house.ws, "boonmee", set(Role), ROOT)
    secret, _ = token(house, "boonmee", *Scope)
    place = f"/api/documents/{house.document}"
    for path in (
        f"{place}/pages/1/decisions",
        f"{place}/pages/1/texts",
        f"{place}/sign",
        "/api/publish",
        "/api/users",
    ):
        head = house.ws.ledger.head().seq
        assert asked(house, app, "POST", path, secret, json={}).status_code == 403, path
        assert house.ws.ledger.head().seq == head


def test_a_token_sends_scans_without_being_our_page(house, app, inbox):
    secret, _ = token(house, "wichai", Scope.UPLOAD)
    answer = asked(house, app, "POST", "/api/uploads?name=a.pdf", secret, content=PDF)
    assert answer.status_code == 200
    assert house.ws.ledger.newest(ScanUploaded).event.who.known == "token"
    assert asked(house, app, "GET", "/api/documents", secret).status_code == 403
    assert visible(inbox) == ["a.pdf"]


def test_a_token_counts_while_its_time_its_user_and_nobodys_word_against_it_last(house, app):
    def status(secret):
        return asked(house, app, "GET", "/api/documents", secret).status_code

    past, _ = token(house, "anong", Scope.READ, now=datetime.now(UTC) - timedelta(days=2))
    secret, made = token(house, "anong", Scope.READ)
    assert (status(past), status(secret), status(PREFIX + "x"), status("x")) == (401, 200, 401, 401)
    set_enabled(house.ws, "anong", False, ROOT)
    assert status(secret) == 401
    set_enabled(house.ws, "anong", True, ROOT)
    assert status(secret) == 200
    end(house.ws, made.id, ROOT)
    assert status(secret) == 401
    assert made.sha256 not in Tokens(house.ws.ledger).now()


def test_a_cookie_does_not_help_a_token_that_does_not_count(house, app):
    browser = house.user("boonmee", app)
    answer = browser.client.get(
        "/users", headers={"authorization": f"Bearer {PREFIX}x"}, follow_redirects=False
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "login")


@pytest.mark.parametrize(
    ("path", "layer", "status", "word"),
    [("exports/text", "published", 409, "gate"), ("exports/nothing", "raw", 422, "refused"),
     ("exports/text", "signed", 404, "missing"), ("exports", "raw", 403, "role"), ("report", "", 409, "gate")],
)  # fmt: skip
def test_a_program_is_told_in_json_why_it_gets_no_file(house, app, path, layer, status, word):
    secret, _ = token(house, "prani", Scope.READ)
    if path == "report":
        assert house.user("malee", app).decide(SATUN.id, "edit", "ตรัง").status_code == 200
    address = f"/documents/{house.document}/{path}?layer={layer}"
    answer = asked(house, app, "GET", address, secret)
    assert (answer.status_code, answer.json()["error"]) == (status, word)
    assert answer.json()["message"]
    assert asked(house, app, "GET", address, f"{PREFIX}x").json()["error"] == "login"
    person = house.user("prani", app).client.get(address)
    assert person.headers["content-type"].startswith("text/html"), "a person is shown a page"


def test_only_administrators_give_and_take_tokens_and_the_audit_agrees(house):
    token(house, "anong", Scope.READ)
    other = Who("ใครก็ได้", "nobody", claimed=False, known=Known.LOGIN)
    with pytest.raises(NotAllowed):
        give(house.ws, "anong", [Scope.READ], 1, "x", other, datetime.now(UTC))
    for login, scopes, days, note in (("x", [Scope.READ], 1, "x"), ("anong", [], 1, "x"),
                                      ("anong", [Scope.READ], 400, "x"), ("anong", [Scope.READ], 1, " ")):  # fmt: skip
        with pytest.raises(UsageError):
            give(house.ws, login, scopes, days, note, ROOT, datetime.now(UTC))
    assert not [one for one in audit(house.ws).findings if "token" in one.message]


def test_the_terminal_gives_lists_and_takes_back(house, chamra):
    place = house.ws.path
    house.ws.close()
    status, out, _ = chamra(
        "user", "token", "add", "anong", "-w", place, "--scope", "read", "--note", "ก", "--json"
    )
    made = json.loads(out)
    jsonschema.validate(made, SCHEMA)
    assert (status, made["secret"][: len(PREFIX)]) == (0, PREFIX)
    identity = made["tokens"][0]["id"]
    assert identity in chamra("user", "token", "list", "-w", place)[1]
    assert made["secret"] not in chamra("user", "token", "list", "-w", place)[1]
    jsonschema.validate(
        json.loads(chamra("user", "token", "revoke", identity, "-w", place, "--json")[1]), SCHEMA
    )
    assert chamra("user", "token", "list", "-w", place)[1] == "no tokens\n"
