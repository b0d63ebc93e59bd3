"""What leaves a workspace, in the browser: publishing what is signed, exports of every form, reports."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from dictionaries.resources import resources_with
from dictionaries.user import user_dictionary_files
from model.errors import BadInput, ChamraError, GateError
from model.publication import TextLayer
from model.state import Outcome, Stage
from model.user import Role
from reports.diff import DiffForm, diff_pieces
from reports.evidence_text import Language
from reports.export_format import ExportFormat, export_format, export_names
from review.place_list import page_places
from review.publish import publish
from review.published import as_of, edition
from review.todo import Viewer
from review.web.messages import language_of
from review.web.overview import Overview
from review.web.queue_entry import QueueEntry
from review.web.requests import BadRequest, Html, document_of, posted, viewer_of
from workspace.workspace import Workspace

SHOWN = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
}
"""For a report that is one file with its own style and pictures: it is shown as a stranger's page, without scripts."""

_WHOLE_LEDGER = ("evidence",)
_IN_MEMORY = 8 * 1024 * 1024  # bytes
_CHUNK = 256 * 1024  # bytes
_LAYERS: tuple[TextLayer, ...] = get_args(TextLayer)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class OutputPages:
    """The addresses of what is given out."""

    def __init__(self, ws: Workspace, overview: Overview, html: Html) -> None:
        self._ws = ws
        self._overview = overview
        self._html = html

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        document = "/documents/{document}"
        return [
            Route("/publishing", self.publishing),
            Route("/api/publish", posted(self.publish), methods=["POST"]),
            Route(f"{document}/exports", self.exports),
            Route(f"{document}/exports/{{format}}", self.export),
            Route(f"{document}/report", self.report),
        ]

    def publishing(self, request: Request) -> Response:
        """Which documents have pages that are signed and not published, and what is published."""
        entries = self._overview.documents()
        self._overview.take_up()
        values = {
            "signed": [one for one in entries if one.stages.get(Stage.SIGNED, 0)],
            "published": sum(one.stages.get(Stage.PUBLISHED, 0) for one in entries),
            "uncounted": self._overview.uncounted,
        }
        return self._html(request, "publishing.html.j2", values)

    def publish(self, request: Request, body: dict[str, Any]) -> Response:
        """Publish what is signed, of one document or of all."""
        del request
        document = body.get("document")
        if not (document is None or isinstance(document, str)):
            raise BadRequest("One document is published, or all.")
        done = publish(self._ws, None if document is None else self._overview.document(document).id)
        return JSONResponse({"published": len(done.published)})

    def exports(self, request: Request) -> Response:
        """The forms in which a document is given out."""
        entry = self._overview.document(document_of(request))
        left = [number for number, page in entry.pages.items()
                if page.stage not in (Stage.PUBLISHED, Stage.WAIVED)]  # fmt: skip
        layer = request.query_params.get("layer", "")
        values = {
            "entry": entry, "formats": _formats(), "layers": _LAYERS, "left": left,
            "layer": layer if layer in _LAYERS else "published",
            "blind": _is_blind([entry], viewer_of(request)),
        }  # fmt: skip
        return self._html(request, "exports.html.j2", values)

    def export(self, request: Request) -> Response:
        """The file of one form."""
        entry = self._overview.document(document_of(request))
        name, layer = str(request.path_params["format"]), request.query_params.get("layer", "published")
        if not _NAME.fullmatch(name) or layer not in _LAYERS:
            raise BadInput("There is no such form.", remedy="Choose one from the list of exports.")
        chosen = export_format(name)
        every = name in _WHOLE_LEDGER
        _refuse_blind(self._overview.documents(60.0) if every else [entry], viewer_of(request))
        found = edition(self._ws, entry.id, layer)
        shown = request.query_params.get("show") == "1" and chosen.extension.endswith(".html")
        stem = Path(entry.name).stem + chosen.extension
        return _file(_whole(chosen.of(found)), stem, shown=shown)

    def report(self, request: Request) -> Response:
        """The diff report, with the decisions made until now."""
        entry = self._overview.document(document_of(request))
        _refuse_blind([entry], viewer_of(request))
        resources = resources_with(user_dictionary_files(self._ws.path / "dictionaries"))
        language: Language = "th" if language_of(request) == "th" else "en"
        every = request.query_params.get("lines") == "all"
        form = DiffForm(language, every, as_of(self._ws, entry.id))
        found, places = edition(self._ws, entry.id), partial(page_places, resources=resources)
        pieces = diff_pieces(found, self._ws.store.get, places, form)
        shown = request.query_params.get("show") == "1"
        return _file(_whole(pieces), f"{Path(entry.name).stem}.report.html", shown=shown)


def _formats() -> list[ExportFormat]:
    found = []
    for name in export_names():
        try:
            found.append(export_format(name))
        except ChamraError:  # one that another package brings and that cannot be loaded keeps no other back
            continue
    return found


def _is_blind(entries: Iterable[QueueEntry], viewer: Viewer) -> bool:
    """True while something in these documents was decided by another and waits for somebody like this viewer."""
    if not viewer.holds(Role.REVIEWER, Role.SECOND_REVIEWER):
        return False
    return any(
        page.outcomes.get(Outcome.SECOND, 0) > page.second_by.get(viewer.account, 0)
        for entry in entries
        for page in entry.pages.values()
    )


def _refuse_blind(entries: Iterable[QueueEntry], viewer: Viewer) -> None:
    if _is_blind(entries, viewer):
        raise GateError(
            "Something in it waits for a second person, and the file would show what the first has decided.",
            remedy="Answer it first, or let an auditor fetch the file.",
        )


def _whole(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """The pieces, once all of them could be made: what goes wrong is told before anything is sent."""
    kept = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed when all was sent
    try:
        for piece in pieces:
            kept.write(piece.encode() if isinstance(piece, str) else piece)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)

    def sent() -> Iterator[bytes]:
        with kept:
            while chunk := kept.read(_CHUNK):
                yield chunk

    return sent()


def _file(pieces: Iterator[bytes], name: str, *, shown: bool) -> Response:
    if shown:
        return StreamingResponse(pieces, media_type="text/html", headers=SHOWN)
    clean = "".join(one if one.isprintable() and one not in '/\\"' else "_" for one in name)
    plain = clean.encode("ascii", "replace").decode().replace("?", "_")
    header = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    return StreamingResponse(
        pieces, media_type="application/octet-stream", headers={"Content-Disposition": header}
    )
