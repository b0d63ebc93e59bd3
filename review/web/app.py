"""The web application: which address answers what."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from ledger.history import read_history
from model.errors import (
    BadInput,
    ChamraError,
    GateError,
    NoSpace,
    NotAllowed,
    Outdated,
    UsageError,
    WorkspaceError,
)
from reports.letters import safe_text, visible
from reports.rendering import moment
from review.decide import decide
from review.metrics import metrics
from review.search_index import SearchIndex
from review.seen import LEAST
from review.state import page_state_of
from review.uploads import Inbox
from review.web.account_pages import AccountPages
from review.web.alike_view import AlikePages
from review.web.audit_pages import AuditPages
from review.web.authenticator import LOOPBACK, Authenticator, is_by_token, principal_of, principal_or_none
from review.web.changes import ShownPages
from review.web.error_words import reason_words
from review.web.keeping_up import keeping_up
from review.web.keying_pages import KeyingPages
from review.web.learn_pages import LearnPages
from review.web.letter_pages import LetterPages
from review.web.list_pages import ListPages
from review.web.login_pages import LoginPages
from review.web.messages import catalogue, language_of
from review.web.navigation import sections_for
from review.web.output_pages import OutputPages
from review.web.overview import Overview
from review.web.page_actions import PageActions
from review.web.page_data import page_data, picture_of
from review.web.pictures import Pictures, width_of
from review.web.redaction import redacted_for
from review.web.requests import (
    BROWSER,
    decision_requests,
    document_of,
    number_of,
    packed,
    plainly,
    posted,
    problem,
    told,
    viewer_of,
)
from review.web.requirement_pages import RequirementPages
from review.web.sample_pages import SamplePages, scheme_words
from review.web.security_middleware import SecurityMiddleware
from review.web.signing_pages import SigningPages, WrongPassword
from review.web.static_files import static_files, version
from review.web.trace_view import TracePages
from review.web.upload_pages import UploadPages
from review.web.user_pages import UserPages
from workspace.workspace import Workspace

_HERE = Path(__file__).parent
_STATUS: tuple[tuple[type[ChamraError], int, str], ...] = (
    (Outdated, 409, "changed"),
    (GateError, 409, "gate"),
    (WrongPassword, 403, "password"),
    (NotAllowed, 403, "role"),
    (UsageError, 422, "refused"),
    (BadInput, 404, "missing"),
    (NoSpace, 507, "no-space"),
    (WorkspaceError, 503, "workspace"),
)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    found.filters |= {
        "moment": moment, "safe_text": safe_text, "visible": visible, "reason": reason_words,
        "scheme": scheme_words,
    }  # fmt: skip
    return found


def _by_the_next_run() -> None:
    """Leave it to the next run of the pipeline."""


class Site:
    """One workspace, shown to those whom the authenticator lets in."""

    def __init__(
        self,
        ws: Workspace,
        authenticator: Authenticator,
        reads: Callable[[], None] = _by_the_next_run,
        inbox: Inbox | None = None,
    ) -> None:
        """`reads` is called when somebody has asked that a page be read again, and soon reads what is asked for; scans
        that are sent go into the `inbox`."""
        self._ws = ws
        self._reads = reads
        self._inbox = inbox
        self._authenticator = authenticator
        self._overview = Overview(ws)
        self._index = SearchIndex(ws)
        self._pictures = Pictures(ws.store)
        self._shown = ShownPages()
        self._signing = SigningPages(ws, authenticator)

    def application(self) -> ASGIApp:
        """The ASGI application."""
        routes = self.routes()
        static = Mount("/static", static_files)
        handlers = {ChamraError: self._failed, HTTPException: self._no_such}
        app = Starlette(routes=[*routes, static], exception_handlers=handlers)
        return SecurityMiddleware(app, self._authenticator, routes, self._failed)

    def keeping_up(self) -> AbstractContextManager[None]:
        """Keep the lists and the index up to date meanwhile."""
        return keeping_up(self._ws, self._overview, self._index)

    def routes(self) -> list[Route]:
        """Every address but those of files; which role may ask for each stands in `permissions`."""
        page = "/documents/{document}/pages/{page:int}"
        return [
            *LoginPages(self._authenticator, self._html).routes(),
            Route("/healthz", self.health),
            Route("/metrics", self.metrics),
            *ListPages(
                self._ws, self._overview, self._index, self._html, self._signing.asks_password
            ).routes(),
            *OutputPages(self._ws, self._overview, self._html).routes(),
            *AuditPages(self._ws, self._html).routes(),
            *SamplePages(self._ws, self._overview, self._pictures, self._html).routes(),
            *LearnPages(self._ws, self._html).routes(),
            *UserPages(self._ws, self._html).routes(),
            *RequirementPages(self._ws, self._overview, self._html).routes(),
            *UploadPages(self._ws, self._inbox, self._html).routes(),
            Route(page, self.page),
            Route(f"/api{page}", self.page_json),
            Route(f"/api{page}/image", self.image),
            Route(f"/api{page}/decisions", posted(self.decide), methods=["POST"]),
            *PageActions(self._ws, self._answer, self._reads).routes(),
            *KeyingPages(self._ws, self._pictures, self._html).routes(),
            *AlikePages(self._ws, self._pictures, self._html).routes(),
            *LetterPages(self._ws, self._html).routes(),
            *TracePages(self._ws, self._pictures).routes(),
            *AccountPages(self._ws, self._authenticator, self._html).routes(),
            *self._signing.routes(),
        ]

    def health(self, _: Request) -> Response:
        """That the server answers and its ledger can be read; no more, for anybody may ask."""
        self._ws.ledger.head()
        return PlainTextResponse("ok\n")

    def metrics(self, request: Request) -> Response:
        """Counts for Prometheus, for a program on this machine alone: behind a proxy there is no such address."""
        near = request.client is not None and request.client.host in LOOPBACK
        if not near or "x-forwarded-for" in request.headers:
            return plainly(request, "There is no such address.", 404)
        return PlainTextResponse(metrics(self._ws), media_type="text/plain; version=0.0.4")

    def page(self, request: Request) -> Response:
        """The page on which is decided; what it shows comes from `page_json`."""
        entry = self._overview.document(document_of(request))
        number = number_of(request)
        if number not in entry.pages:
            raise BadInput(f"{safe_text(entry.name)} has no page {number} that was asked for.")
        values = {"entry": entry, "number": number, "numbers": list(entry.pages)} | self._asks(request)
        return self._html(request, "page.html.j2", values)

    def page_json(self, request: Request) -> Response:
        """The page as it stands now."""
        return packed(request, self._shown.stamped(self._page_data(request)))

    def image(self, request: Request) -> Response:
        """The upright page image."""
        number = number_of(request)
        document = document_of(request)
        past = read_history(self._ws.ledger, document, page=number)
        if number not in past.pages:
            raise BadInput(f"{safe_text(past.name)} has no page {number} that was asked for.")
        history = past.pages[number]
        state = page_state_of(self._ws.store, history)
        picture = picture_of(self._pictures, document, history, state.page)
        if picture is None:
            raise BadInput(f"Page {number} has no image.")
        content = picture.shown(width_of(request.query_params.get("w", "")))
        # The address names the reading and the width: what it answers never changes.
        return Response(
            content,
            media_type="image/jpeg",
            headers={"Cache-Control": "private, max-age=31536000, immutable"},
        )

    def decide(self, request: Request, body: dict[str, Any]) -> Response:
        """Record decisions about a page, all or none; answers with what has changed of it since it was shown."""
        asked = decision_requests(body, number_of(request))
        try:
            made = decide(
                self._ws, document_of(request), [one for one, _ in asked], principal_of(request).who, how=BROWSER,
                expected={one.reference: version for one, version in asked},
            )  # fmt: skip
        except Outdated as error:
            return self._answer(request, body, problem("changed", error, language_of(request)), 409)
        return self._answer(request, body, {"recorded": len(made)})

    def _answer(
        self, request: Request, body: dict[str, Any], said: dict[str, Any], status: int = 200
    ) -> Response:
        """What is said, with the page as it stands now or what has changed of it since the body's `stamp`."""
        page = self._shown.answer(self._page_data(request), body.get("stamp"))
        return packed(request, said | page, status)

    def _page_data(self, request: Request) -> dict[str, Any]:
        document, number = document_of(request), number_of(request)
        principal = principal_of(request)
        account = principal.who.account
        found = page_data(self._ws, self._pictures, document, number, account, decides=principal.decides)
        near = asdict(self._overview.near(document, number, viewer_of(request)))
        reason = reason_words(found["reason"], language_of(request))
        pace = self._overview.pace_on(document, number, viewer_of(request))
        return redacted_for(principal, found | {"near": near, "reason": reason, "pace": pace})

    def _asks(self, request: Request) -> dict[str, bool]:
        """What the dialog of signing asks for."""
        return {"asks_password": self._signing.asks_password(request)}

    def _html(self, request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
        language = language_of(request)
        messages = catalogue(language)
        principal = principal_or_none(request)
        common = {
            "language": language, "t": messages, "principal": principal, "here": request.url.path,
            "least": LEAST, "static": f"/static/{version()}",
            "sections": () if principal is None else sections_for(principal.roles),
        }  # fmt: skip
        response = HTMLResponse(_templates().get_template(name).render(common | values), status)
        if "lang" in request.query_params:
            response.set_cookie("chamra-language", language, samesite="strict")
        return response

    def _no_such(self, request: Request, error: Exception) -> Response:
        """What the framework itself refuses: no such address, or not by this method."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        path = request.url.path
        if status != 404 or path.startswith(("/static/", "/api/")) or is_by_token(request):
            return plainly(request, "There is no such address.", status)
        return self._html(
            request, "error.html.j2", {"problem": catalogue(language_of(request))["not_found"]}, 404
        )

    def _failed(self, request: Request, error: Exception) -> Response:
        known = ((status, word) for kind, status, word in _STATUS if isinstance(error, kind))
        status, word = next(known, (400, "refused"))
        if request.url.path.startswith("/api/") or is_by_token(request):
            return JSONResponse(problem(word, error, language_of(request)), status)
        return self._html(request, "error.html.j2", {"problem": told(error, language_of(request))}, status)


def create_app(ws: Workspace, authenticator: Authenticator, inbox: Inbox | None = None) -> ASGIApp:
    """The review page of a workspace behind an authenticator; scans that are sent to it go into the inbox."""
    return Site(ws, authenticator, inbox=inbox).application()
