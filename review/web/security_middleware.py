"""What stands before every address of the review page, whatever the authenticator.

Every process on the machine can reach a loopback port, and so can a foreign web page through the browser.
So a request must name our host (against DNS rebinding), come from somebody whom the authenticator knows and whose
role the table allows, and, where it changes anything, from our own page with its token (against cross-site
requests). Who acts is what the authenticator knows, never what a request says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.errors import NotAllowed
from model.user import Role
from review.web.authenticator import Authenticator, Principal, equal, remember_principal
from review.web.permissions import OPEN, UPLOADS, WITH_A_TEMPORARY_PASSWORD, roles_for, scope_for
from review.web.requests import plainly

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Other sites are told nothing. Our own must be: without a referrer, forms come with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ONLY_BY_TLS = ("Strict-Transport-Security", "max-age=31536000")

_LONGEST_PATH = 200  # characters; ours have some 100, and a number of thousands of digits is an error
_MAX_BODY = 64 * 1024  # bytes; the longest decision is a page's worth of text
_BODY_SECONDS = 10.0  # for the whole body; a slower one holds a connection for nothing

Failed = Callable[[Request, Exception], Response]


class SecurityMiddleware:
    """ASGI middleware that turns away what the authenticator and the table do not let in, and adds the headers.

    `failed` says to a person that something did not work, in their language.
    """

    def __init__(
        self, app: ASGIApp, authenticator: Authenticator, routes: Sequence[BaseRoute], failed: Failed
    ) -> None:
        self._app = app
        self._authenticator = authenticator
        self._routes = routes
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on with its whole body."""
        if scope["type"] != "http":
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self._authenticator.address.secure:
                    headers[_ONLY_BY_TLS[0]] = _ONLY_BY_TLS[1]
            await send(message)

        request = Request(scope, receive)
        answer = self._answer(request)
        if answer is not None:
            await answer(scope, receive, send_with_headers)
        elif request.method in ("GET", "HEAD") or _path(request) == UPLOADS:
            await self._app(scope, receive, send_with_headers)
        else:
            await self._with_body(request, send_with_headers)

    def _answer(self, request: Request) -> Response | None:
        """Why a request is not let in; None when it is."""
        authenticator = self._authenticator
        path = _path(request)
        if len(path) > _LONGEST_PATH or not path.isprintable():
            return PlainTextResponse("There is no such address.\n", 404)
        if not authenticator.address.is_ours(request):
            return PlainTextResponse("This server does not know that name.\n", 421)
        met = authenticator.meet(request)
        if met is not None:
            return met
        reading = request.method in ("GET", "HEAD")
        if reading and path.startswith("/static/"):
            return None
        route = self._route(request)
        principal = authenticator.principal(request)
        if principal is not None:
            remember_principal(request, principal)
        roles = None if route is None else roles_for(request.method, route.path)
        if roles is OPEN:
            return None if reading else self._strange_form(request)
        if principal is None:
            return authenticator.stranger(request)
        if route is None:
            return None  # no such address, or not by this method: the application says so
        if roles is None or not principal.holds(*roles):
            return self._failed(request, _not_for(principal.roles, roles))
        if principal.scopes is not None:
            return self._by_token(request, principal, route.path)
        if principal.temporary and (_method(request), route.path) not in WITH_A_TEMPORARY_PASSWORD:
            if path.startswith("/api/"):
                return self._failed(request, NotAllowed("Set a password of your own first."))
            return RedirectResponse("/account", 303)
        return None if reading else self._forged(request, principal.token)

    def _by_token(self, request: Request, principal: Principal, path: str) -> Response | None:
        """Why a program's request is not let in. It carries its authority itself: no page can have forged it."""
        scope = scope_for(request.method, path)
        if scope is None or scope not in (principal.scopes or ()):
            wanted = "no token is for this" if scope is None else f"this takes a token for {scope}"
            return self._failed(request, NotAllowed(f"A program asks: {wanted}."))
        return None if path == UPLOADS or request.method in ("GET", "HEAD") else _too_large(request)

    def _route(self, request: Request) -> Route | None:
        found = (
            one
            for one in self._routes
            if isinstance(one, Route) and one.matches(request.scope)[0] is Match.FULL
        )
        return next(found, None)

    def _strange_form(self, request: Request) -> Response | None:
        """A form that a stranger may send: only from our own page, and as forms are sent."""
        if not self._authenticator.address.is_from_our_page(request) or _kind(request) != _FORM:
            return plainly(request, "Only the review page itself may do that.", 403)
        return _too_large(request)

    def _forged(self, request: Request, token: str) -> Response | None:
        """Why a changing request is not our own page's doing. A form carries its token in a field, which is
        looked at when it is read; everything else in a header that no other page can set."""
        ours = self._authenticator.address.is_from_our_page(request)
        if _path(request) == UPLOADS:
            if not ours or not equal(request.headers.get("x-chamra-token", ""), token):
                return _not_ours(request)
            return None if _kind(request) == SCAN else PlainTextResponse(f"A scan is sent as {SCAN}.\n", 415)
        if _kind(request) != _FORM or _path(request).startswith("/api/"):
            ours = ours and _kind(request) == "application/json"
            ours = ours and equal(request.headers.get("x-chamra-token", ""), token)
        if not ours:
            return _not_ours(request)
        return _too_large(request)

    async def _with_body(self, request: Request, send: Send) -> None:
        try:
            body = await asyncio.wait_for(_whole(request), _BODY_SECONDS)
        except TimeoutError:
            slow = plainly(request, "The request came too slowly.", 408, {"Connection": "close"})
            await slow(request.scope, request.receive, send)
            return
        except ClientDisconnect:
            return
        if body is None:
            await _is_too_large(request)(request.scope, request.receive, send)
            return

        told = False

        async def receive() -> Message:
            nonlocal told
            if told:
                return await request.receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(request.scope, receive, send)


SCAN = "application/octet-stream"
"""The kind of body of a scan; a page elsewhere cannot send it without asking us first."""

_FORM = "application/x-www-form-urlencoded"


def _not_ours(request: Request) -> Response:
    return plainly(request, "Only the review page itself may change anything.", 403)


def _is_too_large(request: Request) -> Response:
    return plainly(request, "The request is too large, or does not say how large.", 413)


def _method(request: Request) -> str:
    return "GET" if request.method == "HEAD" else request.method


def _path(request: Request) -> str:
    """The path that the router goes by; the request's URL is put together from more than that."""
    return str(request.scope["path"])


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _too_large(request: Request) -> Response | None:
    # With a length and in pieces at once, two readers could disagree where the body ends.
    length = "" if "transfer-encoding" in request.headers else request.headers.get("content-length", "")
    sound = length.isdecimal() and length.isascii() and len(length) < 10 and int(length) <= _MAX_BODY
    return None if sound else _is_too_large(request)


async def _whole(request: Request) -> bytes | None:
    """The body; None where it is longer than it may be, whatever it said."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _MAX_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


def _not_for(held: frozenset[Role], wanted: frozenset[Role] | None) -> NotAllowed:
    if wanted is None:
        return NotAllowed("Nobody may ask for this address.")
    return NotAllowed(
        f"This takes the role {' or '.join(sorted(wanted))}; you hold {', '.join(sorted(held))}.",
        remedy="An administrator gives roles with `chamra user role`.",
    )
