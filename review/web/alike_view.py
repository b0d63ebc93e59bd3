"""Like cases side by side: the same change everywhere, decided once."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.history import read_page_history
from model.decision import Verdict
from model.edit import Span
from model.errors import BadInput
from review.alike import Alike, change_on, decide_alike
from review.state import page_state_of
from review.web.authenticator import principal_of
from review.web.messages import language_of
from review.web.pictures import ImagePlace, Picture, Pictures
from review.web.requests import (
    BadRequest,
    Html,
    document_of,
    finding_id,
    number_of,
    posted,
    problem,
    whole_numbers,
)
from review.web.step_back import SaidBefore
from review.web.text_lines import surroundings
from workspace.workspace import Workspace

MOST = 200
"""Cases shown at once."""

_VERDICTS = {one.value: one for one in (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)}

Body = dict[str, Any]


class AlikePages:
    """The addresses of like cases."""

    def __init__(self, ws: Workspace, pictures: Pictures, html: Html) -> None:
        self._ws = ws
        self._pictures = pictures
        self._html = html
        self._alike = Alike(ws)

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        page = "/documents/{document}/pages/{page:int}"
        return [
            Route(f"{page}/alike/{{finding}}", self.alike),
            Route(f"/api{page}/cut", self.cut),
            Route("/api/alike", posted(self.decide), methods=["POST"]),
        ]

    def alike(self, request: Request) -> Response:
        """Where the change of a finding waits too, in this document or everywhere."""
        document, number = document_of(request), number_of(request)
        finding = finding_id({"finding": request.path_params["finding"]})
        everywhere = request.query_params.get("everywhere") == "1"
        account = principal_of(request).who.account
        change = change_on(self._ws, document, number, finding)
        cases, more = self._alike.cases(change, account, MOST, None if everywhere else [document])
        rows = [
            {
                "case": one, "around": surroundings(one.text, one.span, change.after, 30),
                "cut": cut_address(one.document, one.page, one.span, around=True), "version": list(one.version),
            }
            for one in cases
        ]  # fmt: skip
        shown = surroundings(change.before, Span(0, len(change.before)), change.after)
        values = {
            "change": change, "shown": shown, "rows": rows, "more": more, "everywhere": everywhere,
            "document": document, "number": number, "finding": finding, "most": MOST,
        }  # fmt: skip
        return self._html(request, "alike.html.j2", values)

    def cut(self, request: Request) -> Response:
        """A piece of a page's picture: a `box` in pixels of the upright page, or the place of some letters, which our
        own lists name (`span`, with some of their line where `around` is 1)."""
        asked = request.query_params
        numbers = _numbers(asked.get("box", asked.get("span", "")), 4 if "box" in asked else 2)
        picture = self._picture(document_of(request), number_of(request))
        place = None
        if picture is not None and "box" in asked:
            place = ImagePlace(*numbers)
        elif picture is not None and numbers[0] < numbers[1]:
            where = picture.around if asked.get("around") == "1" else picture.span
            place = where(Span(*numbers))
        if picture is None or place is None or not picture.holds(place):
            raise BadInput("There is no picture of that place.")
        headers = {"Cache-Control": "private, max-age=600"}
        return Response(picture.cut(place), media_type="image/png", headers=headers)

    def decide(self, request: Request, body: Body) -> Response:
        """Decide about many cases in the same way."""
        verdict, after, note = body.get("verdict"), body.get("after"), body.get("note", "")
        sound = isinstance(verdict, str) and verdict in _VERDICTS and isinstance(note, str)
        sound = sound and isinstance(after, str) if verdict == Verdict.EDIT else sound and after is None
        if not sound or not str(note).isprintable():
            raise BadRequest("Like cases are accepted, rejected or given one text.")
        cases, who = _cases(body.get("cases")), principal_of(request).who
        before = SaidBefore.of(self._ws, cases, who.account)
        done = decide_alike(self._ws, cases, _VERDICTS[str(verdict)], who, after=after, note=str(note))
        return JSONResponse({
            "recorded": sum(len(one.made) for one in done),
            "undo": before.steps([one.subject for each in done for one in each.made]),
            "problems": [
                problem("refused", one.problem, language_of(request)) | {"document": one.document}
                for one in done
                if one.problem is not None
            ],
        })  # fmt: skip

    def _picture(self, document: str, number: int) -> Picture | None:
        past = read_page_history(self._ws.ledger, document, number)
        page = page_state_of(self._ws.store, past).page
        if page is None or past.page is None:
            return None
        return self._pictures.of(past.page.event.blob, page)


def cut_address(document: str, page: int, span: Span, *, around: bool) -> str:
    """The address of a piece of a page; which piece that is, is found out when it is asked for."""
    more = "&around=1" if around else ""
    return f"/api/documents/{document}/pages/{page}/cut?span={span.start},{span.end}{more}"


def _numbers(text: str, count: int) -> list[int]:
    parts = text.split(",")
    if len(parts) != count or not all(one.isascii() and one.isdecimal() and len(one) < 8 for one in parts):
        raise BadRequest(f"A piece is {count} whole numbers.")
    return [int(one) for one in parts]


def _cases(value: object) -> dict[str, list[tuple[int, str, list[int]]]]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        raise BadRequest(f"1 to {MOST} cases are decided at once.")
    found: dict[str, list[tuple[int, str, list[int]]]] = {}
    for one in value:
        sound = (
            isinstance(one, dict)
            and isinstance(one.get("document"), str)
            and type(one.get("page")) is int
            and whole_numbers(one.get("expected_version"))
        )
        if not sound:
            raise BadRequest("A case names its document, page and finding, and its expected version.")
        found.setdefault(one["document"], []).append((one["page"], finding_id(one), one["expected_version"]))
    return found
