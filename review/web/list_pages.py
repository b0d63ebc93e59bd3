"""The lists: all documents, the pages of one, and the way to the next page that asks for somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ledger.requirements import requirement_of
from model.user import Role
from review.refused import dismiss
from review.search_index import SearchIndex
from review.shown_search import ShownSearch
from review.web.authenticator import principal_of
from review.web.navigation import document_links
from review.web.overview import Overview
from review.web.permissions import may
from review.web.queue_view import Lists, Wait, asked_of, not_taken
from review.web.requests import BROWSER, BadRequest, Html, document_of, posted, viewer_of
from workspace.workspace import Workspace

_COUNTING = "2"
"""Seconds until a list that is still being counted is asked for again."""


class ListPages:
    """The addresses of the lists."""

    def __init__(
        self,
        ws: Workspace,
        overview: Overview,
        index: SearchIndex,
        html: Html,
        asks_password: Callable[[Request], bool],
    ) -> None:
        """`asks_password` says whether whoever makes a request signs with their password."""
        self._ws = ws
        self._overview = overview
        self._lists = Lists(overview, ShownSearch(ws, index))
        self._html = html
        self._asks_password = asks_password

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/", self.queue),
            Route("/next", self.next),
            Route("/api/dismissals", posted(self.dismiss), methods=["POST"]),
            Route("/documents/{document}", self.document),
        ]

    def queue(self, request: Request) -> Response:
        """All documents, or the pages that are asked for."""
        view = self._lists.queue(asked_of(request.query_params), viewer_of(request))
        more = {
            "not_taken": not_taken(self._ws), "quick": [Wait.MINE, Wait.SECOND, Wait.RETURNED],
            "dismisses": may(viewer_of(request).roles, "POST", "/api/dismissals"),
        }  # fmt: skip
        return self._list(request, "queue.html.j2", view | more)

    def dismiss(self, request: Request, body: dict[str, Any]) -> Response:
        """Nothing is to be done about a refused file."""
        content, reason = body.get("content"), body.get("reason")
        if not isinstance(content, str) or not isinstance(reason, str):
            raise BadRequest("A refused file is named, and a reason.")
        dismiss(self._ws, [content], reason, principal_of(request).who, how=BROWSER)
        return JSONResponse({"content": content})

    def document(self, request: Request) -> Response:
        """The pages of a document, and its signing."""
        seq = self._ws.ledger.head().seq
        entry = self._overview.document(document_of(request))
        viewer = viewer_of(request)
        view = self._lists.document(entry, asked_of(request.query_params), viewer)
        more = {
            "seq": seq, "uncounted": 0, "signs": viewer.holds(Role.REVIEWER),
            "reads": may(viewer.roles, "GET", "/documents/{document}/pages/{page:int}"),
            "asks_password": self._asks_password(request),
            "links": document_links(
                entry.id, viewer.roles, keyed=requirement_of(self._ws.ledger, entry.id).keyed
            ),
        }  # fmt: skip
        return self._list(request, "document.html.j2", view | more)

    def next(self, request: Request) -> Response:
        """On to the next page that asks anything of who looks, behind `page` of `document` where these are given; to
        the list where none does."""
        asked = request.query_params
        page = asked.get("page", "")
        after = int(page) if page.isascii() and page.isdecimal() and len(page) < 10 else 0
        found = self._overview.next_needing(viewer_of(request), asked.get("document", ""), after)
        where = "/?show=mine" if found is None else f"/documents/{found[0]}/pages/{found[1]}"
        return RedirectResponse(where, status_code=303)

    def _list(self, request: Request, template: str, view: dict[str, Any]) -> Response:
        response = self._html(request, template, view)
        if view["uncounted"] or view["unsearched"]:
            response.headers["Refresh"] = _COUNTING  # the next look goes on counting
        return response
