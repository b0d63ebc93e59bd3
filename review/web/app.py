"""The web application: which address answers what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
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
from model.state import Stage
from reports.letters import safe_text
from reports.rendering import moment
from review.decide import decide
from review.metrics import metrics
from review.sign import sign
from review.state import page_state_of
from review.web.alike_view import AlikePages
from review.web.authenticator import LOOPBACK, Authenticator, principal_of, principal_or_none
from review.web.changes import ShownPages
from review.web.login_pages import LoginPages
from review.web.messages import catalogue, language_of
from review.web.overview import Overview
from review.web.page_actions import PageActions
from review.web.page_data import page_data, picture_of
from review.web.pictures import Pictures, width_of
from review.web.queue_view import document_view, not_taken, queue_view
from review.web.redaction import redacted_for
from review.web.requests import (
    BROWSER,
    BadRequest,
    decision_requests,
    document_of,
    number_of,
    packed,
    posted,
    problem,
    whole_numbers,
)
from review.web.security_middleware import SecurityMiddleware
from review.web.static_files import static_files, version
from review.web.trace_view import TracePages
from workspace.workspace import Workspace

_HERE = Path(__file__).parent
_SHA256 = re.compile(r"[0-9a-f]{64}")
_STATUS: tuple[tuple[type[ChamraError], int, str], ...] = (
    (Outdated, 409, "changed"),
    (GateError, 409, "gate"),
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
    found.filters |= {"moment": moment, "safe_text": safe_text}
    return found


class Site:
    """One workspace, shown to those whom the authenticator lets in."""

    def __init__(self, ws: Workspace, authenticator: Authenticator) -> None:
        self._ws = ws
        self._authenticator = authenticator
        self._overview = Overview(ws)
        self._pictures = Pictures(ws.store)
        self._shown = ShownPages()

    def application(self) -> ASGIApp:
        """The ASGI application."""
        routes = self.routes()
        static = Mount("/static", static_files)
        app = Starlette(routes=[*routes, static], exception_handlers={ChamraError: self._failed})
        return SecurityMiddleware(app, self._authenticator, routes, self._failed)

    def routes(self) -> list[Route]:
        """Every address but those of files; which role may ask for each stands in `permissions`."""
        page = "/documents/{document}/pages/{page:int}"
        return [
            *LoginPages(self._authenticator, self._html).routes(),
            Route("/healthz", self.health),
            Route("/metrics", self.metrics),
            Route("/", self.queue),
            Route("/documents/{document}", self.document),
            Route(page, self.page),
            Route(f"/api{page}", self.page_json),
            Route(f"/api{page}/image", self.image),
            Route(f"/api{page}/decisions", posted(self.decide), methods=["POST"]),
            *PageActions(self._ws, self._answer).routes(),
            *AlikePages(self._ws, self._pictures, self._html).routes(),
            *TracePages(self._ws, self._pictures).routes(),
            Route("/api/documents/{document}/sign", posted(self.sign), methods=["POST"]),
        ]

    def health(self, _: Request) -> Response:
        """That the server answers and its ledger can be read; no more, for anybody may ask."""
        self._ws.ledger.head()
        return PlainTextResponse("ok\n")

    def metrics(self, request: Request) -> Response:
        """Counts for Prometheus, for a program on this machine alone: behind a proxy there is no such address."""
        near = request.client is not None and request.client.host in LOOPBACK
        if not near or "x-forwarded-for" in request.headers:
            return PlainTextResponse("There is no such address.\n", 404)
        return PlainTextResponse(metrics(self._ws), media_type="text/plain; version=0.0.4")

    def queue(self, request: Request) -> Response:
        """All documents, or the pages that are asked for."""
        asked = request.query_params
        order = asked.get("order", "")
        stage = _stage(asked.get("stage", ""))
        view = queue_view(self._overview, asked.get("q", ""), stage, _account(request), order)
        view |= {"not_taken": not_taken(self._ws)}
        response = self._html(request, "queue.html.j2", view)
        if view["uncounted"]:
            response.headers["Refresh"] = "2"  # the next look goes on counting
        return response

    def document(self, request: Request) -> Response:
        """The pages of a document, and its signing."""
        asked = request.query_params
        seq = self._ws.ledger.head().seq
        entry = self._overview.document(document_of(request))
        stage = _stage(asked.get("stage", ""))
        order = asked.get("order", "")
        view = document_view(self._overview, entry, asked.get("q", ""), stage, _account(request), order)
        return self._html(request, "document.html.j2", {**view, "seq": seq})

    def page(self, request: Request) -> Response:
        """The page on which is decided; what it shows comes from `page_json`."""
        entry = self._overview.document(document_of(request))
        number = number_of(request)
        if number not in entry.pages:
            raise BadInput(f"{safe_text(entry.name)} has no page {number} that was asked for.")
        values = {"entry": entry, "number": number, "numbers": list(entry.pages)}
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
        picture, _ = picture_of(self._pictures, document, history, state.page)
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
            return self._answer(request, body, problem("changed", error), 409)
        return self._answer(request, body, {"recorded": len(made)})

    def _answer(
        self, request: Request, body: dict[str, Any], said: dict[str, Any], status: int = 200
    ) -> Response:
        """What is said, with the page as it stands now or what has changed of it since the body's `stamp`."""
        page = self._shown.answer(self._page_data(request), body.get("stamp"))
        return packed(request, said | page, status)

    def sign(self, request: Request, body: dict[str, Any]) -> Response:
        """Sign pages as their texts were shown, or a whole document as of the record in which it was shown."""
        pages, version = body.get("pages"), body.get("expected_version")
        if type(version) is not int or not (pages is None or whole_numbers(pages)):
            raise BadRequest("A signing names the record as of which it was shown, and pages by number.")
        shown: dict[str, Any] = {}
        if pages is not None:
            looked = {} if body.get("looked") is None else body["looked"]
            shown = {
                "pages": pages, "expected_texts": _by_page(body.get("texts"), pages, _is_sha256),
                "looked": _by_page(looked, pages, whole_numbers, []),
            }  # fmt: skip
        done = sign(
            self._ws,
            document_of(request),
            principal_of(request).who,
            how=BROWSER,
            expected_version=version,
            **shown,
        )
        return JSONResponse({
            "signed": [one.page for one in done.signoffs], "by_policy": done.accepted_by_policy,
            "unchanged": list(done.unchanged),
        })  # fmt: skip

    def _page_data(self, request: Request) -> dict[str, Any]:
        document, number = document_of(request), number_of(request)
        principal = principal_of(request)
        account = principal.who.account
        found = page_data(self._ws, self._pictures, document, number, account, decides=principal.decides)
        return redacted_for(
            principal, found | {"near": asdict(self._overview.near(document, number, account))}
        )

    def _html(self, request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
        language = language_of(request)
        messages = catalogue(language)
        principal = principal_or_none(request)
        common = {
            "language": language, "t": messages, "principal": principal, "here": request.url.path,
            "static": f"/static/{version()}",
        }  # fmt: skip
        response = HTMLResponse(_templates().get_template(name).render(common | values), status)
        if "lang" in request.query_params:
            response.set_cookie("chamra-language", language, samesite="strict")
        return response

    def _failed(self, request: Request, error: Exception) -> Response:
        known = ((status, word) for kind, status, word in _STATUS if isinstance(error, kind))
        status, word = next(known, (400, "refused"))
        if request.url.path.startswith("/api/"):
            return JSONResponse(problem(word, error), status)
        return self._html(request, "error.html.j2", {"problem": safe_text(str(error))}, status)


def create_app(ws: Workspace, authenticator: Authenticator) -> ASGIApp:
    """The review page of a workspace behind an authenticator."""
    return Site(ws, authenticator).application()


def _by_page(
    value: object, pages: Sequence[int], sound: Callable[[object], bool], default: object = None
) -> dict[int, Any]:
    """A value for each page, from an object that has them by page number; `default` where it has none."""
    found = {page: value.get(str(page), default) if isinstance(value, dict) else None for page in pages}
    if not all(sound(one) for one in found.values()):
        raise BadRequest("A signing names for each page the hash of the text and the lines that were shown.")
    return found


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _account(request: Request) -> str:
    return principal_of(request).who.account


def _stage(text: str) -> Stage | None:
    return Stage(text) if text in {str(one) for one in Stage} else None
