"""Sheets of like letters: one letter wherever it was read, the least sure first; what is wrong is written, the rest
passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from model.decision import Subject, Who
from model.edit import Span
from model.errors import ChamraError
from model.state import PageState
from review.add import add_text
from review.alike import Letter, least_sure
from review.letters_passed import PassedLetter, record_letters
from review.own_text import Draft, edited_line
from review.seeded_page import put_back_line
from review.shown_tag import tag_for
from review.web.alike_view import MOST, cut_address
from review.web.authenticator import principal_of
from review.web.messages import language_of
from review.web.requests import BROWSER, BadRequest, Html, document_of, posted, problem
from review.web.step_back import SaidBefore
from review.web.text_lines import surroundings
from workspace.workspace import Workspace

Body = dict[str, Any]


class LetterPages:
    """The addresses of sheets of like letters."""

    def __init__(self, ws: Workspace, html: Html) -> None:
        self._ws = ws
        self._html = html

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/documents/{document}/letters", self.show),
            Route("/api/documents/{document}/letters", posted(self.record), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """One letter wherever it was read, the least sure first."""
        document, letter = document_of(request), request.query_params.get("letter", "").strip()[:4]
        principal = principal_of(request)
        shown_to = principal.who.account if principal.decides else None
        found = least_sure(self._ws, document, letter, MOST, shown_to) if letter else []
        rows = [
            {
                "one": one, "around": surroundings(one.text, one.span, None, 6),
                "cut": cut_address(document, one.page, one.span, around=False),
                "tag": self._tag(document, one, principal.who) if principal.decides else "",
            }
            for one in found
        ]  # fmt: skip
        values = {
            "document": document, "letter": letter, "rows": rows, "most": MOST, "writes": principal.decides,
        }  # fmt: skip
        return self._html(request, "letters.html.j2", values)

    def record(self, request: Request, body: Body) -> Response:
        """Write what is wrong on a sheet and pass the rest, page by page: of a page all or nothing."""
        document, who = document_of(request), principal_of(request).who
        wrong, right = _wrong(body.get("wrong")), _right(body.get("right"))
        before = SaidBefore.on(self._ws, ((document, page) for page in wrong), who.account)
        made: list[Subject] = []
        written = passed = 0
        problems = []
        for page in sorted({*wrong, *right}):
            try:
                if page in wrong:
                    made += [
                        Subject(document, page, one) for one in self._write(document, page, wrong[page], who)
                    ]
                    written += len(wrong[page])
                passed += record_letters(self._ws, document, page, right.get(page, ()), who, how=BROWSER)
            except ChamraError as error:
                problems.append(problem("refused", error, language_of(request)) | {"page": page})
        return JSONResponse(
            {"written": written, "passed": passed, "undo": before.steps(made), "problems": problems}
        )

    def _write(
        self, document: str, page: int, lines: Mapping[int, tuple[str, str]], who: Who
    ) -> tuple[str, ...]:
        true = {
            line: put_back_line(self._ws, document, page, line, was, text, who, how=BROWSER)
            for line, (was, text) in lines.items()
        }

        def drafts(state: PageState) -> Iterable[Draft]:
            for line, (was, text) in true.items():
                if was != text:  # else they have mended nothing but what had been changed for them to see
                    yield from edited_line(state, line, was, text)

        return add_text(self._ws, document, page, drafts, who, how=BROWSER)

    def _tag(self, document: str, one: Letter, who: Who) -> str:
        tag = tag_for(self._ws, document, one.page, who.account)
        return tag(one.span.start, one.text[one.span.start : one.span.end])


def _wrong(value: object) -> dict[int, dict[int, tuple[str, str]]]:
    """By page and line what stood there and what should."""
    found: dict[int, dict[int, tuple[str, str]]] = {}
    for one in _listed(value):
        page, line, was, text = (one.get(name) for name in ("page", "line", "was", "text"))
        if (
            type(page) is not int
            or type(line) is not int
            or not isinstance(was, str)
            or not isinstance(text, str)
        ):
            raise BadRequest("What is wrong names its page, its line, what stood there and what should.")
        found.setdefault(page, {})[line] = (was, text)
    return found


def _right(value: object) -> dict[int, list[PassedLetter]]:
    found: dict[int, list[PassedLetter]] = {}
    for one in _listed(value):
        page, start, end, tag = (one.get(name) for name in ("page", "start", "end", "shown"))
        if (
            type(page) is not int
            or type(start) is not int
            or type(end) is not int
            or not isinstance(tag, str)
        ):
            raise BadRequest("A letter that was passed names its page, its place and its tag.")
        if not 0 <= start < end:
            raise BadRequest("A letter that was passed names its page, its place and its tag.")
        found.setdefault(page, []).append(PassedLetter(Span(start, end), tag))
    return found


def _listed(value: object) -> list[Body]:
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(one, dict) for one in value):
        raise BadRequest(f"A sheet has at most {MOST} letters.")
    return value
