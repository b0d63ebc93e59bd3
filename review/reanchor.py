"""Decisions follow the ink: after a new reading of a page, what was decided about the same letters at the same
place of the same image is decided about them again, each by a record that names the one it repeats.

Nothing is guessed: image, place, text and replacement must agree, or the decision lapses and is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from correction.in_force import newest_by_account
from ledger.batch import Batch
from ledger.event import Event
from ledger.events.added import Added
from ledger.events.decided import Decided
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.reanchored import Reanchored
from ledger.history import DocumentHistory, PageHistory
from ledger.ledger import Ledger
from ledger.people import allowed_to_decide, users_at
from model.addition import Addition, with_additions
from model.box import Box
from model.decision import CARRIED_WAY, Decision, Subject
from model.edit import Finding, Span
from model.errors import NotAllowed
from model.page import Page
from model.state import PageState
from model.two_people import NOTHING_CONTESTED, contested_places
from model.user import User
from review.state import page_state_of
from review.transact import with_history
from workspace.codec import decode_findings, decode_page
from workspace.store import BlobStore

_AGREE = 0.6
"""Shared area of two boxes by the area of both, from which they are the same place: readers draw boxes a few
pixels apart, and the next letter's box shares less than half."""


@dataclass(frozen=True, slots=True)
class Reanchoring:
    """What has become of the decisions about earlier readings of a page, by the numbers of their records.

    `carried` stand again; `conflicts` met something else found at their place; `lapsed` met nothing.
    """

    carried: tuple[int, ...]
    conflicts: tuple[int, ...]
    lapsed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Orphan:
    """A decision about a finding that the page does not have any more, and where that lay."""

    seq: int
    decision: Decision
    before: str
    after: str | None
    rule: str
    box: Box | None
    span: Span
    reading: str
    image: str
    addition: Addition | None


def reanchor(ledger: Ledger, store: BlobStore, document: str, number: int) -> Reanchoring | None:
    """Let the decisions about a page follow to its newest reading and findings; once for each of these.

    Returns:
        What was done, None where nothing was to do.

    Raises:
        BadInput: the ledger knows no such document.
        DamagedBlob, LedgerError: something that was kept is damaged.
    """

    def prepare(past: DocumentHistory) -> Callable[[Batch], Reanchoring | None]:
        history = past.pages.get(number)
        if history is None or history.page is None or not _to_do(history):
            return lambda _: None
        orphans = _orphans(ledger, store, document, history)
        if not orphans:
            return lambda _: None
        page = decode_page(store.get(history.page.event.blob))
        new = _NewReading(page, page_state_of(store, history), users_at(ledger))
        for orphan in orphans:
            new.take(orphan)
        done = Reanchoring(tuple(new.carried), tuple(new.conflicts), tuple(new.lapsed))

        def write(batch: Batch) -> Reanchoring:
            for event in new.events:
                batch.append(event)
            batch.append(
                Reanchored(document, number, _blob(history), done.carried, done.conflicts, done.lapsed)
            )
            return done

        return write

    return with_history(ledger, document, prepare, number)


class _NewReading:
    """The page as it was read now, and what becomes of each decision that was made about it before.

    `carried`, `conflicts` and `lapsed` are numbers of the decisions' records; `events` are to be recorded.
    """

    def __init__(self, page: Page, state: PageState, users: Mapping[str, User]) -> None:
        self._page = page
        self._state = state
        self._users = users
        self._answered = {
            one.id: set(newest_by_account(state.decisions.get(one.id, ())))
            for one in state.all_findings
            if state.people.get(one.id, 1) > 1
        }
        self._contested = NOTHING_CONTESTED
        if state.findings is not None:
            self._contested = contested_places(state.findings, lambda: page.reading.text)
        self.events: list[Event] = []
        self.carried: list[int] = []
        self.conflicts: list[int] = []
        self.lapsed: list[int] = []

    def take(self, orphan: _Orphan) -> None:
        """Let one decision follow the ink, or say why it does not."""
        page, found = self._page, self._state.all_findings
        same = _same(orphan, page, found)
        text = _rewritten(orphan, page) if same is None and orphan.addition is not None else None
        if text is not None:
            same = text.finding
            if self._contested.people(text.as_finding(), text.after) > 1:
                self._answered.setdefault(same, set())
        own = None if same is None else self._own(same, orphan.decision.who.account)
        if own is not None and (own.verdict, own.after) == (orphan.decision.verdict, orphan.decision.after):
            return
        if same is not None and own is None and self._may(orphan, same):
            if text is not None:
                self.events.append(Added.of(text))
            self.events.append(Decided.of(_repeated(orphan, same)))
            self._answered.get(same, set()).add(orphan.decision.who.account)
            self.carried.append(orphan.seq)
        elif own is not None or any(_agree(page.reading.box_of(one.span), orphan.box) for one in found):
            self.conflicts.append(orphan.seq)
        else:
            self.lapsed.append(orphan.seq)

    def _own(self, finding: str, account: str) -> Decision | None:
        """What this person has decided about the new finding already."""
        return newest_by_account(self._state.decisions.get(finding, ())).get(account)

    def _may(self, orphan: _Orphan, finding: str) -> bool:
        return _may(self._users, _repeated(orphan, finding), self._answered.get(finding, ()))


def _may(users: Mapping[str, User], decision: Decision, others: Collection[str]) -> bool:
    """False where who decided then may decide no more: then somebody has to look."""
    try:
        allowed_to_decide(users, decision, others)
    except NotAllowed:
        return False
    return True


def _blob(history: PageHistory) -> str:
    entry = history.current_findings
    return "" if entry is None else entry.event.blob


def _to_do(history: PageHistory) -> bool:
    """True where the newest findings were not carried to yet and there is something to carry."""
    if history.current_findings is None or not history.decisions:
        return False
    return history.reanchored is None or history.reanchored.event.findings != _blob(history)


def _orphans(ledger: Ledger, store: BlobStore, document: str, history: PageHistory) -> list[_Orphan]:
    """The newest decision of each person about each finding that the page does not have now."""
    state = page_state_of(store, history)
    standing = {
        (finding, account): decision
        for finding, made in history.by_finding.items()
        if finding not in state.outcomes
        for account, decision in newest_by_account(made).items()
    }
    if not standing:
        return []
    places = _places(ledger, store, document, history, {finding for finding, _ in standing})
    repeated = {seq for seq, _ in history.carried_from.items()}
    found = []
    for seq, decision in history.decisions:
        key = (decision.subject.finding, decision.who.account)
        if standing.get(key) is decision and seq not in repeated and key[0] in places:
            found.append(replace(places[key[0]], seq=seq, decision=decision))
    return found


def _places(
    ledger: Ledger, store: BlobStore, document: str, history: PageHistory, wanted: Iterable[str]
) -> dict[str, _Orphan]:
    """Where findings of earlier readings lay, by their ids."""
    missing = set(wanted)
    nobody = history.decisions[0][1]
    found: dict[str, _Orphan] = {}
    for entry in ledger.events(FindingsRecorded, document=document, page=history.number):
        page = decode_page(store.get(entry.event.page_blob))
        findings = decode_findings(store.get(entry.event.blob))
        own = {one.finding: one for one in history.additions}
        raw = page.reading.text
        for one in with_additions(findings, history.additions, {}).all:
            if one.id in missing:
                span = one.span
                found[one.id] = _Orphan(
                    0, nobody, raw[span.start : span.end], one.after, one.rule, page.reading.box_of(span), span,
                    page.reading.sha256, page.image_sha256, own.get(one.id),
                )  # fmt: skip
    return found


def _same(old: _Orphan, page: Page, found: Iterable[Finding]) -> str | None:
    """The finding of the page that says the same of the same ink."""
    raw = page.reading.text
    for one in found:
        span = one.span
        if (one.after, raw[span.start : span.end]) != (old.after, old.before):
            continue
        if one.after is None and one.rule != old.rule:
            continue
        if _same_place(old, page, span):
            return one.id
    return None


def _rewritten(old: _Orphan, page: Page) -> Addition | None:
    """A person's own text at the same ink of the new reading; one that was put in between letters lapses."""
    addition = old.addition
    if addition is None or not old.before:
        return None
    raw = page.reading.text
    at = raw.find(old.before)
    while at >= 0:
        span = Span(at, at + len(old.before))
        if _same_place(old, page, span):
            way = f"{CARRIED_WAY}{old.seq}"
            return replace(addition, reading_sha256=page.reading.sha256, span=span, how=way)
        at = raw.find(old.before, at + 1)
    return None


def _same_place(old: _Orphan, page: Page, span: Span) -> bool:
    if old.image != page.image_sha256:
        return False
    if old.reading == page.reading.sha256:
        return old.span == span
    return _agree(page.reading.box_of(span), old.box)


def _repeated(old: _Orphan, finding: str) -> Decision:
    subject = Subject(old.decision.subject.document, old.decision.subject.page, finding)
    return replace(old.decision, subject=subject, how=f"{CARRIED_WAY}{old.seq}", when="")


def _agree(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    return shared >= _AGREE * (one.width * one.height + other.width * other.height - shared)
