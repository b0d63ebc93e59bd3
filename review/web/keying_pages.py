"""Numbers and names typed from the image alone, in the browser: who types is told of no text and of nobody's answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.history import PageHistory, read_history
from ledger.requirements import requirement_of
from reports.letters import safe_text
from review.keying import PlacesToKey, PlaceToKey, key
from review.state import page_state_of
from review.web.authenticator import principal_of
from review.web.pictures import Pictures
from review.web.requests import BROWSER, BadRequest, Html, document_of, number_of, posted
from workspace.workspace import Workspace

_SHA256 = re.compile("[0-9a-f]{64}")

MOST = 50
"""Places of a document that are given out at once."""


class KeyingPages:
    """The addresses of typing."""

    def __init__(self, ws: Workspace, pictures: Pictures, html: Html) -> None:
        self._ws = ws
        self._pictures = pictures
        self._html = html
        self._places = PlacesToKey(ws.store)

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        document = "/documents/{document}"
        return [
            Route(f"{document}/keying", self.show),
            Route(f"/api{document}/keying", self.left),
            Route(f"/api{document}/pages/{{page:int}}/keyed", posted(self.key), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """The page on which is typed; what it asks for comes from `left`."""
        document = document_of(request)
        name = safe_text(read_history(self._ws.ledger, document).name)
        asked = requirement_of(self._ws.ledger, document).keyed
        return self._html(request, "keying.html.j2", {"document": document, "name": name, "keyed": asked})

    def left(self, request: Request) -> Response:
        """The next places that this person is to type, and how many there are."""
        document = document_of(request)
        past = read_history(self._ws.ledger, document)
        found = list(self._left(past.pages.values(), principal_of(request).who.account))
        return JSONResponse(
            {"left": len(found), "places": [self._told(document, *one) for one in found[:MOST]]}
        )

    def key(self, request: Request, body: dict[str, Any]) -> Response:
        """Record what somebody typed for a place."""
        place, reading, value = body.get("place"), body.get("reading"), body.get("value")
        if (
            type(place) is not int
            or not isinstance(reading, str)
            or not isinstance(value, str)
            or not _SHA256.fullmatch(reading)
        ):
            raise BadRequest("A value names its place and the reading that has it.")
        who = principal_of(request).who
        key(self._ws, document_of(request), number_of(request), place, reading, value, who, how=BROWSER)
        return JSONResponse({"recorded": 1})

    def _left(self, pages: Iterable[PageHistory], account: str) -> Iterator[tuple[PageHistory, PlaceToKey]]:
        for past in pages:
            yield from ((past, one) for one in self._places.left(past, account))

    def _told(self, document: str, past: PageHistory, one: PlaceToKey) -> dict[str, Any]:
        picture = None
        if past.page is not None and (page := page_state_of(self._ws.store, past).page) is not None:
            picture = self._pictures.of(past.page.event.blob, page)
        place = None if picture is None else picture.span(one.span)
        cut = place and f"/api/documents/{document}/pages/{one.page}/cut?box={','.join(map(str, place))}"
        return {"page": one.page, "place": one.place, "reading": one.reading, "cut": cut}
