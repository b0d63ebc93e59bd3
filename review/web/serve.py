"""Serve the review page at an address of this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from model.decision import Who
from model.errors import UsageError
from review.web.access import Access, account_secret, refuse_other_addresses
from review.web.app import create_app
from workspace.workspace import Workspace


def serve(ws: Workspace, who: Who, *, host: str, port: int, started: Callable[[Access], None]) -> None:
    """Serve until the process is interrupted. `port` 0 takes a free one; `started` is told the address.

    Raises:
        UsageError: the address is not this machine's own, or the port is taken.
    """
    refuse_other_addresses(host)
    with _listening(host, port) as listener:
        access = Access(who, host, listener.getsockname()[1], account_secret())
        config = uvicorn.Config(
            create_app(ws, access), log_level="warning", access_log=False, server_header=False,
            lifespan="off", ws="none", proxy_headers=False, timeout_graceful_shutdown=5,
        )  # fmt: skip
        started(access)
        uvicorn.Server(config).run([listener])


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
