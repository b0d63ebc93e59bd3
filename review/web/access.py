"""Who may talk to the review page: one account, from this machine, through a page of our own.

Every process on the machine can reach a loopback port, and so can a foreign web page through the browser.
So a request must name our host (against DNS rebinding), carry the cookie that the address printed at the
start sets (against other accounts of the machine), and, where it changes anything, come from our own page
with its token (against cross-site requests). Who acts is what the server was started with, never what a
request says.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.decision import Who
from model.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses at which the page may be served while it has no users of its own."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_MAX_BODY = 64 * 1024  # bytes; the longest decision is a page's worth of text


@dataclass(frozen=True, slots=True)
class Access:
    """One person's access to one server: their name and account, the server's address, its secret."""

    who: Who
    host: str
    port: int
    secret: bytes

    @property
    def origin(self) -> str:
        """The address as the browser says it."""
        return f"http://{_bracketed(self.host)}:{self.port}"

    @property
    def entrance(self) -> str:
        """The address that lets a browser in; it is a password."""
        return f"{self.origin}/?key={self._derived('entrance')}"

    @property
    def token(self) -> str:
        """What every changing request must carry; only our own pages can read it."""
        return self._derived("token")

    @property
    def cookie_name(self) -> str:
        """Cookies do not tell ports apart, so the name does."""
        return f"chamra-review-{self.port}"

    def host_is_ours(self, request: Request) -> bool:
        """True when the request was sent to one of our names, whatever address it resolved to."""
        ours = {f"{_bracketed(name)}:{self.port}" for name in LOOPBACK}
        return request.headers.get("host", "") in ours

    def knows(self, request: Request) -> bool:
        """True when the browser has come in by the entrance."""
        return _equal(request.cookies.get(self.cookie_name, ""), self._derived("cookie"))

    def has_key(self, request: Request) -> bool:
        """True when this is the entrance."""
        return _equal(request.query_params.get("key", ""), self._derived("entrance"))

    def is_from_our_page(self, request: Request) -> bool:
        """True when a changing request carries the token and comes from our own origin."""
        return (
            request.headers.get("origin") == f"http://{request.headers.get('host', '')}"
            and request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
            and request.headers.get("content-type", "").partition(";")[0] == "application/json"
            and _equal(request.headers.get("x-chamra-token", ""), self.token)
        )

    def let_in(self, request: Request) -> Response:
        """Remember the browser and go to the queue, at an address without the key."""
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(self.cookie_name, self._derived("cookie"), httponly=True, samesite="strict")
        return response

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{self.port}".encode(), hashlib.sha256).hexdigest()[:40]


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


def account_secret(folder: Path | None = None) -> bytes:
    """A secret that this account keeps for itself, so that an open page survives a restart of the server.

    Kept in the state folder of the account, readable by it alone. Where none can be kept, a fresh one: then
    a page that was open must be opened anew.
    """
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    path = (folder or Path(state) / "chamra") / "review.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written whole under another name first: a cut-off secret would be easy to guess.
        fresh = path.with_name(f"review.key.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, secrets.token_hex(32).encode("ascii"))
        finally:
            os.close(descriptor)
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        found = path.stat()
        kept = path.read_bytes()
    except OSError:
        return secrets.token_bytes(32)
    private = found.st_uid == os.getuid() and not found.st_mode & 0o077
    return kept if private and len(kept) == 64 else secrets.token_bytes(32)


class Gate:
    """ASGI middleware that turns away what `Access` does not know and adds the security headers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._answer(Request(scope)) or self._app
        await answer(scope, receive, send_with_headers)

    def _answer(self, request: Request) -> Response | None:
        access = self._access
        if not access.host_is_ours(request):
            return PlainTextResponse("This server does not know that name.\n", 421)
        if request.url.path.startswith("/static/"):
            return None
        if request.method == "GET" and access.has_key(request):
            return access.let_in(request)
        if not access.knows(request):
            return PlainTextResponse(
                "Open the address that `chamra review` printed when it was started.\n"
                "เปิดที่อยู่ที่คำสั่ง chamra review แสดงไว้เมื่อเริ่มทำงาน\n",
                403,
            )
        if request.method not in ("GET", "HEAD"):
            if not access.is_from_our_page(request):
                return PlainTextResponse("Only the review page itself may change anything.\n", 403)
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > _MAX_BODY:
                return PlainTextResponse("The request is too large, or does not say how large.\n", 413)
        return None


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8"), expected.encode("utf-8"))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
