"""Where a character of a text comes from: file, pixels, reading, edits, people, signature, anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audit.conclusions import reader_kind
from correction.resolve import resolve
from ledger.anchors import Anchor, read_anchors
from ledger.event import Entry
from ledger.events.revoked import Revoked, revocation_of
from ledger.events.signed_off import signoff_of
from ledger.events.text_published import TextPublished
from ledger.history import PageHistory, read_history
from model.box import Box
from model.decision import AppliedEdit, Decision, SignOff
from model.edit import Edit, Finding, Safety, Span
from model.errors import BadInput, ChamraError, GateError
from model.rework import Revocation
from model.state import PageState
from review.published import signed_as_published
from review.state import page_state_of
from review.trace_readers import ReaderThere, readers_at
from workspace.codec import decode_published
from workspace.workspace import Workspace

Layer = Literal["raw", "safe", "proposed", "current", "published"]
"""`current` is the text as the review page shows it: what it becomes if every open proposal is accepted."""

_FLOORS = {"safe": Safety.SAFE, "proposed": Safety.REVIEW}


@dataclass(frozen=True, slots=True)
class TracedDecision:
    """A decision and the number of its record."""

    record: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class TracedFinding:
    """A finding at the character's place, with all decisions about it; `applied` when its edit made the
    character."""

    finding: Finding
    applied: bool
    decisions: tuple[TracedDecision, ...]


@dataclass(frozen=True, slots=True)
class TracedSignOff:
    """The sign-off that covers the text, and whether it was revoked."""

    record: int
    signoff: SignOff
    revoked: Revocation | None


@dataclass(frozen=True, slots=True)
class TracedAnchor:
    """The first anchor of a file that covers the sign-off."""

    path: Path
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Trace:
    """All that stands behind one character of a page's text in a layer.

    `offset` counts code points of that text, and `line_start` those before its line; `raw` is the place in
    the reading that the character comes from, and `read` what was read there. `box` is in pixels of the page
    image, None where the reader knows none. `confidence` is the lowest one of the place. `edit` is None where
    the character is as it was read. `readers` are the other readings of the page at that place, of which the raw text
    may have been put together. `page_blob` is the blob of the page;
    `reading_record` and the like are numbers of records, 0 where there is none.
    """

    document: str
    name: str
    path: str
    page: int
    layer: Layer
    offset: int
    character: str
    line: str
    line_start: int
    raw: Span
    read: str
    reader: str
    readers: tuple[ReaderThere, ...]
    confidence: float | None
    image_sha256: str
    dpi: float
    box: Box | None
    edit: Edit | None
    findings: tuple[TracedFinding, ...]
    ruleset: str
    dictionaries: str
    page_blob: str
    reading_record: int
    findings_record: int
    signoff: TracedSignOff | None
    published_record: int
    anchors: tuple[TracedAnchor, ...]


def trace(ws: Workspace, document: str, page: int, offset: int, layer: Layer = "published") -> Trace:
    """Trace the character at `offset` of a page's text; the published layer is traced as it was published.

    Raises:
        BadInput: there is no such document or page, or the text of the page ends before that.
        GateError: the page was not published.
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    known = read_history(ws.ledger, document, page=page)
    if page not in known.pages:
        raise BadInput(f"Page {page} of {known.name} was not asked for.", remedy="Read it with --pages.")
    past = known.pages[page]
    published = past.published if layer == "published" else None
    signed: TracedSignOff | None = _signed_now(past)
    if layer == "published":
        signed, past = _signed_as_published(ws, past)
    state = page_state_of(ws.store, past)
    if state.page is None:
        raise BadInput(f"Page {page} of {known.name} has no text.", remedy="`chamra status` says why.")
    reading = state.page.reading
    edits = _edits(ws, state, layer, published)
    place = _locate(reading.text, edits, offset)
    if place is None:
        raise BadInput(f"The {layer} text of page {page} of {known.name} ends before character {offset}.")
    confidences = [c for c in reading.confidences[place.raw.start : place.raw.end] if c is not None]
    return Trace(
        document=document,
        name=known.name,
        path=known.path,
        page=page,
        layer=layer,
        offset=offset,
        character=place.character,
        line=place.line,
        line_start=place.line_start,
        raw=place.raw,
        read=reading.text[place.raw.start : place.raw.end],
        reader=reader_kind(reading.reader),
        readers=readers_at(state.page, place.raw),
        confidence=min(confidences, default=None),
        image_sha256=state.page.image_sha256,
        dpi=state.page.dpi,
        box=reading.box_of(place.raw),
        edit=None if place.applied is None else place.applied.edit,
        findings=tuple(_findings_at(state, past, place)),
        ruleset=state.findings.ruleset if state.findings else "",
        dictionaries=state.findings.dictionaries if state.findings else "",
        page_blob=past.page.event.blob if past.page else "",
        reading_record=past.page.seq if past.page else 0,
        findings_record=past.findings.seq if past.findings else 0,
        signoff=signed,
        published_record=published.seq if published else 0,
        anchors=tuple(_anchors(ws, signed.record)) if signed else (),
    )


@dataclass(frozen=True, slots=True)
class _TracedPlace:
    """A character of a layer: where it comes from in the raw text, and the edit that made it."""

    character: str
    line: str
    line_start: int
    raw: Span
    applied: AppliedEdit | None


def _locate(raw: str, edits: Sequence[AppliedEdit], offset: int) -> _TracedPlace | None:
    """Walk from edit to edit; between them the text is as it was read."""
    pieces: list[tuple[str, int, AppliedEdit | None]] = []
    at = 0
    for applied in sorted(edits, key=lambda one: one.edit.span):
        pieces += [
            (raw[at : applied.edit.span.start], at, None),
            (applied.edit.after, applied.edit.span.start, applied),
        ]
        at = applied.edit.span.end
    pieces.append((raw[at:], at, None))
    text = "".join(piece for piece, _, _ in pieces)
    if not 0 <= offset < len(text):
        return None
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].partition("\n")[0]
    before = 0
    for piece, origin, maker in pieces:
        if offset < before + len(piece):
            here = origin + offset - before
            span = Span(here, here + 1) if maker is None else maker.edit.span
            return _TracedPlace(text[offset], line, start, span, maker)
        before += len(piece)
    return None


def _edits(
    ws: Workspace, state: PageState, layer: Layer, published: Entry[TextPublished] | None
) -> tuple[AppliedEdit, ...]:
    if published is not None:
        return decode_published(ws.store.get(published.event.blob)).edits
    if layer == "raw" or state.findings is None:
        return ()
    if layer == "current":
        return state.shown
    standings = resolve(state.findings.proposals, _FLOORS[layer])
    return tuple(AppliedEdit(one.proposal.edit, one.proposal.id) for one in standings if one.stands)


def _findings_at(state: PageState, past: PageHistory, place: _TracedPlace) -> Iterator[TracedFinding]:
    """The finding whose edit made the character first, then all others that speak of its place."""
    if state.findings is None:
        return
    own = "" if place.applied is None else place.applied.finding
    here = [one for one in state.findings.all if one.id == own or one.span.overlaps(place.raw)]
    for one in sorted(here, key=lambda one: one.id != own):
        decisions = (TracedDecision(seq, d) for seq, d in past.decisions if d.subject.finding == one.id)
        yield TracedFinding(one, one.id == own, tuple(decisions))


def _signed_as_published(ws: Workspace, past: PageHistory) -> tuple[TracedSignOff, PageHistory]:
    """The sign-off under which the newest text was published, and the page as it was signed."""
    if past.published is None:
        raise GateError(
            f"Page {past.number} is not published.",
            remedy="Trace another layer with --layer, or publish what is signed.",
        )
    entry, signed = signed_as_published(ws.ledger, past)
    revocations = ws.ledger.events(Revoked, document=entry.event.document, page=past.number)
    taken = [one for one in revocations if one.event.signoff == entry.sha256]
    revoked = revocation_of(taken[-1]) if taken else None
    return TracedSignOff(entry.seq, signoff_of(entry), revoked), signed


def _signed_now(past: PageHistory) -> TracedSignOff | None:
    if past.signoff is None or past.signoff_entry is None:
        return None
    return TracedSignOff(past.signoff_entry.seq, past.signoff, past.revocation)


def _anchors(ws: Workspace, record: int) -> Iterator[TracedAnchor]:
    """The first anchor of each file that names the record or a later one; files that cannot be read none."""
    for path in ws.anchors:
        try:
            anchors = [line.anchor for line in read_anchors(path) if line.anchor is not None]
        except ChamraError:
            continue
        later = [one for one in anchors if one.workspace == ws.id and one.seq >= record]
        if later:
            yield TracedAnchor(path, min(later, key=lambda one: one.seq))
