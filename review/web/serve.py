"""Serve the review page: choose the door, bind the address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from ledger.people import Users
from model.decision import Who
from model.errors import UsageError
from review.web.access import Access, account_secret, state_folder
from review.web.app import create_app
from review.web.book import Book
from review.web.door import LOOPBACK, Door, Peers, loopback, public
from review.web.login import LoginDoor, ProxyDoor
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Front:
    """Where the page is served, and how browsers come to it.

    `port` 0 takes a free one. `url` is the address that browsers are told, where it is not `host` and
    `port`. `proxies` are the addresses of reverse proxies; nobody else may connect then. With
    `user_header` they have logged people in and name them there.
    """

    host: str = "127.0.0.1"
    port: int = 0
    url: str = ""
    proxies: tuple[str, ...] = ()
    user_header: str = ""

    @property
    def is_own_machine(self) -> bool:
        """True when nothing is asked for but an address of this machine alone."""
        return self.host in LOOPBACK and not (self.url or self.proxies or self.user_header)


def serve(ws: Workspace, who: Who | None, front: Front, *, started: Callable[[Door, str], None]) -> None:
    """Serve until the process is interrupted; `started` is told the door and the address to open.

    Without users in the workspace it is `who` alone who comes in; with users, everybody logs in.

    Raises:
        UsageError: the address may not be used, the port is taken, or `who` is missing.
    """
    check(front, with_users=who is None)
    with _listening(front.host, front.port) as listener:
        port = listener.getsockname()[1]
        door, entrance = _door(ws, who, front, port)
        started(door, entrance)
        uvicorn.Server(configured(create_app(ws, door))).run([listener])


def configured(app: ASGIApp) -> uvicorn.Config:
    """How the application is served: strictly, and trusting no header but those that a door looks at."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none",
        proxy_headers=False, timeout_graceful_shutdown=5,
        http="h11",  # the other parser takes headers of any length
        h11_max_incomplete_event_size=32 * 1024,
    )  # fmt: skip


def check(front: Front, *, with_users: bool) -> None:
    """Refuse what would let strangers in.

    Raises:
        UsageError: without users, the page is for the person at this machine; with users it must be
            known by which name browsers come, and who may name people.
    """
    if not with_users and not front.is_own_machine:
        raise UsageError(
            f"The review page is not served at {front.url or front.host}: whoever reached it would decide "
            "in your name.",
            remedy="Add users with `chamra user add`, or leave out --host, --url and the proxy.",
        )
    if front.host not in LOOPBACK and not front.url:
        raise UsageError(
            f"By which name do browsers come to {front.host}? Requests to any other are refused.",
            remedy="Give --url https://NAME.",
        )
    if front.user_header and not front.proxies:
        raise UsageError(
            f"Anybody could send {front.user_header}.", remedy="Give --trust-proxy ADDRESS of the proxy."
        )
    Peers.of(front.proxies)
    if front.url:
        public(front.url)


def _door(ws: Workspace, who: Who | None, front: Front, port: int) -> tuple[Door, str]:
    if who is not None:
        access = Access(who, front.host, port, account_secret(), Users(ws.ledger))
        return access, access.entrance
    address = public(front.url) if front.url else loopback(port)
    entrance = front.url or f"http://{front.host if ':' not in front.host else '[::1]'}:{port}/"
    peers = Peers.of(front.proxies) if front.proxies else None
    if front.user_header and peers is not None:
        return ProxyDoor(ws, address, peers, front.user_header, account_secret()), entrance
    book = Book(state_folder() / f"review-{ws.id}.sqlite")
    return LoginDoor(ws, address, port, peers=peers, book=book), entrance


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # A server that was killed leaves its connections waiting; the port is free all the same.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            f"Port {port} of {host} cannot be used: {error}.", remedy="Choose another one with --port."
        ) from error
    return listener
