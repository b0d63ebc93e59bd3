"""What stands behind a letter of the page's text: pixels, reading, findings, people, signature, anchors.

A browser counts in UTF-16 and knows only what it shows. It names a line of the page and a letter of that line,
counted in code points of the line as shown; where the letter stands in the text is found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.history import read_page_history
from model.edit import Span
from model.errors import BadInput
from model.state import PageState
from reports.letters import code_points, safe_text, visible
from reports.lines import Row, row_at
from review.own_text import current_rows, row_text
from review.seeded_page import Shown, shown_rows
from review.state import page_state, page_state_of
from review.trace import Layer, Trace, TracedFinding, trace
from review.web.authenticator import Principal, principal_of
from review.web.page_data import decision_data, is_blind
from review.web.pictures import Pictures
from review.web.requests import BadRequest, document_of, finding_id, number_of
from workspace.workspace import Workspace

Json = dict[str, Any]

_COUNT = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class TracePlace:
    """A letter of a page: its layer, and the code points of that layer's text before it.

    `line` and `letter` are its place on the page shown, `text` is the line, `near` where the letters before and
    behind it begin; None where the letter was taken away.
    """

    layer: Layer
    offset: int
    line: int | None = None
    letter: int | None = None
    text: str = ""
    near: tuple[int | None, int | None] = (None, None)


class TracePages:
    """The address of a trace."""

    def __init__(self, ws: Workspace, pictures: Pictures) -> None:
        self._ws = ws
        self._pictures = pictures

    def routes(self) -> list[Route]:
        """The address; which role may ask for it stands in `permissions`."""
        return [Route("/api/documents/{document}/pages/{page:int}/trace", self.trace)]

    def trace(self, request: Request) -> Response:
        """What stands behind a letter, or behind what a finding is about."""
        document, number, principal = document_of(request), number_of(request), principal_of(request)
        shown = page_state(self._ws, document, number)
        place = _asked_for(request, shown)
        found = trace(self._ws, document, number, place.offset, place.layer)
        # Looked at after the trace: nobody can have decided since about what is told of here.
        past = read_page_history(self._ws.ledger, document, number)
        state = page_state_of(self._ws.store, past)
        picture = None
        if state.page is not None and past.page is not None:
            picture = self._pictures.of(past.page.event.blob, state.page)
        box = None if picture is None else picture.around(found.raw)
        if principal.decides:
            otherwise = shown_rows(self._ws, past, state, document, principal.who.account)
            found, place = _as_they_see_it(found, place, otherwise)
        return JSONResponse(_shown(found, place, state, principal) | {"box": box})


def _as_they_see_it(found: Trace, place: TracePlace, otherwise: Shown) -> tuple[Trace, TracePlace]:
    """A trace as it would be of a letter that is shown changed on purpose, had it been read so."""
    if place.line is None or place.line not in otherwise:
        return found, place
    text, seeds = otherwise[place.line]
    place = replace(place, text=text)
    seed = next((one for one in seeds if found.raw == Span(one.start, one.start + 1)), None)
    if seed is None:
        return found, place
    readers = tuple(replace(one, gave=one.text == seed.shown) for one in found.readers)
    return replace(found, character=seed.shown, read=seed.shown, readers=readers), place


def _asked_for(request: Request, state: PageState) -> TracePlace:
    """The place that a request names.

    Raises:
        BadRequest: it names none.
        BadInput: the page has none such.
    """
    asked = request.query_params
    found = _rows(state)
    if "finding" in asked:
        return _of_finding(found, state, finding_id({"finding": asked["finding"]}))
    line, letter = asked.get("line", ""), asked.get("letter", "")
    if not _COUNT.fullmatch(line) or not _COUNT.fullmatch(letter):
        raise BadRequest("A trace names a line and a letter, or a finding.")
    return _of_letter(found, int(line), int(letter))


def _rows(state: PageState) -> tuple[Row, ...]:
    if state.page is None:
        raise BadInput(f"Page {state.number} has no text.")
    return current_rows(state)


def _of_letter(found: Sequence[Row], line: int, shown: int) -> TracePlace:
    text = row_text(found[line]) if line < len(found) else ""
    starts = _starts(text)
    if not 0 <= shown < starts[-1]:
        raise BadInput("The page has no such letter.")
    return _at(found, line, next(at for at in range(len(text)) if shown < starts[at + 1]))


def _at(found: Sequence[Row], line: int, at: int) -> TracePlace:
    """The letter before which so many code points of its line stand."""
    starts = _starts(row_text(found[line]))
    before = sum(len(row.corrected) for row in found[:line])
    near = (starts[at - 1] if at else None, starts[at + 1] if at + 2 < len(starts) else None)
    return TracePlace("current", before + at, line, starts[at], row_text(found[line]), near)


def _starts(text: str) -> list[int]:
    """Where each letter of a line begins in the line as shown, and where that ends."""
    return [0, *accumulate(len(safe_text(letter)) for letter in text)]


def _of_finding(found: Sequence[Row], state: PageState, identity: str) -> TracePlace:
    """The first letter that a finding is about: as it stands now, or as it was read where it was taken away."""
    finding = next((one for one in state.all_findings if one.id == identity), None)
    if finding is None or state.page is None:
        raise BadInput("The page has no such finding.")
    span = finding.span
    line = row_at(found, span)
    own = next((one.edit for one in state.shown if one.finding == identity), None)
    at = 0
    for piece in found[line].pieces if line is not None else ():
        ours = piece.edit == own if own is not None else span.start < piece.span.end
        if ours and piece.corrected.strip("\n") and line is not None:
            within = 0 if piece.edit is not None else max(0, span.start - piece.span.start)
            if at + within < len(row_text(found[line])):
                return _at(found, line, at + within)
        if ours:
            break
        at += len(piece.corrected)
    return TracePlace("raw", min(span.start, max(0, len(state.page.reading.text) - 1)))


def _shown(found: Trace, place: TracePlace, state: PageState, principal: Principal) -> Json:
    """A trace as it is shown: every text made safe to read, no path of the server's disk."""
    signed = found.signoff.signoff if found.signoff is not None and state.signoff is not None else None
    return {
        "line": place.line,
        "letter": place.letter,
        "previous": place.near[0],
        "next": place.near[1],
        "text": safe_text(place.text or found.line),
        "character": visible(found.character),
        "code": code_points(found.character),
        "taken_away": place.layer == "raw",
        "name": safe_text(found.name),
        "document": found.document,
        "image": found.image_sha256,
        "reading": {
            "record": found.reading_record,
            "reader": safe_text(found.reader),
            "text": visible(found.read),
            "confidence": found.confidence,
            "others": [
                {
                    "reader": safe_text(one.reader),
                    "text": None if one.text is None else visible(one.text),
                    "gave": one.gave,
                }
                for one in found.readers
            ],
        },
        "edit": None
        if found.edit is None
        else {"before": visible(found.edit.before), "after": visible(found.edit.after)},
        "findings": [_finding(one, state, principal) for one in found.findings],
        "ruleset": safe_text(found.ruleset),
        "dictionaries": safe_text(found.dictionaries),
        "findings_record": found.findings_record,
        "signed": None
        if signed is None or found.signoff is None
        else {
            "record": found.signoff.record,
            "name": safe_text(signed.who.name),
            "account": safe_text(signed.who.account),
            "when": signed.when,
            "key": signed.key or None,
        },
        "anchors": [
            {"file": safe_text(one.path.name), "record": one.anchor.seq, "when": one.anchor.when}
            for one in (found.anchors if signed is not None else ())
        ],
    }


def _finding(one: TracedFinding, state: PageState, principal: Principal) -> Json:
    blind = principal.decides and is_blind(one.finding.id, state, principal.who.account)
    return {
        "id": one.finding.id,
        "rule": one.finding.rule,
        "message": safe_text(one.finding.message),
        "applied": one.applied,
        "blind": blind,
        "decisions": []
        if blind
        else [
            decision_data(made.decision, principal.who.account) | {"record": made.record}
            for made in one.decisions
        ],
    }
