"""Who the review page talks to."""

import os
import re

import pytest

from model.errors import UsageError
from review.web.access import Access, account_secret
from review.web.app import create_app
from review.web.serve import ServerOptions, check, serve
from tests.review.house import KATHU, MALEE, SOMCHAI
from tests.review.web_house import PORT, WebHouse
from tests.review.web_users import client

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path):
    made = WebHouse(tmp_path)
    made.two_pages()
    yield made
    made.ws.close()


@pytest.fixture
def visitor(house):
    return house.visitor()


def decided(house):
    return list(house.ws.ledger.records(kind="decision"))


def decision():
    one: dict[str, object] = {
        "finding": KATHU.id, "verdict": "accept", "after": None, "expected_version": [],
    }  # fmt: skip
    return {"decisions": [one], "note": ""}


def test_the_entrance_is_another_one_at_every_start_and_who_came_in_stays_in(house):
    first, again = (Access(SOMCHAI, "127.0.0.1", PORT, b"s" * 32) for _ in range(2))
    assert first.entrance != again.entrance
    browser = client(create_app(house.ws, first), first.origin)
    browser.get(first.entrance).raise_for_status()
    later = client(create_app(house.ws, again), again.origin)
    assert later.get(first.entrance).status_code == 403
    later.cookies = browser.cookies
    assert later.get("/api/session").status_code == 200


def test_the_entrance_lets_a_browser_in_and_leaves_no_key_in_the_address(visitor):
    visitor.client.cookies.clear()
    answer = visitor.client.get(visitor.access.entrance, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize(
    "path",
    ["/", "/documents/{d}", "/documents/{d}/pages/1", "/api/documents/{d}/pages/1",
     "/api/documents/{d}/pages/1/image", "/?key=wrong", "/?key="],
)  # fmt: skip
def test_another_account_of_the_machine_sees_nothing(house, visitor, path):
    visitor.client.cookies.clear()
    answer = visitor.client.get(path.format(d=house.document))
    assert answer.status_code == 403
    assert "chamra review" in answer.text


def test_without_the_cookie_nothing_is_decided(house, visitor):
    visitor.client.cookies.clear()
    path = f"/api/documents/{house.document}/pages/1/decisions"
    assert visitor.post(path, decision()).status_code == 403
    assert decided(house) == []


@pytest.mark.parametrize(
    "host",
    ["evil.example:8017", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:8017", "localhost:8018",
     "0.0.0.0:8017", ""],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/static/page.js"])
def test_a_name_that_is_not_ours_is_not_answered(visitor, host, path):
    assert visitor.client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"[::1]:{PORT}"])
def test_our_own_names_are_answered(visitor, host):
    assert visitor.client.get("/static/page.js", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x_chamra_token": ""},
        {"x_chamra_token": "0" * 40},
        {"x_chamra_token": "é"},
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": f"http://localhost:{PORT}"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
    ],
)
@pytest.mark.parametrize("path", ["/api/documents/{d}/pages/1/decisions", "/api/documents/{d}/sign"])
def test_only_our_own_page_changes_anything(house, visitor, headers, path):
    body = decision() | {"pages": None}
    assert visitor.post(path.format(d=house.document), body, **headers).status_code == 403
    assert decided(house) == []


def test_a_body_without_a_length_or_too_long_is_not_read(house, visitor):
    path = f"/api/documents/{house.document}/pages/1/decisions"
    assert visitor.post(path, decision() | {"note": "x" * 70_000}).status_code == 413
    headers = {
        "origin": visitor.access.origin, "x-chamra-token": visitor.access.token,
        "content-type": "application/json",
    }  # fmt: skip
    answer = visitor.client.post(path, content=iter([b"{}"]), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "GET"])
def test_decisions_are_only_posted(house, visitor, method):
    path = f"/api/documents/{house.document}/pages/1/decisions"
    assert visitor.client.request(method, path).status_code in {403, 405}


def test_the_actor_is_the_servers_and_never_the_requests(house, visitor):
    path = f"/api/documents/{house.document}/pages/1/decisions"
    lie = {"who": {"name": "มาลี", "account": "malee", "claimed": False}, "how": "policy:safe-1"}
    assert visitor.post(path, decision() | lie, x_forwarded_user="malee").status_code == 200
    (record,) = decided(house)
    assert record.payload["who"] == {"name": SOMCHAI.name, "account": SOMCHAI.account, "claimed": True}
    assert record.payload["how"] == "browser"


@pytest.mark.parametrize(
    "path", ["/", "/static/page.js", "/nowhere", "/api/documents/{d}/pages/1", "/?key=wrong"]
)
def test_every_answer_carries_the_security_headers(house, visitor, path):
    headers = visitor.client.get(path.format(d=house.document)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"]


def test_pages_hold_no_script_or_style_of_their_own(house, visitor):
    for path in ("/", f"/documents/{house.document}", f"/documents/{house.document}/pages/1"):
        page = visitor.client.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"<[^>]*\son\w+=", page)
        assert all("src=" in part.split(">")[0] for part in page.split("<script")[1:])
        assert "//" not in page.replace("http://127", "")


@pytest.mark.parametrize(
    "path", ["/static/../access.py", "/static/%2e%2e/access.py", "/static//etc/passwd", "/static/"]
)
def test_only_the_files_of_the_page_are_served(visitor, path):
    assert visitor.client.get(path).status_code == 404


def test_a_key_of_one_server_does_not_open_another(house):
    secret = b"s" * 32
    here, there = (Access(who, "127.0.0.1", port, secret) for who, port in ((SOMCHAI, PORT), (MALEE, 9000)))
    assert len({here.entrance[-40:], there.entrance[-40:], here.token, there.token}) == 4


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_no_other_address_than_this_machine_alone(house, host):
    with pytest.raises(UsageError, match="not served at"):
        check(ServerOptions(host), with_users=False)
    with pytest.raises(UsageError, match="not served at"):
        serve(
            house.ws,
            SOMCHAI,
            ServerOptions(host),
            started=lambda door, entrance: pytest.fail("it was served"),
            reads=lambda: None,
        )


def test_the_secret_of_an_account_is_kept_and_nobody_else_can_read_it(tmp_path):
    first = account_secret(tmp_path / "state")
    assert account_secret(tmp_path / "state") == first
    (kept,) = (tmp_path / "state").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert len(first) == 64


def test_a_secret_that_others_could_read_or_that_was_cut_off_is_not_used(tmp_path):
    first = account_secret(tmp_path)
    (tmp_path / "review.key").chmod(0o644)
    assert account_secret(tmp_path) != first
    (tmp_path / "review.key").chmod(0o600)
    (tmp_path / "review.key").write_bytes(b"short")
    assert len(account_secret(tmp_path)) == 32


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_where_no_secret_can_be_kept_there_is_a_fresh_one(tmp_path):
    tmp_path.chmod(0o500)
    assert account_secret(tmp_path / "state") != account_secret(tmp_path / "state")
