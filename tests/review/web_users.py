"""A workspace with users, and browsers without a screen that log in to it."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from model.decision import Known, Who
from model.user import Role
from review import passwords
from review.users import add, set_password
from review.web.app import create_app
from review.web.authenticator import Address, Peers, loopback, public
from review.web.login import LoginAuthenticator, ProxyAuthenticator
from review.web.state_store import StateStore
from review.who import logged_in
from tests.review.web_house import PORT, WebHouse, decision_body
from workspace.workspace import Workspace

with warnings.catch_warnings():
    # Starlette would rather have httpx2, which nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ROOT = Who("root", "root", claimed=False, known=Known.ACCOUNT)
PASSWORD = "สิบสองตัวอักษรขึ้นไป"

PEOPLE = {
    "wichai": ("วิชัย", {Role.OPERATOR}),
    "malee": ("มาลี", {Role.REVIEWER}),
    "somchai": ("สมชาย", {Role.REVIEWER, Role.SECOND_REVIEWER}),
    "prani": ("ปราณี", {Role.SECOND_REVIEWER}),
    "anong": ("อนงค์", {Role.AUDITOR}),
    "boonmee": ("บุญมี", {Role.ADMINISTRATOR}),
}
"""Everybody's login, name and roles; every role is held by somebody alone but for one."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def cheap_passwords(monkeypatch: Any) -> None:
    """Hash with the least parameters that there are: what is tested is not how long guessing takes."""
    monkeypatch.setattr(passwords, "_MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "_PASSES", 1)
    for cached in (passwords._hasher, passwords._nobodys):
        cached.cache_clear()


def add_person(ws: Workspace, login: str, name: str, roles: Collection[Role]) -> None:
    """Add somebody who has set a password of their own."""
    user = add(ws, login, name, roles, "the first password", ROOT)
    set_password(ws, login, PASSWORD, logged_in(user, Known.LOGIN))


NOT_THERE = {"sample": "0" * 64, "line:int": "0", "name": "2026-01-01.html", "login": "nobody"}
"""Values for what an address names and a house lacks."""


def address_of(path: str, document: str, finding: str) -> str:
    """An address from the path of its route, about page 1 of a document and a finding of it, and of other things about
    what is not there."""
    there = {"document": document, "page:int": "1", "finding": finding, "format": "text"}
    for name, value in (there | NOT_THERE).items():
        path = path.replace(f"{{{name}}}", value)
    asks = {"cut": "?box=0,0,10,10", "trace": f"?finding={finding}", "text": "?layer=raw"}
    return path + asks.get(path.rpartition("/")[2], "")


def is_there(path: str) -> bool:
    """True where the path of a route names nothing that a house lacks."""
    return not any(f"{{{name}}}" in path for name in NOT_THERE)


def client(app: ASGIApp, url: str, peer: str = "127.0.0.1") -> TestClient:
    """A browser at the other end of a connection from this address."""
    return TestClient(app, base_url=url, client=(peer, 50000))


class UsersHouse(WebHouse):
    """A house to which people log in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.time = Clock()
        self.book_path = folder / "state" / "book.sqlite"

    def people(self) -> None:
        """Add everybody."""
        for login, (name, roles) in PEOPLE.items():
            add_person(self.ws, login, name, roles)

    def app(
        self, address: Address | None = None, peers: Peers | None = None, book: Path | None = None
    ) -> ASGIApp:
        """The application as a server with users has it."""
        kept = StateStore(book)
        door = LoginAuthenticator(
            self.ws, address or loopback(PORT), PORT, peers=peers, state_store=kept, clock=self.time
        )
        return create_app(self.ws, door)

    def proxied(self, header: str = "X-Forwarded-User") -> ASGIApp:
        """The application behind a sign-on proxy at 10.0.0.7."""
        door = ProxyAuthenticator(
            self.ws, public("https://chamra.example"), Peers.of(["10.0.0.7"]), header, b"s" * 32
        )
        return create_app(self.ws, door)

    def browser(self, app: ASGIApp | None = None, url: str = f"http://127.0.0.1:{PORT}") -> UserBrowser:
        """A browser in which nobody has logged in yet."""
        return UserBrowser(
            TestClient(app or self.app(), base_url=url, client=("127.0.0.1", 50000)), url, self
        )

    def user(self, login: str, app: ASGIApp | None = None) -> UserBrowser:
        """A browser in which this user has logged in."""
        browser = self.browser(app)
        assert browser.log_in(login).status_code == 303
        return browser


class UserBrowser:
    """A browser without a screen."""

    def __init__(self, client: TestClient, origin: str, house: UsersHouse) -> None:
        self.client = client
        self.origin = origin
        self.house = house

    def log_in(self, login: str, password: str = PASSWORD, **headers: str) -> Any:
        """Send the login form."""
        fields = {"login": login, "password": password, "next": "/"}
        given = {"origin": self.origin} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post("/login", data=fields, headers=given, follow_redirects=False)

    def log_out(self) -> Any:
        """Send the form of the header."""
        return self.client.post(
            "/logout", data={"token": self.token}, headers={"origin": self.origin}, follow_redirects=False
        )

    @property
    def token(self) -> str:
        """The token of the session."""
        return str(self.client.get("/api/session").json()["token"])

    def page(self, number: int = 1) -> dict[str, Any]:
        """The page's data."""
        answer = self.client.get(f"/api/documents/{self.house.document}/pages/{number}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def finding(self, key: str, number: int = 1) -> dict[str, Any]:
        """One finding as the page shows it."""
        (found,) = [one for one in self.page(number)["findings"] if one["id"] == key]
        return dict(found)

    def post(self, path: str, body: Any, token: str | None = None, **headers: str) -> Any:
        """Post as our own page does; headers given replace its own."""
        own = {"origin": self.origin, "x-chamra-token": self.token if token is None else token}
        given = own | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=given)

    def decide(self, key: str, verdict: str, after: str | None = None, number: int = 1) -> Any:
        """Decide about a finding as it is shown now."""
        body = decision_body(key, verdict, after, version=self.finding(key, number)["version"])
        return self.post(f"/api/documents/{self.house.document}/pages/{number}/decisions", body)
