"""The addresses of logging in and out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from review.web.authenticator import Authenticator, equal, principal_of, principal_or_none
from review.web.login import LoginAuthenticator, Refused
from review.web.requests import plainly

Html = Callable[[Request, str, dict[str, Any], int], Response]

_PLACE = re.compile(r"/(?:[A-Za-z0-9._~-][A-Za-z0-9/._~-]*)?")
_FIELDS = 8


class LoginPages:
    """Who am I, and, at an authenticator with passwords, the login. `html` fills a template."""

    def __init__(self, authenticator: Authenticator, html: Html) -> None:
        self._authenticator = authenticator
        self._html = html

    def routes(self) -> list[Route]:
        """The addresses that this authenticator has."""
        routes = [Route("/api/session", self.session)]
        if isinstance(self._authenticator, LoginAuthenticator):
            routes += [
                Route("/login", self.ask),
                Route("/login", self.log_in, methods=["POST"]),
                Route("/logout", self.log_out, methods=["POST"]),
            ]
        return routes

    def session(self, request: Request) -> Response:
        """Who asks, and the token that their changing requests carry."""
        principal = principal_of(request)
        return JSONResponse({
            "name": principal.who.name, "account": principal.who.account, "roles": sorted(principal.roles),
            "token": principal.token,
        })  # fmt: skip

    def ask(self, request: Request) -> Response:
        """The login page; whoever is logged in goes on."""
        back = _place(request.query_params.get("next", ""))
        if principal_or_none(request) is not None:
            return RedirectResponse(back, 303)
        return self._page(request, back, "", 200)

    async def log_in(self, request: Request) -> Response:
        """Log in, or say that it did not work, never why."""
        form = await form_of(request)
        back = _place(form.get("next", ""))
        authenticator, login = self._authenticator, form.get("login", "").strip()
        assert isinstance(authenticator, LoginAuthenticator)
        try:
            remember = await run_in_threadpool(authenticator.log_in, request, login, form.get("password", ""))
        except Refused as refused:
            wait = math.ceil(refused.wait)
            response = self._page(request, back, login, 429 if wait else 403, wait)
            if wait:
                response.headers["Retry-After"] = str(wait)
            return response
        return remember(RedirectResponse(back, 303))

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        form = await form_of(request)
        authenticator = self._authenticator
        assert isinstance(authenticator, LoginAuthenticator)
        if not equal(form.get("token", ""), principal_of(request).token):
            return plainly(request, "Only the review page itself may do that.", 403)
        return authenticator.log_out(request, RedirectResponse("/login", 303))

    def _page(self, request: Request, back: str, login: str, status: int, wait: int = 0) -> Response:
        values = {"next": back, "login": login, "refused": status != 200, "wait": wait}
        return self._html(request, "login.html.j2", values, status)


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form, the first of each name; none where it cannot be understood."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(fields))


def _place(text: str) -> str:
    """An address of ours to go to; the first page for what could lead anywhere else."""
    return text if _PLACE.fullmatch(text) and "//" not in text else "/"
