"""What learning would change, in the browser: counted beside the requests, applied when an administrator says so."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from model.errors import GateError, UsageError
from review.learn import Lessons, apply_lessons, lessons
from review.web.authenticator import principal_of
from review.web.jobs import Job
from review.web.permissions import may
from review.web.requests import BadRequest, Html, posted
from workspace.workspace import Workspace

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(f"(?P<first>{_QUOTED}) (?:->|read) (?P<second>{_QUOTED}) ?(?P<count>[0-9]*)")
_SHOWN = 500


class LearnPages:
    """The addresses of learning."""

    def __init__(self, ws: Workspace, html: Html) -> None:
        self._ws = ws
        self._html = html
        self.job: Job[Lessons] = Job("learn", lambda: lessons(ws))

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/learning", self.show),
            Route("/api/learning", posted(self.look), methods=["POST"]),
            Route("/api/learning/apply", posted(self.apply), methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """What the decisions teach, as far as it was looked at since the server was started."""
        state = self.job.state
        applies = may(principal_of(request).roles, "POST", "/api/learning/apply")
        lines = [] if state.result is None else [_row(one) for one in state.result.new[:_SHOWN]]
        values = {"job": state, "behind": self._behind(state.result), "applies": applies, "lines": lines}
        response = self._html(request, "learning.html.j2", values)
        if state.running:
            response.headers["Refresh"] = "2"
        return response

    def look(self, request: Request, body: dict[str, Any]) -> Response:
        """Go through all decisions."""
        del request, body
        return JSONResponse({"begun": self.job.start()})

    def apply(self, request: Request, body: dict[str, Any]) -> Response:
        """Write what was shown into the dictionaries of the workspace; `upto` says what was shown."""
        del request
        upto, found = body.get("upto"), self.job.state.result
        if type(upto) is not int:
            raise BadRequest("What is applied is what was shown, up to a record of the ledger.")
        if found is None or found.upto != upto:
            raise GateError("Something else was shown meanwhile.", remedy="Look at it again.")
        if not found.new:
            raise UsageError("There is nothing new to learn.", remedy="Nothing was changed.")
        apply_lessons(self._ws.path, found)
        self.job.start()
        return JSONResponse({"applied": len(found.new)})

    def _behind(self, found: Lessons | None) -> int:
        return 0 if found is None else self._ws.ledger.head().seq - found.upto


def _row(line: str) -> tuple[str, str, str, str]:
    """A line of what was learned as it is shown: its kind, what was read or stands, what it is or was to become, and
    how often."""
    kind, _, rest = line.partition(": ")
    found = _PAIR.fullmatch(rest)
    if kind == "rule":
        code, _, level = rest.partition(" = ")
        return kind, code, level, ""
    if found is None:
        return kind, rest, "", ""
    first, second = json.loads(found["first"]), json.loads(found["second"])
    # A confusion names the truth first; people look for what was read.
    return (kind, second, first, found["count"]) if kind == "confusion" else (kind, first, second, "")
