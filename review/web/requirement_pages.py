"""What a collection asks of the people who work on it, in the browser: what `chamra require` does at the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.event import Entry
from ledger.events.required import Required
from ledger.people import users_at
from ledger.requirements import requirements_at
from model.requirement import Requirement
from model.user import Role
from review.requirements import MOST_SEEDS, require
from review.web.authenticator import principal_of
from review.web.overview import Overview
from review.web.queue_view import asked_of
from review.web.requests import BROWSER, BadRequest, Html, document_of, posted
from workspace.workspace import Workspace

MOST = 50
"""What is asked of so many documents is shown at once; others are on the next sheets."""
_TWO = 2


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """What is asked of one document, or of all others where it is empty; `said` is the newest word about itself."""

    document: str
    name: str
    requirement: Requirement
    said: Entry[Required] | None


class RequirementPages:
    """The addresses of what is asked."""

    def __init__(self, ws: Workspace, overview: Overview, html: Html) -> None:
        self._ws = ws
        self._overview = overview
        self._html = html

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/requirements", self.all),
            Route("/documents/{document}/requirements", self.one),
            Route("/api/requirements", posted(self.ask), methods=["POST"]),
        ]

    def all(self, request: Request) -> Response:
        """What is asked of every document of which nothing of its own is said, and of those of which something is."""
        return self._show(request)

    def one(self, request: Request) -> Response:
        """What is asked of one document."""
        return self._show(request, self._overview.document(document_of(request)).id)

    def ask(self, request: Request, body: dict[str, Any]) -> Response:
        """Ask for this from now on."""
        document, signatures = body.get("document"), body.get("signatures")
        keyed, seeds = body.get("keyed"), body.get("seeds")
        if not isinstance(document, str) or type(keyed) is not bool:
            raise BadRequest("A document is named, or all others, and numbers and names are typed or not.")
        if type(signatures) is not int or type(seeds) is not int:
            raise BadRequest("Signatures and seeds are numbers.")
        chosen = self._overview.document(document).id if document else ""
        who = principal_of(request).who
        made = require(self._ws, chosen, who, signatures=signatures, keyed=keyed, seeds=seeds, how=BROWSER)
        return JSONResponse(
            {"document": chosen, "signatures": made.signatures, "keyed": made.keyed, "seeds": made.seeds}
        )

    def _show(self, request: Request, document: str = "") -> Response:
        entries = tuple(self._ws.ledger.events(Required))
        asked, said = requirements_at(entries), {one.event.document: one for one in entries}
        shown = [document] if document else ["", *(one for one in said if one)]
        sheets = -(-len(shown) // MOST)
        sheet = min(asked_of(request.query_params).sheet, sheets)
        part = shown[(sheet - 1) * MOST : sheet * MOST]
        rows = [RequirementRow(one, self._name(one), asked.of(one), said.get(one)) for one in part]
        users = [one for one in users_at(self._ws.ledger).values() if one.enabled]
        alone = bool(users) and sum(Role.REVIEWER in one.roles for one in users) < _TWO
        values = {
            "rows": rows, "most_seeds": MOST_SEEDS, "alone": alone, "of_one": bool(document), "sheet": sheet,
            "sheets": sheets,
        }  # fmt: skip
        return self._html(request, "requirements.html.j2", values)

    def _name(self, document: str) -> str:
        return self._overview.document(document).name if document else ""
