"""What somebody rejected does not come back for the same words of the same document.

After a new reading or with other rules a proposal has another id, and the decision about the old one has lapsed. Where
the same change in the same words of the document was rejected before, that rejection is recorded for the new proposal
too, in the name of who made it. It stands in the ledger like any other and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from correction.in_force import newest_by_account
from correction.suppressions import Place, place_of
from ledger.batch import Batch
from ledger.events.decided import Decided, decision_of
from ledger.events.findings_recorded import FindingsRecorded
from ledger.history import DocumentHistory, PageHistory
from ledger.ledger import Ledger
from ledger.people import users_at
from model.decision import AS_BEFORE, WITH_ITS_LINE, Decision, Subject, Verdict
from model.errors import NotAllowed
from model.state import Outcome, PageState
from model.user import User
from review.decide import new_ones
from review.state import page_state_of
from review.transact import with_history
from workspace.codec import decode_findings, decode_page
from workspace.store import BlobStore

_UNDECIDED = (Outcome.OPEN, Outcome.BEATEN, Outcome.POLICY)

Rejections = Mapping[Place, tuple[int, int, Decision]]
"""A change in its words: the page it was rejected on, the record, the decision."""


def reject_as_before(ledger: Ledger, store: BlobStore, document: str) -> tuple[Decision, ...]:
    """Reject what nobody has decided yet and what was rejected in the same words of the document; gives what is new.

    Where people have decided differently about the same words, or took their rejection back, nothing is recorded.

    Raises:
        DamagedBlob, LedgerError: something that was kept is damaged.
    """

    def prepare(past: DocumentHistory) -> Callable[[Batch], tuple[Decision, ...]]:
        rejected = _rejected(ledger, store, past)
        users = users_at(ledger)
        pages = past.pages.values() if rejected else ()
        made = [one for page in pages for one in _again(page_state_of(store, page), past.id, rejected, users)]

        def write(batch: Batch) -> tuple[Decision, ...]:
            return tuple(decision_of(batch.append(Decided.of(one))) for one in made)

        return write

    return with_history(ledger, document, prepare)


def _again(
    page: PageState, document: str, rejected: Rejections, users: Mapping[str, User]
) -> Iterator[Decision]:
    if page.page is None or page.findings is None:
        return
    raw = page.page.reading.text
    for proposal in page.findings.proposals:
        before = rejected.get(place_of(raw, proposal.edit))
        undecided = page.outcomes[proposal.id] in _UNDECIDED and not page.decisions.get(proposal.id)
        if before is None or not undecided:
            continue
        number, seq, decision = before
        note = f"the same words were rejected on page {number}, record {seq}"
        subject = Subject(document, page.number, proposal.id)
        made = Decision(subject, Verdict.REJECT, None, decision.who, AS_BEFORE, "", note)
        with suppress(NotAllowed):  # who rejected it then may decide no more: then somebody has to look
            yield from new_ones(users, page, [made])


def _rejected(ledger: Ledger, store: BlobStore, past: DocumentHistory) -> Rejections:
    """The changes that people have rejected in this document and that nobody took."""
    rejected: dict[Place, tuple[int, int, Decision]] = {}
    taken: set[Place] = set()
    made = [decision for page in past.pages.values() for _, decision in page.decisions]
    if not any(decision.verdict is Verdict.REJECT for decision in made):
        return {}
    for page in past.pages.values():
        if page.decisions:
            _decided(ledger, store, past.id, page, rejected, taken)
    return {place: known for place, known in rejected.items() if place not in taken}


def _decided(
    ledger: Ledger,
    store: BlobStore,
    document: str,
    page: PageHistory,
    rejected: dict[Place, tuple[int, int, Decision]],
    taken: set[Place],
) -> None:
    """Sort what was decided about a page, in all its readings, into what was rejected and what was taken."""
    made = {finding: tuple(newest_by_account(some).values()) for finding, some in page.by_finding.items()}
    missing = {finding for finding, newest in made.items() if newest}
    for entry in ledger.events(FindingsRecorded, document=document, page=page.number):
        mine = [one for one in decode_findings(store.get(entry.event.blob)).proposals if one.id in missing]
        if not mine:
            continue
        raw = decode_page(store.get(entry.event.page_blob)).reading.text
        for proposal in mine:
            missing.discard(proposal.id)
            place, newest = place_of(raw, proposal.edit), made[proposal.id]
            if any(one.how == WITH_ITS_LINE for one in newest):
                continue
            if all(one.verdict is Verdict.REJECT for one in newest):
                rejected.setdefault(place, (page.number, max(page.about(proposal.id)), newest[-1]))
            else:
                taken.add(place)
