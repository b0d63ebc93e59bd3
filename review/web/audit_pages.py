"""The audit in the browser: run beside the requests; its reports are those of the nightly one, in the same folder."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from audit.audit import audit
from audit.finding_words import finding_words
from audit.report import AuditReport
from audit.report_html import thai_beside, write_audit
from audit.report_json import report_json
from model.errors import BadInput
from reports.atomic import write_atomically
from reports.evidence_text import Language
from review.web.jobs import Job
from review.web.messages import language_of
from review.web.output_pages import SHOWN
from review.web.requests import Html, posted
from workspace.workspace import Workspace

FOLDER = "audits"
_REPORT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{6}Z)?\.html")
_LISTED = 100


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A report that lies in the folder: its name, when it was made (UTC, ISO 8601), and whether everything held, None
    where that is told in the report alone."""

    name: str
    when: str
    holds: bool | None


class AuditPages:
    """The addresses of the audit."""

    def __init__(self, ws: Workspace, html: Html) -> None:
        self._ws = ws
        self._html = html
        self.job: Job[AuditReport] = Job("audit", self._audit)

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/audits", self.all),
            Route("/audits/{name}", self.report),
            Route("/api/audits", posted(self.run), methods=["POST"]),
        ]

    def all(self, request: Request) -> Response:
        """The reports that there are, and how the audit comes along that somebody has begun."""
        state = self.job.state
        language: Language = "th" if language_of(request) == "th" else "en"
        response = self._html(request, "audits.html.j2", {
            "job": state,
            "reports": self._reports(),
            "message": lambda finding: finding_words(finding.message, language),
        })  # fmt: skip
        if state.running:
            response.headers["Refresh"] = "2"
        return response

    def run(self, request: Request, body: dict[str, Any]) -> Response:
        """Begin an audit of everything."""
        del request, body
        return JSONResponse({"begun": self.job.start()})

    def report(self, request: Request) -> Response:
        """A report as it lies in the folder."""
        name = str(request.path_params["name"])
        path = self._ws.path / FOLDER / name
        if not _REPORT.fullmatch(name) or not path.is_file():
            raise BadInput("There is no such report.")
        thai = thai_beside(path)
        shown = thai if language_of(request) == "th" and thai.is_file() else path
        return HTMLResponse(shown.read_bytes(), headers=SHOWN)

    def _audit(self) -> AuditReport:
        found = audit(self._ws)
        path = self._ws.path / FOLDER / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.html"
        write_audit(path, found)
        write_atomically(
            path.with_suffix(".json"), json.dumps(report_json(found), ensure_ascii=False).encode()
        )
        return found

    def _reports(self) -> list[AuditRow]:
        folder = self._ws.path / FOLDER
        found = (
            [one for one in folder.glob("*.html") if _REPORT.fullmatch(one.name)] if folder.is_dir() else []
        )
        rows = []
        for path in sorted(found, key=lambda one: one.name, reverse=True)[:_LISTED]:
            when = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
            holds = None
            with suppress(OSError, ValueError):
                holds = bool(json.loads(path.with_suffix(".json").read_bytes())["holds"])
            rows.append(AuditRow(path.name, when, holds))
        return rows
