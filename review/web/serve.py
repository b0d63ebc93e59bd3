"""Serve the review page: choose the authenticator, bind the address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from ledger.people import Users
from model.decision import Who
from model.errors import UsageError
from review.uploads import Inbox
from review.web.access import Access, account_secret, state_folder
from review.web.app import Site
from review.web.authenticator import LOOPBACK, Authenticator, Peers, loopback, public
from review.web.login import LoginAuthenticator, ProxyAuthenticator
from review.web.prompt_protocol import PromptProtocol
from review.web.state_store import StateStore
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Where the page is served, and how browsers come to it.

    `port` 0 takes a free one. `url` is the address that browsers are told, where it is not `host` and
    `port`. `proxies` are the addresses of reverse proxies; nobody else may connect then. With
    `user_header` they have logged people in and name them there. Scans that are sent go into the `inbox`.
    """

    host: str = "127.0.0.1"
    port: int = 0
    url: str = ""
    proxies: tuple[str, ...] = ()
    user_header: str = ""
    inbox: Inbox | None = None

    @property
    def is_own_machine(self) -> bool:
        """True when nothing is asked for but an address of this machine alone."""
        return self.host in LOOPBACK and not (self.url or self.proxies or self.user_header)


def serve(
    ws: Workspace,
    who: Who | None,
    options: ServerOptions,
    *,
    started: Callable[[Authenticator, str], None],
    reads: Callable[[], None],
) -> None:
    """Serve until the process is interrupted; `started` is told the authenticator and the address to open, `reads` is
    called when somebody has asked that a page be read again.

    Without users in the workspace it is `who` alone who comes in; with users, everybody logs in.

    Raises:
        UsageError: the address may not be used, the port is taken, or `who` is missing.
    """
    check(options, with_users=who is None)
    with _listening(options.host, options.port) as listener:
        port = listener.getsockname()[1]
        authenticator, entrance = _authenticator(ws, who, options, port)
        started(authenticator, entrance)
        site = Site(ws, authenticator, reads, options.inbox)
        with site.keeping_up():
            uvicorn.Server(configured(site.application())).run([listener])


def configured(app: ASGIApp) -> uvicorn.Config:
    """How the application is served: strictly, and trusting no header but those that an authenticator looks at."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none",
        proxy_headers=False, timeout_graceful_shutdown=5,
        http=PromptProtocol,  # h11: the other parser takes headers of any length
        h11_max_incomplete_event_size=32 * 1024,
    )  # fmt: skip


def check(options: ServerOptions, *, with_users: bool) -> None:
    """Refuse what would let strangers in.

    Raises:
        UsageError: without users, the page is for the person at this machine; with users it must be
            known by which name browsers come, and who may name people.
    """
    if not with_users and not options.is_own_machine:
        raise UsageError(
            f"The review page is not served at {options.url or options.host}: whoever reached it would decide "
            "in your name.",
            remedy="Add users with `chamra user add`, or leave out --host, --url and the proxy.",
        )
    if options.host not in LOOPBACK and not options.url:
        raise UsageError(
            f"By which name do browsers come to {options.host}? Requests to any other are refused.",
            remedy="Give --url https://NAME.",
        )
    if options.user_header and not options.proxies:
        raise UsageError(
            f"Anybody could send {options.user_header}.", remedy="Give --trust-proxy ADDRESS of the proxy."
        )
    Peers.of(options.proxies)
    if options.url:
        public(options.url)


def _authenticator(
    ws: Workspace, who: Who | None, options: ServerOptions, port: int
) -> tuple[Authenticator, str]:
    if who is not None:
        access = Access(who, options.host, port, account_secret(), Users(ws.ledger))
        return access, access.entrance
    address = public(options.url) if options.url else loopback(port)
    entrance = options.url or f"http://{options.host if ':' not in options.host else '[::1]'}:{port}/"
    peers = Peers.of(options.proxies) if options.proxies else None
    if options.user_header and peers is not None:
        return ProxyAuthenticator(ws, address, peers, options.user_header, account_secret()), entrance
    state_store = StateStore(state_folder() / f"review-{ws.id}.sqlite")
    return LoginAuthenticator(ws, address, port, peers=peers, state_store=state_store), entrance


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
