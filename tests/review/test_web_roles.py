"""Which role may ask for what: every address, every role."""

import json
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ledger.events.source_registered import SourceRegistered
from model.user import Role
from review.web.app import Site
from review.web.authenticator import Peers, loopback, public
from review.web.login import LoginAuthenticator, ProxyAuthenticator
from review.web.permissions import OPEN, PERMISSIONS, roles_for
from review.web.security_middleware import SecurityMiddleware
from tests.review.house import CHIANG_MAI, KATHU, SATUN, SECOND
from tests.review.web_house import PORT, decision_body
from tests.review.web_users import (
    PEOPLE,
    UsersHouse,
    add_person,
    address_of,
    cheap_passwords,
    is_there,
)
from tests.workspace import samples

FACT = samples.proposal(SECOND, "ส่วนจังหวัด", "ส่วนตำบล", people=2, rule="GAZ101")
API = json.loads((Path(__file__).parents[2] / "docs/schemas/review-api.json").read_text())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        cheap_passwords(patch)
        made = UsersHouse(tmp_path_factory.mktemp("house"))
        made.two_pages()
        made.people()
        for role in Role:
            add_person(made.ws, f"only-{role}", f"ผู้ใช้ {role}", {role})
        yield made
        made.ws.close()


@pytest.fixture(scope="module")
def app(house):
    return house.app()


def routes(house):
    """Every address of every door, as (method, path) and the route."""
    doors = (
        LoginAuthenticator(house.ws, loopback(PORT), PORT),
        ProxyAuthenticator(
            house.ws, public("https://chamra.example"), Peers.of(["10.0.0.7"]), "X-User", b"s" * 32
        ),
    )
    return {
        (method, route.path): route
        for door in doors
        for route in Site(house.ws, door).routes()
        for method in (route.methods or set()) - {"HEAD"}
    }


def filled(path, house):
    """The path with a document, page and finding that are there."""
    return address_of(path, house.document, KATHU.id)


def test_every_address_stands_in_the_table_and_no_other_does(house):
    assert set(routes(house)) == set(PERMISSIONS)


def test_every_address_is_described_and_no_other_is(house):
    described = {
        (method.upper(), path.replace("{page}", "{page:int}").replace("{line}", "{line:int}"))
        for path, methods in API["paths"].items()
        for method in methods
    }
    assert described == set(PERMISSIONS)
    for (method, path), roles in PERMISSIONS.items():
        operation = API["paths"][path.replace(":int", "")][method.lower()]
        assert (operation.get("security") == []) == (roles is OPEN)


def test_an_address_that_is_not_in_the_table_is_answered_to_nobody(house):
    async def forgotten(request):
        return PlainTextResponse("secret")

    site = Site(house.ws, door := LoginAuthenticator(house.ws, loopback(PORT), PORT))
    route = Route("/forgotten", forgotten)
    gate = SecurityMiddleware(route.app, door, [*site.routes(), route], site._failed)
    for role in Role:
        browser = house.browser(site.application())
        browser.log_in(f"only-{role}")
        shut = house.browser(gate)
        shut.client.cookies = browser.client.cookies
        assert shut.client.get("/forgotten").status_code == 403
    assert roles_for("GET", "/forgotten") is None


@pytest.mark.parametrize("role", list(Role))
def test_every_role_at_every_address(house, app, role):
    browser = house.user(f"only-{role}", app)
    for (method, path), roles in PERMISSIONS.items():
        if path in ("/logout", "/account/password") or roles is OPEN:
            continue
        before = house.ws.ledger.head().seq
        where = filled(path, house)
        answer = browser.client.get(where) if method == "GET" else browser.post(where, {})
        if role in roles:
            assert answer.status_code not in {401, 403}, (role, method, path)
            there = answer.status_code == (200 if is_there(path) else answer.status_code)
            assert method != "GET" or there, (role, method, path)
        else:
            assert answer.status_code == 403, (role, method, path)
            assert method == "GET" or answer.json()["error"] == "role"
        assert house.ws.ledger.head().seq == before, (role, method, path)


def test_who_may_not_read_finds_no_text_by_searching_and_still_finds_names(house, app):
    operator = house.user(f"only-{Role.OPERATOR}", app).client
    reader = house.user(f"only-{Role.AUDITOR}", app).client
    word = "กระทู้"
    for _ in range(100):  # a look goes on with the index for a tenth of a second
        if "<mark>" in reader.get("/", params={"q": word}).text:
            break
    for path in ("/", f"/documents/{house.document}"):
        found = [client.get(path, params={"q": word}).text for client in (reader, operator)]
        assert ["<mark>" in text for text in found] == [True, False], path
    pages = [client.get("/", params={"q": word}).text.count("/pages/") for client in (reader, operator)]
    assert pages[0] > 0
    assert pages[1] == 0  # that it stands on a page tells what stands there
    name = house.ws.ledger.newest(SourceRegistered, document=house.document).event.name
    assert house.document in operator.get("/", params={"q": name[:4]}).text


def test_a_stranger_gets_nothing_from_any_address(house, app):
    browser = house.browser(app)
    for (method, path), roles in PERMISSIONS.items():
        if roles is OPEN:
            continue
        where = filled(path, house)
        if method == "GET":
            answer = browser.client.get(where, follow_redirects=False)
        else:
            answer = browser.client.post(where, json={}, follow_redirects=False)
        assert answer.status_code in ({401} if path.startswith("/api/") else {303}), (method, path)
        assert house.document not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_do_nothing_anywhere(house, app, method):
    browser = house.user("malee", app)
    for path in {path for _, path in PERMISSIONS}:
        assert browser.client.request(method, filled(path, house)).status_code in {403, 405}


def test_a_wish_of_another_role_is_refused_where_it_would_be_recorded(house, app):
    """The same overrides as a reviewer's, from everybody who may not, at the address that they may use."""
    prani = house.user("prani", app)
    for finding in (KATHU, SATUN):
        answer = prani.decide(finding.id, "accept")
        assert (answer.status_code, answer.json()["error"]) == (403, "role")
    assert "holds" not in answer.json()["message"]
    assert "reviewer" in answer.json()["message"]


def test_the_second_person_is_blind_at_every_address_until_they_have_answered(house, app):
    """Neither the text that the first person wrote nor their verdict or reason is sent to the second one."""
    malee = house.user("malee", app)
    secret, reason = "ตรังตรัง", "เหตุผลของมาลี"
    seen = malee.finding(SATUN.id)["version"]
    path = f"/api/documents/{house.document}/pages/1/decisions"
    body = decision_body(SATUN.id, "edit", secret, version=seen, note=reason)
    assert malee.post(path, body).status_code == 200
    assert secret in json.dumps(malee.page(), ensure_ascii=False)
    for login in ("somchai", "prani"):
        second = house.user(login, app)
        for method, address in PERMISSIONS:
            where = filled(address, house)
            answer = second.client.get(where) if method == "GET" else None
            if answer is None and "logout" not in address and "login" not in address:
                answer = second.post(where, {"finding": SATUN.id, "verdict": "accept", "after": None,
                                             "expected_version": [1],
                                             "mark": "doubtful", "kind": "page", "text": ""})  # fmt: skip
            if answer is not None:
                said = answer.content.decode("utf-8", "replace")
                said += (
                    json.dumps(answer.json(), ensure_ascii=False)
                    if "json" in answer.headers["content-type"]
                    else ""
                )
                assert secret not in said, (login, method, address)
                assert reason not in said, (login, method, address)
        shown = second.finding(SATUN.id)
        assert shown["blind"]
        assert shown["decisions"] == []
    prani = house.user("prani", app)
    assert prani.decide(SATUN.id, "accept").status_code == 200
    told = prani.finding(SATUN.id)["decisions"]
    assert [one["after"] for one in told] == [secret, None]


def test_an_auditor_sees_what_the_second_person_does_not_and_has_nothing_to_do(house, app):
    house.examine_again(2, CHIANG_MAI, FACT, text=SECOND)
    malee, prani, anong = (house.user(login, app) for login in ("malee", "prani", "anong"))
    assert [one["todo"] for one in malee.page(2)["findings"]] == [True, True]
    assert [one["todo"] for one in prani.page(2)["findings"]] == [False, False]
    assert malee.decide(FACT.id, "accept", number=2).status_code == 200
    assert [one["todo"] for one in malee.page(2)["findings"]] == [False, True]
    assert [one["todo"] for one in prani.page(2)["findings"]] == [True, False]
    shown = anong.finding(FACT.id, 2)
    assert [one["name"] for one in shown["decisions"]] == ["มาลี"]
    assert prani.finding(FACT.id, 2)["decisions"] == []
    page = anong.page(2)
    assert not any(one["todo"] for one in page["findings"])
    assert (page["near"]["open"], page["near"]["waiting"]) == (None, 0)
    shown = {login: house.user(login, app).client.get(f"/documents/{house.document}/pages/2").text
             for login in ("anong", "prani")}  # fmt: skip
    assert ['class="reviewing reads"' in text for text in shown.values()] == [True, False]


def test_everybody_who_reads_sees_the_same_page(house, app):
    """What the reader's role changes is who may decide, not what the page says."""
    pages = [house.user(login, app).page(2) for login in PEOPLE if login != "wichai"]
    tags = [{line.pop("shown", None) for line in page["lines"]} for page in pages]
    assert [None in one for one in tags] == [
        login in ("anong", "boonmee") for login in PEOPLE if login != "wichai"
    ]
    texts = {json.dumps(page["lines"], ensure_ascii=False) for page in pages}
    assert len(texts) == 1
    assert all(CHIANG_MAI.id in {one["id"] for one in page["findings"]} for page in pages)


def test_counts_are_for_this_machine_alone_and_health_for_everybody(house, app):
    browser = house.browser(app)
    assert browser.client.get("/healthz").text == "ok\n"
    told = browser.client.get("/metrics").text
    assert 'chamra_pages{stage="waiting"} 2\n' in told
    assert "chamra_findings_waiting" in told
    assert house.document not in told
    through_a_proxy = browser.client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    assert through_a_proxy.status_code == 404
