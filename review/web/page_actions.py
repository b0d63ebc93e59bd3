"""What a person does with a page besides deciding about findings: own text, doubts, leaving out, taking back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from model.addition import DOUBTFUL, ILLEGIBLE
from model.box import Box
from model.decision import Who
from model.errors import Outdated, UsageError
from model.seed import SeedOutcome
from model.state import PageState
from review import add, line_order, own_text, rework
from review.decide import waive
from review.seeded_page import put_back_line, put_back_passed
from review.seen import PassedLine, lines_shown, numbered, record_seen
from review.state import page_state
from review.web.authenticator import principal_of
from review.web.messages import language_of
from review.web.requests import BROWSER, BadRequest, document_of, finding_id, number_of, posted, problem
from workspace.workspace import Workspace

_SEVERAL = ("join", "order")
_MARKS = {"illegible": ILLEGIBLE, "doubtful": DOUBTFUL}

Body = dict[str, Any]
Answering = Callable[..., Response]
"""Answers a request and its body with what is said (and a status) and with what has changed of the page."""

Done = Collection[object]


class PageActions:
    """The addresses of these actions. Each answers with what was recorded and the page as it stands then."""

    def __init__(self, ws: Workspace, answer: Answering, reads: Callable[[], None]) -> None:
        self._ws = ws
        self._answer = answer
        self._reads = reads

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        page = "/api/documents/{document}/pages/{page:int}"
        actions = {
            "texts": self.text, "marks": self.mark, "seen": self.seen, "waiver": self.waive,
            "return": self.give_back, "answer": self.answer, "revoke": self.revoke,
            "take-up": self.take_up, "read-again": self.read_again,
        }  # fmt: skip
        return [
            Route(f"{page}/{name}", posted(self._answering(act)), methods=["POST"])
            for name, act in actions.items()
        ]

    def text(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A person's own text: of a line, where something was missed, or of a page that was not read."""
        kind, text, note = body.get("kind"), _words(body, "text"), _remark(body, "note")
        if kind == "page":
            return add.transcribe(self._ws, document, number, text, who, how=BROWSER, note=note)
        if kind in _SEVERAL:
            return self._several(document, number, who, body, text, note)
        line, was = body.get("line"), _words(body, "was")
        box = _box(body.get("box"))
        if type(line) is not int or kind not in ("line", "strike", "insert"):
            raise BadRequest("A text names its line.")
        if kind == "line":
            true, written = put_back_line(self._ws, document, number, line, was, text, who, how=BROWSER)
            if true == written and true != was:
                return ()  # they have mended nothing but what had been changed for them to see
            was, text = true, written
        else:
            lines = {line: was}
            true_lines = put_back_passed(
                self._ws, document, number, lines, who, how=BROWSER, outcome=SeedOutcome.VOID
            )
            was = true_lines.get(line, was)

        def drafts(state: PageState) -> Iterable[own_text.Draft]:
            if kind == "line":
                return own_text.edited_line(state, line, was, text)
            if kind == "strike":
                return (own_text.struck_line(state, line, was),)
            if box is not None:
                return (own_text.drawn(state, box, text),)
            return (own_text.inserted_line(state, line, was, text),)

        return add.add_text(self._ws, document, number, drafts, who, how=BROWSER, note=note)

    def _several(self, document: str, number: int, who: Who, body: Body, text: str, note: str) -> Done:
        """Lines that stand below each other are joined, or put in another order."""
        first, was = body.get("line"), body.get("was")
        sound = isinstance(was, list) and all(isinstance(one, str) for one in was)
        if type(first) is not int or not isinstance(was, list) or not sound:
            raise BadRequest("Lines are named by the first and the texts of all.")
        shown = dict(enumerate(was, first))
        put_back_passed(self._ws, document, number, shown, who, how=BROWSER, outcome=SeedOutcome.VOID)

        def drafts(state: PageState) -> Iterable[own_text.Draft]:
            if body["kind"] == "join":
                return line_order.joined_lines(state, first, was, text)
            return (line_order.ordered_lines(state, first, was, text),)

        return add.add_text(self._ws, document, number, drafts, who, how=BROWSER, note=note)

    def mark(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A place is illegible, or doubtful."""
        rule = _MARKS.get(str(body.get("mark")))
        if rule is None:
            raise BadRequest("A mark is illegible or doubtful.")
        note = _remark(body, "note")
        return add.mark(self._ws, document, number, finding_id(body), rule, who, how=BROWSER, note=note)

    def seen(self, document: str, number: int, who: Who, body: Body) -> Done:
        """Lines were passed as right as they stand, each under its image."""
        lines = body.get("lines")
        if not isinstance(lines, list) or not lines:
            raise BadRequest("What was seen are lines.")
        passed = lines_shown(self._ws, document, number, [_passed(one) for one in lines], who)
        if not passed:
            raise UsageError(
                "Nobody was shown these lines for long enough to look at them.",
                remedy="Nothing was recorded; look at the page again.",
            )
        rows = numbered(page_state(self._ws, document, number))
        lines_passed = {rows[one.start][0]: one.text for one in passed if one.start in rows}
        put_back_passed(self._ws, document, number, lines_passed, who, how=BROWSER)
        return record_seen(self._ws, document, number, passed, who, how=BROWSER)

    def waive(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A page that could not be read is left out."""
        return waive(self._ws, document, number, _words(body, "note"), who, how=BROWSER)

    def take_up(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A page that was left out is taken up again."""
        return rework.take_up_again(self._ws, document, number, who, note=_remark(body, "note"), how=BROWSER)

    def read_again(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A page that could not be read is to be read again."""
        asked = rework.ask_reading(self._ws, document, number, who, note=_remark(body, "note"), how=BROWSER)
        self._reads()
        return asked

    def give_back(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A page is returned to be worked on again."""
        return (rework.return_page(self._ws, document, number, _words(body, "note"), who, how=BROWSER),)

    def answer(self, document: str, number: int, who: Who, body: Body) -> Done:
        """What a page was returned for has been seen to."""
        return rework.answer(self._ws, document, number, who, note=_words(body, "note"), how=BROWSER)

    def revoke(self, document: str, number: int, who: Who, body: Body) -> Done:
        """A sign-off is revoked."""
        return rework.revoke(self._ws, document, [number], _words(body, "note"), who, how=BROWSER)

    def _answering(self, act: Callable[[str, int, Who, Body], Done]) -> Callable[[Request, Body], Response]:
        def answer(request: Request, body: Body) -> Response:
            try:
                done = act(document_of(request), number_of(request), principal_of(request).who, body)
            except Outdated as error:
                return self._answer(request, body, problem("changed", error, language_of(request)), 409)
            findings = [one for one in done if isinstance(one, str)]
            return self._answer(request, body, {"recorded": len(done), "findings": findings})

        return answer


def _words(body: Body, name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BadRequest(f"{name} is a text.")
    return value


def _remark(body: Body, name: str) -> str:
    value = _words(body, name)
    if not value.isprintable():
        raise BadRequest(f"{name} is one line.")
    return value


def _passed(value: object) -> PassedLine:
    one = value if isinstance(value, dict) else {}
    start, text, took, tag = (one.get(name) for name in ("key", "was", "milliseconds", "shown"))
    if type(start) is not int or type(took) is not int or min(start, took) < 0:
        raise BadRequest("A line that was seen has its key, its text, milliseconds and its tag.")
    if not isinstance(text, str) or not isinstance(tag, str):
        raise BadRequest("A line that was seen has its key, its text, milliseconds and its tag.")
    return PassedLine(start, text, took, tag)


def _box(value: object) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4 or not all(type(one) is int for one in value):
        raise BadRequest("A place is four whole numbers.")
    left, top, right, bottom = value
    if not (0 <= left < right <= _MOST and 0 <= top < bottom <= _MOST):
        raise BadRequest("A place has a width and a height.")
    return Box(left, top, right, bottom)


_MOST = 1_000_000  # pixels
