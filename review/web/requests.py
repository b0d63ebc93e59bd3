"""What our own page sends, taken apart; anything else is a `BadRequest`."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from model.decision import Verdict
from model.errors import BadInput, ChamraError, UsageError
from review.decide import DecisionRequest
from review.todo import Viewer
from review.web.authenticator import principal_of
from review.web.error_words import error_words
from review.web.messages import language_of

BROWSER = "browser"
"""How a decision is made on this page."""

_FINDING = re.compile(r"[0-9a-f]{16}")
_HALF = re.compile(r"[\ud800-\udfff]")
_MOST_EXACT = 2**53 - 1
_MAX_PAGE = 1_000_000_000
_VERDICTS = {one.value: one for one in Verdict if one is not Verdict.WAIVE}
_MOST_DECISIONS = 200
_WORTH_PACKING = 1000  # bytes

Answer = Callable[[Request, dict[str, Any]], Response]


class Html(Protocol):
    """Gives a page for people from the name of a template and its values."""

    def __call__(self, request: Request, name: str, values: dict[str, Any], /) -> Response:
        """The page."""


class BadRequest(ChamraError):
    """A request that our own page does not make."""


def posted(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Read the JSON object of a request, then answer in a thread: deciding waits for the disk."""

    async def endpoint(request: Request) -> Response:
        try:
            body = json.loads(await request.body())
            sound = _is_sound(body)
        except (ValueError, RecursionError):
            body, sound = None, False
        if not isinstance(body, dict):
            raise BadRequest("The request is no JSON object.")
        if not sound:
            raise BadRequest("The request holds half a character, or a number beyond all counting.")
        return await run_in_threadpool(answer, request, body)

    return endpoint


def _is_sound(value: object) -> bool:
    """False where JSON holds what no text and no count can be: half of a surrogate pair, which no file and no hash
    takes, or a whole number that a browser cannot tell from the next one."""
    if isinstance(value, str):
        return not _HALF.search(value)
    if isinstance(value, dict):
        return all(_is_sound(name) and _is_sound(one) for name, one in value.items())
    if isinstance(value, list):
        return all(map(_is_sound, value))
    return not isinstance(value, int) or abs(value) <= _MOST_EXACT


def finding_id(body: dict[str, Any]) -> str:
    """The finding that a request names."""
    finding = body.get("finding")
    if not isinstance(finding, str) or not _FINDING.fullmatch(finding):
        raise BadRequest("A finding is named by its id.")
    return finding


def whole_numbers(values: object) -> bool:
    """True for a list of whole numbers."""
    return isinstance(values, list) and all(type(one) is int for one in values)


def document_of(request: Request) -> str:
    """The document of the address."""
    return str(request.path_params["document"])


def viewer_of(request: Request) -> Viewer:
    """Who looks, and what they may do."""
    principal = principal_of(request)
    return Viewer(principal.who.account, principal.roles)


def number_of(request: Request) -> int:
    """The page number of the address.

    Raises:
        BadInput: no page can have it.
    """
    number = int(request.path_params["page"])
    if number > _MAX_PAGE:
        raise BadInput("There is no such page.")
    return number


_BAD_REQUEST = (
    "The page and the server do not understand each other: load the page anew.",
    "หน้าเว็บกับเซิร์ฟเวอร์ไม่เข้าใจกัน โปรดโหลดหน้าใหม่",
)


def told(error: Exception, language: str) -> str:
    """An error as somebody in a browser is told of it."""
    if not isinstance(error, BadRequest):
        return error_words(error, language)
    return _BAD_REQUEST[1] if language == "th" else f"{_BAD_REQUEST[0]} ({error.message})"


def plainly(
    request: Request, words: str, status: int, headers: Mapping[str, str] | None = None
) -> PlainTextResponse:
    """A refusal of one sentence, in the language of who asks."""
    said = error_words(UsageError(words), language_of(request))
    return PlainTextResponse(f"{said}\n", status, dict(headers or {}))


def problem(word: str, error: Exception, language: str = "en") -> dict[str, Any]:
    """An error as our page hears of it."""
    return {"error": word, "message": told(error, language)}


def packed(request: Request, body: dict[str, Any], status: int = 200) -> Response:
    """An answer for our own page, compressed where that is worth it. It holds no secret that its length could tell."""
    answer = JSONResponse(body, status)
    if len(answer.body) < _WORTH_PACKING or "gzip" not in request.headers.get("accept-encoding", ""):
        return answer
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gzip.compress(answer.body, 5), status, headers, "application/json")


def decision_requests(body: dict[str, Any], page: int) -> list[tuple[DecisionRequest, list[int]]]:
    """What a body asks to decide about findings of a page, each with the version that was shown."""
    asked, note = body.get("decisions"), body.get("note", "")
    sound = isinstance(asked, list) and 0 < len(asked) <= _MOST_DECISIONS
    if not sound or not isinstance(asked, list) or not isinstance(note, str) or not note.isprintable():
        raise BadRequest("Decisions are a list, and their note is one line.")
    return [_decision_request(one, note, page) for one in asked]


def _decision_request(body: object, note: str, page: int) -> tuple[DecisionRequest, list[int]]:
    if not isinstance(body, dict):
        raise BadRequest("A decision is an object.")
    finding, verdict, after = finding_id(body), body.get("verdict"), body.get("after")
    version = body.get("expected_version")
    sound = (
        isinstance(verdict, str)
        and verdict in _VERDICTS
        and (isinstance(after, str) if verdict == Verdict.EDIT else after is None)
        and isinstance(version, list)
        and whole_numbers(version)
    )
    if not sound or not isinstance(version, list):
        raise BadRequest("A decision names a finding, its expected version, and a verdict.")
    return DecisionRequest(f"{page}:{finding}", _VERDICTS[str(verdict)], after, note), version
