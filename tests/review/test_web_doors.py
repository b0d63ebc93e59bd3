"""Doors of the review page: for one person, for users, behind a sign-on proxy; and what fronts are refused."""

from typing import Any

import pytest
from starlette.requests import Request

from ledger.people import Users
from model.errors import UsageError
from review.web.access import Access
from review.web.app import create_app
from review.web.authenticator import Peers, client_address
from review.web.serve import ServerOptions, check
from tests.review.house import KATHU, SOMCHAI
from tests.review.web_house import PORT, decision_body
from tests.review.web_users import client

Body = dict[str, Any]


@pytest.fixture
def house(users_house):
    return users_house


def test_once_there_are_users_the_page_for_one_person_lets_nobody_in(house):
    access = Access(SOMCHAI, "127.0.0.1", PORT, b"s" * 32, Users(house.ws.ledger))
    browser = house.browser(create_app(house.ws, access))
    answer = browser.client.get(access.entrance)
    assert answer.status_code == 403
    assert "has users now" in answer.text


@pytest.fixture
def behind(house):
    """Make a request as the sign-on proxy at an address does."""
    app = house.proxied()

    def ask(path, peer="10.0.0.7", host="chamra.example", method="GET", **more):
        asking = client(app, f"https://{host}", peer)
        return asking.request(method, path, follow_redirects=False, **more)

    return ask


def test_the_proxy_says_who_it_is(behind):
    said = behind("/api/session", headers={"x-forwarded-user": "malee"}).json()
    assert (said["account"], said["name"]) == ("malee", "มาลี")


@pytest.mark.parametrize("peer", ["10.0.0.8", "127.0.0.1", "::1", "testclient", "::ffff:10.0.0.8"])
def test_nobody_but_the_proxy_is_heard(behind, peer):
    for path in ("/", "/static/page.js", "/api/session"):
        assert behind(path, peer, headers={"x-forwarded-user": "malee"}).status_code == 403


def test_the_proxy_is_known_by_either_form_of_its_address(behind):
    assert behind("/api/session", "::ffff:10.0.0.7", headers={"x-forwarded-user": "malee"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [[], [("x-forwarded-user", "nobody")], [("x-forwarded-user", "")], [("x-forwarded-user", "MALEE")],
     [("x-forwarded-user", "malee"), ("x-forwarded-user", "boonmee")], [("x-forwarded-user", "malee,boonmee")]],
)  # fmt: skip
def test_whom_the_proxy_does_not_name_exactly_is_a_stranger(behind, headers):
    assert behind("/", headers=headers).status_code == 403
    assert behind("/api/session", headers=headers).status_code == 401


def test_behind_a_proxy_a_decision_needs_the_token_and_is_marked(house, behind):
    named = {"x-forwarded-user": "malee", "origin": "https://chamra.example"}
    token = behind("/api/session", headers=named).json()["token"]
    path = f"/api/documents/{house.document}/pages/1/decisions"
    body: Body = decision_body(KATHU.id, "accept")
    assert behind(path, method="POST", json=body, headers=named).status_code == 403
    assert behind("/login", headers=named).status_code == 404
    answer = behind(path, method="POST", json=body, headers=named | {"x-chamra-token": token})
    assert answer.status_code == 200
    (record,) = house.ws.ledger.records(kind="decision")
    assert record.payload["who"]["known"] == "proxy"


@pytest.mark.parametrize(
    ("front", "with_users", "words"),
    [
        (ServerOptions("0.0.0.0"), False, "decide in your name"),
        (ServerOptions("127.0.0.1", url="https://chamra.example"), False, "decide in your name"),
        (ServerOptions("127.0.0.1", proxies=("10.0.0.7",)), False, "decide in your name"),
        (ServerOptions("0.0.0.0"), True, "By which name"),
        (ServerOptions("0.0.0.0", url="chamra.example"), True, "no address"),
        (ServerOptions("0.0.0.0", url="https://chamra.example/path"), True, "no address"),
        (ServerOptions("0.0.0.0", url="https://user@chamra.example"), True, "no address"),
        (ServerOptions(user_header="X-Forwarded-User"), True, "Anybody could send"),
        (ServerOptions(proxies=("0.0.0.0/0",)), True, "trust everybody"),
        (ServerOptions(proxies=("proxy.example",)), True, "--trust-proxy"),
    ],
)
def test_a_front_that_would_let_strangers_in_is_refused(front, with_users, words):
    with pytest.raises(UsageError, match=words):
        check(front, with_users=with_users)


def test_a_front_with_users_may_stand_anywhere():
    check(ServerOptions("0.0.0.0", url="https://chamra.example", proxies=("10.0.0.7",)), with_users=True)


@pytest.mark.parametrize(
    ("forwarded", "peers", "expected"),
    [
        ("198.51.100.1", None, "127.0.0.1"),
        ("198.51.100.1", ["127.0.0.1"], "198.51.100.1"),
        ("evil, 198.51.100.1", ["127.0.0.1"], "198.51.100.1"),
        ("198.51.100.1, evil", ["127.0.0.1"], "unknown"),
        ("", ["127.0.0.1"], "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", ["127.0.0.1"], "2001:db8:1:2::/64"),
    ],
)
def test_the_address_that_waits_is_the_last_one_that_the_proxy_names(forwarded, peers, expected):
    scope = {
        "type": "http",
        "client": ("127.0.0.1", 1),
        "headers": [(b"x-forwarded-for", forwarded.encode())],
    }
    assert client_address(Request(scope), Peers.of(peers) if peers else None) == expected
