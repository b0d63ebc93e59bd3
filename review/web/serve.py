"""Serve the review page: choose the door, bind the address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from model.decision import Who
from model.errors import UsageError
from review.users import Users
from review.web.access import Access, account_secret
from review.web.app import create_app
from review.web.door import LOOPBACK, Door
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Front:
    """Where the page is served. `port` 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 0


def serve(ws: Workspace, who: Who, front: Front, *, started: Callable[[Door], None]) -> None:
    """Serve until the process is interrupted; `started` is told the door.

    Raises:
        UsageError: the address may not be used, or the port is taken.
    """
    refuse_other_addresses(front.host)
    with _listening(front.host, front.port) as listener:
        port = listener.getsockname()[1]
        door = Access(who, front.host, port, account_secret(), Users(ws.ledger))
        config = uvicorn.Config(
            create_app(ws, door), log_level="warning", access_log=False, server_header=False,
            lifespan="off", ws="none", proxy_headers=False, timeout_graceful_shutdown=5,
        )  # fmt: skip
        started(door)
        uvicorn.Server(config).run([listener])


def refuse_other_addresses(host: str) -> None:
    """Without users of its own the page is for the person at this machine.

    Raises:
        UsageError: the host is not a loopback address.
    """
    if host not in LOOPBACK:
        raise UsageError(
            f"The review page is not served at {host}: whoever reached it would decide in your name.",
            remedy=f"Leave out --host, or give one of {', '.join(LOOPBACK)}.",
        )


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
