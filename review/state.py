"""Where documents stand: the ledger folded, with the blobs it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock

from correction.in_force import NONE_IN_FORCE, EditsInForce, edits_in_force, newest_by_account
from ledger import history
from ledger.event import Entry
from ledger.events.required import Required
from ledger.history import DocumentHistory, PageHistory, read_history
from model.addition import Addition, with_additions
from model.decision import Decision
from model.edit import Expectation, Findings, apply_edits, text_sha256
from model.errors import BadInput
from model.keyed import KeyedValue, StandingValue, unconfirmed
from model.page import FailedPage, Page
from model.state import DocumentState, Outcome, PageState, Stage
from workspace.codec import decode_findings, decode_page
from workspace.store import BlobStore
from workspace.workspace import Workspace

ROOMS = ("model", "ledger", "correction", "workspace", "review")
"""Whose code says where a page stands: what is kept of that is made anew where it changes."""

_SIGNED = (Stage.COUNTERSIGN, Stage.SIGNED, Stage.PUBLISHED)


@dataclass(frozen=True, slots=True)
class PageSummary:
    """A page in one line: its stage, how many findings have each outcome, why it failed or who left it out and why.

    `second_by` counts, for each account, the findings that it has decided and that wait for another, `conflict_by`
    those that it and others have decided in different ways; `signers` are the accounts whose signatures stand on a page
    that waits for another's;
    `returned` the returns that nobody has answered; `revoked` says that the newest sign-off was revoked.
    `expected` is how many letters of the reading are thought to be wrong, None where nothing tells.
    """

    number: int
    stage: Stage
    outcomes: dict[Outcome, int]
    reason: str = ""
    lapsed: int = 0
    second_by: Mapping[str, int] = field(default_factory=dict)
    conflict_by: Mapping[str, int] = field(default_factory=dict)
    returned: int = 0
    revoked: bool = False
    expected: Expectation | None = None
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document in a few lines."""

    id: str
    name: str
    path: str
    kind: str
    page_count: int
    pages: tuple[PageSummary, ...]


def document_ids(ws: Workspace) -> tuple[str, ...]:
    """The ids of all documents, in the order in which they came."""
    return history.document_ids(ws.ledger)


def document_state(ws: Workspace, document: str, *, upto: int | None = None) -> DocumentState:
    """A document with its pages, findings and decisions, as of the record `upto` (None: now).

    Holds every reading in memory, about a megabyte a page; `page_states` goes page by page.

    Raises:
        BadInput: the ledger knows no such document.
        DamagedBlob, LedgerError: something that was kept is damaged.
    """
    past = read_history(ws.ledger, document, upto)
    pages = tuple(page_states(ws, past))
    return DocumentState(past.id, past.name, past.path, past.kind, past.page_count, pages)


def page_states(
    ws: Workspace, past: DocumentHistory, numbers: Collection[int] | None = None
) -> Iterator[PageState]:
    """The pages of a document one after the other, all or these; raises as `document_state` does."""
    for number, page in past.pages.items():
        if numbers is None or number in numbers:
            yield page_state_of(ws.store, page)


def pages_with(ws: Workspace, past: DocumentHistory, ids: Collection[str]) -> tuple[int, ...]:
    """Numbers of the pages that have a finding whose id begins with one of these. Reads no page."""
    starts = tuple(ids)
    return tuple(
        number
        for number, page in past.pages.items()
        if (findings := _findings(ws.store, page)) is not None
        and any(one.id.startswith(starts) for one in findings.all)
    )


def page_state(ws: Workspace, document: str, number: int) -> PageState:
    """One page of a document; raises as `document_state` does."""
    past = read_history(ws.ledger, document, page=number)
    if number not in past.pages:
        raise BadInput(f"Page {number} of {past.name} was not asked for.", remedy="Read it with --pages.")
    return page_state_of(ws.store, past.pages[number])


def summarise(
    ws: Workspace, document: str, required: Iterable[Entry[Required]] | None = None
) -> DocumentSummary:
    """One document in a few lines; raises as `document_state` does. Reads the findings, and a page only where a person
    wrote its text or where it was read or examined again after signing. `required` is as `read_history` has it."""
    past = read_history(ws.ledger, document, required=required)
    pages = tuple(page_summary(ws.store, page) for page in past.pages.values())
    return DocumentSummary(past.id, past.name, past.path, past.kind, past.page_count, pages)


def page_summary(store: BlobStore, past: PageHistory) -> PageSummary:
    """One page in one line; reads as little as `summarise`."""
    findings = _findings(store, past)
    found = _in_force(findings, past, partial(_page, store, past))
    counts: dict[Outcome, int] = {}
    for outcome in found.outcomes.values():
        counts[outcome] = counts.get(outcome, 0) + 1
    stage = _stage(past, findings, found, partial(_page, store, past))
    reason = "" if past.failure is None else past.failure.event.reason
    if stage is Stage.WAIVED and past.waiver is not None:
        reason = f"{past.waiver.who.name}: {past.waiver.note}"
    made = past.by_finding

    def decided_by(wanted: Outcome) -> Counter[str]:
        keys = [key for key, outcome in found.outcomes.items() if outcome is wanted]
        return Counter(account for key in keys for account in newest_by_account(made[key]))

    return PageSummary(
        past.number,
        stage,
        counts,
        reason,
        len(_lapsed(past, findings)),
        decided_by(Outcome.SECOND),
        decided_by(Outcome.CONFLICT),
        len(past.returned),
        past.revocation is not None,
        findings.expected if findings is not None else None,
        tuple(one.who.account for one in past.signatures) if stage is Stage.COUNTERSIGN else (),
    )


def page_state_of(store: BlobStore, past: PageHistory) -> PageState:
    """One page from its records; raises as `document_state` does."""
    page = None if past.page is None else _page(store, past)
    findings = _findings(store, past)

    def the_page() -> Page:
        return _page(store, past) if page is None else page

    found = _in_force(findings, past, the_page)
    stage = _stage(past, findings, found, the_page)
    failed = None
    if past.failure is not None:
        failed = FailedPage(past.failure.event.document, past.number, past.failure.event.reason)
    return PageState(
        number=past.number,
        stage=stage,
        page=page,
        failed=failed,
        waived=past.waiver if stage is Stage.WAIVED else None,
        findings=findings,
        standings=found.standings,
        outcomes=found.outcomes,
        edits=found.edits,
        shown=found.shown,
        decisions={key: tuple(past.by_finding.get(key, ())) for key in found.outcomes},
        signoff=past.signoff if stage in (Stage.SIGNED, Stage.PUBLISHED) else None,
        signatures=past.signatures if stage in _SIGNED else (),
        lapsed=_lapsed(past, findings),
        carried=len(past.carried_from),
        conflicts=0 if past.reanchored is None else len(past.reanchored.event.conflicts),
        returned=past.returned,
        revoked=past.revocation,
        people=found.people,
        seeded=tuple(one.put_back for one in past.seeded),
        keyed=() if page is None else _keyed(past, page.reading.sha256),
        unconfirmed=_unconfirmed(past, found, the_page),
        drawn_by="" if past.page is None else past.page.sha256,
    )


# Whoever decides looks at one page again and again. The bytes are read and verified every time.
_decoded_page = lru_cache(maxsize=4)(decode_page)
_decoded_findings = lru_cache(maxsize=8)(decode_findings)
_RESOLVED: dict[tuple[str, str, tuple[Addition, ...], tuple[Decision, ...]], EditsInForce] = {}
_RESOLVED_KEPT = 8
_RESOLVED_LOCK = Lock()


def _page(store: BlobStore, past: PageHistory) -> Page:
    if past.page is None:
        raise BadInput(f"Page {past.number} was not read.")
    return _decoded_page(store.get(past.page.event.blob))


def _findings(store: BlobStore, past: PageHistory) -> Findings | None:
    entry = past.current_findings
    if entry is None:
        return None
    found = _decoded_findings(store.get(entry.event.blob))
    return with_additions(found, past.additions, past.by_finding) if past.additions else found


def _in_force(findings: Findings | None, past: PageHistory, page: Callable[[], Page]) -> EditsInForce:
    if findings is None or past.page is None or past.current_findings is None:
        return NONE_IN_FORCE
    # What is in force follows from the blobs' content and the decisions alone, and whoever decides asks for
    # the same several times over.
    key = (
        past.page.event.blob,
        past.current_findings.event.blob,
        tuple(past.additions),
        tuple(decision for _, decision in past.decisions),
    )
    with _RESOLVED_LOCK:
        known = _RESOLVED.get(key)
    if known is None:
        known = edits_in_force(findings, past.by_finding, lambda: page().reading.text)
        with _RESOLVED_LOCK:
            _RESOLVED[key] = known
            while len(_RESOLVED) > _RESOLVED_KEPT:
                _RESOLVED.pop(next(iter(_RESOLVED)))
    return known


def _stage(
    past: PageHistory, findings: Findings | None, found: EditsInForce, page: Callable[[], Page]
) -> Stage:
    if past.page is None:
        if past.waiver is not None:
            return Stage.WAIVED
        return Stage.MISSING if past.failure is None else Stage.FAILED
    waiting = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)
    if (
        past.returned
        or findings is None
        or _unconfirmed(past, found, page)
        or any(outcome in waiting for outcome in found.outcomes.values())
    ):
        return Stage.WAITING
    if not _signed(past, found, page):
        return Stage.DECIDED
    if _published(past):
        return Stage.PUBLISHED
    # What was published before more was asked stays published.
    return Stage.COUNTERSIGN if len(past.signatures) < past.requirement.signatures else Stage.SIGNED


def _keyed(past: PageHistory, reading: str) -> tuple[KeyedValue, ...]:
    return tuple(one.keyed for one in past.keyed if one.reading_sha256 == reading)


def _unconfirmed(
    past: PageHistory, found: EditsInForce, page: Callable[[], Page]
) -> tuple[StandingValue, ...]:
    """The numbers and names that two people have not typed as they stand, where that is asked for."""
    if not past.requirement.keyed or past.page is None or (past.published_stands and _published(past)):
        return ()
    reading = page().reading
    edits = [one.edit for one in found.edits]
    return tuple(unconfirmed(reading.text, edits, _keyed(past, reading.sha256)))


def _published(past: PageHistory) -> bool:
    """True when the newest sign-off is that under which the newest text was published."""
    signed, published = past.signoff_entry, past.published
    return signed is not None and published is not None and published.event.signoff == signed.sha256


def _signed(past: PageHistory, found: EditsInForce, page: Callable[[], Page]) -> bool:
    """A sign-off stands while no person has decided anything or taken it back since, and while what would be signed
    now is what was signed: examining a page again with a newer dictionary that changes nothing asks nobody
    again."""
    if past.signoff is None or past.decided_since_signing or past.taken_back_since_signing:
        return False
    if not past.renewed_since_signing:
        return True
    text = apply_edits(page().reading.text, tuple(one.edit for one in found.edits))
    return text_sha256(text) == past.signoff.text_sha256


def _lapsed(past: PageHistory, findings: Findings | None) -> tuple[Decision, ...]:
    """People's decisions about what is no longer there: a finding that a new reading or a new rule set does
    not have, or the leaving out of a page that could be read after all."""
    if past.page is None or findings is None:
        return ()
    known = {one.id for one in findings.all}
    repeated = past.carried_from
    carried = {id(decision) for seq, decision in past.decisions if seq in repeated}
    gone = tuple(d for key, made in past.by_finding.items() if key not in known
                 for d in newest_by_account(made).values() if id(d) not in carried)  # fmt: skip
    return gone if past.waiver is None else (*gone, past.waiver)
