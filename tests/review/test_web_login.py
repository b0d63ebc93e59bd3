"""Logging in to the review page: sessions, waits, forgery, the sign-on proxy."""

import re
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from ledger.people import users_at
from model.user import Role
from review import passwords
from review.users import add, set_enabled, set_password, set_roles
from review.web.attempts import ACCOUNT, ADDRESS, Attempts
from review.web.authenticator import Peers, public
from review.web.sessions import IDLE_SECONDS, LONGEST_SECONDS, Sessions
from review.web.state_store import StateStore
from tests.review.house import KATHU
from tests.review.web_house import PORT, decision_body
from tests.review.web_users import PASSWORD, ROOT, Clock, cheap_passwords

pytestmark = pytest.mark.slow

NEW = "another good password"

Body = dict[str, Any]


@pytest.fixture
def house(users_house):
    return users_house


@pytest.fixture
def app(house):
    return house.app()


@pytest.fixture
def browser(house, app):
    return house.browser(app)


def cookie(answer):
    return answer.headers["set-cookie"]


def is_in(browser):
    return browser.client.get("/api/session").status_code == 200


def test_a_stranger_is_sent_to_the_login_and_then_to_where_they_wanted(house, browser):
    wanted = f"/documents/{house.document}/pages/1"
    answer = browser.client.get(wanted, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={wanted}")
    form = browser.client.get(answer.headers["location"]).text
    assert f'name="next" value="{wanted}"' in form
    data = browser.client.get(f"/api{wanted}")
    assert (data.status_code, data.json()["error"]) == (401, "login")


@pytest.mark.parametrize(
    "place",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a//evil", "/%2f%2fevil", "", "javascript:1",
     "/\n/evil", "/?x=//evil"],
)  # fmt: skip
def test_a_login_leads_to_no_other_site(browser, place):
    fields = {"login": "malee", "password": PASSWORD, "next": place}
    answer = browser.client.post(
        "/login", data=fields, headers={"origin": browser.origin}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_the_cookie_is_the_browsers_alone_and_says_nothing(house, browser):
    made = cookie(browser.log_in("malee"))
    assert re.fullmatch(rf"chamra-session-{PORT}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=strict", made)
    secure = house.browser(house.app(public("https://chamra.example")), "https://chamra.example")
    made = cookie(secure.log_in("malee"))
    assert re.fullmatch(r"__Host-chamra=[\w-]{43}; HttpOnly; Path=/; SameSite=strict; Secure", made)
    assert "max-age" in secure.client.get("/").headers["strict-transport-security"]


def test_every_login_begins_a_new_session_and_ends_the_one_before(browser):
    fixed = {"cookie": f"chamra-session-{PORT}=chosen-by-somebody-else"}
    browser.log_in("malee", **fixed)
    first = browser.client.cookies[f"chamra-session-{PORT}"]
    assert first != "chosen-by-somebody-else"
    browser.log_in("malee")
    assert browser.client.cookies[f"chamra-session-{PORT}"] != first
    browser.client.cookies.clear()
    browser.client.cookies.set(f"chamra-session-{PORT}", first)
    assert not is_in(browser)


def test_a_session_ends_at_logout_for_good(house, app, browser):
    browser.log_in("malee")
    secret = browser.client.cookies[f"chamra-session-{PORT}"]
    answer = browser.log_out()
    assert answer.headers["location"] == "/login"
    assert answer.headers["clear-site-data"] == '"cache"'
    browser.client.cookies.set(f"chamra-session-{PORT}", secret)
    assert not is_in(browser)


def test_a_session_ends_when_nobody_uses_it_and_after_half_a_day(house, browser):
    browser.log_in("malee")
    for _ in range(5):
        house.time.now += IDLE_SECONDS - 1
        assert is_in(browser)
    house.time.now += IDLE_SECONDS
    assert not is_in(browser)
    browser.log_in("malee")
    begun = house.time.now
    while house.time.now + 3600 < begun + LONGEST_SECONDS:
        house.time.now += 3600
        assert is_in(browser)
    house.time.now += 3600
    assert not is_in(browser)


def test_a_session_and_the_waits_survive_a_restart_of_the_server(house):
    browser = house.browser(house.app(book=house.book_path))
    for _ in range(ACCOUNT.free):
        browser.log_in("prani", "wrong password")
    browser.log_in("malee")
    restarted = house.browser(house.app(book=house.book_path))
    restarted.client.cookies = browser.client.cookies
    assert is_in(restarted)
    assert restarted.token == browser.token
    assert restarted.log_in("prani").status_code == 429
    assert house.book_path.stat().st_mode & 0o077 == 0
    secret = browser.client.cookies[f"chamra-session-{PORT}"]
    assert secret.encode() not in house.book_path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at" * 100])
def test_a_damaged_memory_of_sessions_is_begun_anew(house, content):
    house.book_path.parent.mkdir(parents=True, exist_ok=True)
    house.book_path.write_bytes(content)
    browser = house.browser(house.app(book=house.book_path))
    browser.log_in("malee")
    again = house.browser(house.app(book=house.book_path))
    again.client.cookies = browser.client.cookies
    assert is_in(again)


@pytest.mark.parametrize("change", ["disabled", "password"])
def test_a_user_who_is_kept_out_or_has_a_new_password_is_out_at_once(house, browser, change):
    browser.log_in("malee")
    shown = browser.finding(KATHU.id)
    token = browser.token
    if change == "disabled":
        set_enabled(house.ws, "malee", False, ROOT)
    else:
        set_password(house.ws, "malee", NEW, ROOT)
    path = f"/api/documents/{house.document}/pages/1/decisions"
    body: Body = decision_body(KATHU.id, "accept", version=shown["version"])
    assert browser.post(path, body, token).status_code == 401
    assert not list(house.ws.ledger.records(kind="decision"))
    assert browser.log_in("malee").status_code == 403
    assert browser.log_in("malee", NEW).status_code == (303 if change == "password" else 403)


def test_a_new_role_counts_from_the_next_request(house, browser):
    browser.log_in("anong")
    set_roles(house.ws, "anong", {Role.REVIEWER}, ROOT)
    assert browser.decide(KATHU.id, "accept").status_code == 200


@pytest.mark.parametrize(
    ("login", "password"),
    [("malee", "wrong password"), ("malee", ""), ("nobody", PASSWORD), ("", ""), ("Malee", PASSWORD),
     ("malee", "x" * 20_000), ("ma\x00lee", "a\x00b"), ("malee\ud800".encode("utf-8", "replace").decode(), "ก" * 9)],
)  # fmt: skip
def test_what_is_wrong_is_never_told(browser, login, password):
    answer = browser.log_in(login, password)
    assert answer.status_code == 403
    assert "User name or password is wrong." in answer.text
    assert "set-cookie" not in answer.headers


def test_a_user_without_a_password_comes_by_the_proxy_alone(house, browser):
    add(house.ws, "sso", "ผู้ใช้", {Role.REVIEWER}, None, ROOT)
    for password in ("", PASSWORD):
        assert browser.log_in("sso", password).status_code == 403


def test_an_unknown_user_costs_as_much_hashing_as_a_known_one(monkeypatch):
    cheap_passwords(monkeypatch)
    passwords._nobodys.cache_clear()
    encoded = passwords.hashed(PASSWORD)
    passwords.matches("", None)  # a server makes nobody's hash once
    verified = []
    verify = PasswordHasher.verify

    def counting(self, encoded_hash, password):
        verified.append((extract_parameters(encoded_hash), password))
        return verify(self, encoded_hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    assert not passwords.matches("wrong password", encoded)
    assert not passwords.matches("wrong password", None)
    known, unknown = verified
    assert known == unknown


def test_a_login_of_a_user_whose_hash_is_old_renews_it(house, browser, monkeypatch):
    monkeypatch.setattr(passwords, "_MEMORY_KIB", 128)
    passwords._hasher.cache_clear()
    before = users_at(house.ws.ledger)["malee"].credential
    assert browser.log_in("malee").status_code == 303
    assert users_at(house.ws.ledger)["malee"].credential != before
    assert is_in(browser)
    assert browser.log_in("malee").status_code == 303


# Waits


def test_after_some_failures_each_makes_the_next_wait_longer(house, browser):
    for _ in range(ACCOUNT.free):
        assert browser.log_in("malee", "wrong password").status_code == 403
    waits = []
    for _ in range(4):
        answer = browser.log_in("malee")
        assert answer.status_code == 429
        waits.append(int(answer.headers["retry-after"]))
        assert f"{waits[-1]} s" in answer.text
        house.time.now += waits[-1]
        assert browser.log_in("malee", "wrong password").status_code == 403
    assert waits == [1, 2, 4, 8]
    house.time.now += 16
    assert browser.log_in("malee").status_code == 303
    assert browser.log_in("malee", "wrong password").status_code == 403


def test_guessing_at_many_users_makes_the_address_wait_and_nobody_else(house):
    app = house.app(peers=Peers.of(["127.0.0.1"]))
    browser = house.browser(app)
    for number in range(ADDRESS.free):
        assert browser.log_in(f"user{number}", NEW, x_forwarded_for="203.0.113.9").status_code == 403
    assert browser.log_in("malee", x_forwarded_for="203.0.113.9").status_code == 429
    assert browser.log_in("malee", x_forwarded_for="203.0.113.9, 198.51.100.1").status_code == 303


def test_the_longest_wait_is_short_enough_to_sit_out():
    assert ACCOUNT.wait(10_000) == 300
    assert ADDRESS.wait(10_000) == 900


def test_a_flood_of_names_takes_no_memory_and_frees_no_one():
    clock = Clock()
    attempts = Attempts(StateStore(None), clock)
    for _ in range(ACCOUNT.free + 1):
        attempts.begin("malee", "203.0.113.9")
    for number in range(6000):
        clock.now += 0.0001
        attempts.begin(f"user{number}", f"198.51.{number // 250}.{number % 250}")
    assert len(attempts._failures) <= 4096
    assert attempts.begin("malee", "192.0.2.1") > 0


def test_many_attempts_at_once_are_many():
    attempts = Attempts(StateStore(None), Clock())
    begun = [attempts.begin("malee", f"203.0.113.{number}") for number in range(20)]
    assert begun.count(0.0) == ACCOUNT.free


def test_sessions_take_no_more_memory_than_a_user_needs():
    sessions = Sessions(StateStore(None), Clock())
    secrets = [sessions.open("malee", "x") for _ in range(50)]
    assert sum(sessions.get(one) is not None for one in secrets) == 10
    assert sessions.get(secrets[-1]) is not None


# Forgery


@pytest.mark.parametrize(
    "headers",
    [{"origin": ""}, {"origin": "null"}, {"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site"},
     {"content_type": "text/plain"}, {"content_type": "multipart/form-data; boundary=x"},
     {"content_type": "application/json"}],
)  # fmt: skip
def test_no_other_site_logs_anybody_in(browser, headers):
    answer = browser.log_in("malee", **headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("token", ["", "0" * 40, "é"])
def test_no_other_site_logs_anybody_out(browser, token):
    browser.log_in("malee")
    answer = browser.client.post("/logout", data={"token": token}, headers={"origin": browser.origin})
    assert answer.status_code == 403
    assert is_in(browser)


def test_a_token_is_good_for_its_own_session_alone(house, app):
    malee, somchai = house.user("malee", app), house.user("somchai", app)
    assert malee.token != somchai.token
    body: Body = decision_body(KATHU.id, "accept")
    path = f"/api/documents/{house.document}/pages/1/decisions"
    assert malee.post(path, body, somchai.token).status_code == 403
    answer = malee.client.post(
        path, data={"note": "", "token": malee.token}, headers={"origin": malee.origin}
    )
    assert answer.status_code == 403
    assert not list(house.ws.ledger.records(kind="decision"))


def test_the_actor_is_who_has_logged_in_and_never_what_a_request_says(house, browser):
    browser.log_in("malee")
    who = {"name": "สมชาย", "account": "somchai", "claimed": False}
    body: Body = decision_body(KATHU.id, "accept", who=who, login="somchai")
    path = f"/api/documents/{house.document}/pages/1/decisions?login=somchai"
    assert browser.post(path, body, x_forwarded_user="somchai", remote_user="somchai").status_code == 200
    (record,) = house.ws.ledger.records(kind="decision")
    assert record.payload["who"] == {"name": "มาลี", "account": "malee", "claimed": False, "known": "login"}


def test_what_is_personal_is_kept_nowhere(house, browser):
    browser.log_in("malee")
    page = f"/documents/{house.document}/pages/1"
    for path in ("/", page, f"/api{page}", "/api/session", "/login"):
        assert browser.client.get(path, follow_redirects=False).headers["cache-control"] == "no-store"


def test_the_header_says_who_one_is(browser):
    browser.log_in("somchai")
    page = browser.client.get("/?lang=th").text
    assert "สมชาย" in page
    assert "ผู้ตรวจทานคนที่สอง" in page
    assert 'action="/logout"' in page
