"""What the ledger says about a document, page by page, up to a record. Reads no blob."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from ledger.event import Entry, Event
from ledger.events.added import Added, addition_of
from ledger.events.answered import Answered
from ledger.events.decided import Decided, decision_of
from ledger.events.defect_found import DefectFound
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.inspected import Inspected
from ledger.events.keyed import Keyed
from ledger.events.ledger_opened import LedgerOpened
from ledger.events.letters_seen import LettersSeen
from ledger.events.lines_seen import LinesSeen
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.policy_stated import PolicyStated
from ledger.events.reading_asked import ReadingAsked
from ledger.events.reanchored import Reanchored
from ledger.events.report_written import ReportWritten
from ledger.events.required import Required
from ledger.events.returned import Returned, return_of
from ledger.events.revoked import Revoked, revocation_of
from ledger.events.sample_drawn import SampleDrawn
from ledger.events.scan_uploaded import ScanUploaded
from ledger.events.seeded import Seeded
from ledger.events.signed_off import SignedOff, signoff_of
from ledger.events.source_dismissed import SourceDismissed
from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.events.spot_checked import SpotChecked
from ledger.events.text_published import TextPublished
from ledger.events.token_ended import TokenEnded
from ledger.events.token_given import TokenGiven
from ledger.events.user_changed import UserChanged
from ledger.fold import Fold
from ledger.ledger import Ledger
from ledger.requirements import requirement_at, requirement_of
from model.addition import Addition
from model.decision import Decision, SignOff, Verdict
from model.errors import BadInput
from model.requirement import NOTHING_ASKED, Requirement
from model.rework import Return, Revocation


@dataclass(slots=True)
class PageHistory:
    """The records about one page; `page`, `failed` and `findings` are the newest ones of their kind.

    `signoffs` are all of them, oldest first; `revocation` is that of the newest; `returned` are the returns that
    nobody has answered. `requirement` is what is asked of the document, `seeded` are
    letters that were put back, `keyed` values that were typed.
    """

    number: int
    page: Entry[PageRead] | None = None
    failed: Entry[PageFailed] | None = None
    findings: Entry[FindingsRecorded] | None = None
    decisions: list[tuple[int, Decision]] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    signoff_entry: Entry[SignedOff] | None = None
    signoff: SignOff | None = None
    signoffs: list[Entry[SignedOff]] = field(default_factory=list)
    published: Entry[TextPublished] | None = None
    revocation: Revocation | None = None
    revoked: set[str] = field(default_factory=set)
    returned: tuple[Return, ...] = ()
    taken_back: int = 0
    reanchored: Entry[Reanchored] | None = None
    seen: list[LinesSeen] = field(default_factory=list)
    letters_seen: list[LettersSeen] = field(default_factory=list)
    asked: Entry[ReadingAsked] | None = None
    requirement: Requirement = NOTHING_ASKED
    seeded: list[Seeded] = field(default_factory=list)
    keyed: list[Keyed] = field(default_factory=list)

    @property
    def failure(self) -> Entry[PageFailed] | None:
        """The newest failure, unless the page was read since."""
        if self.failed is None or (self.page is not None and self.page.seq > self.failed.seq):
            return None
        return self.failed

    @property
    def reading_asked(self) -> Entry[ReadingAsked] | None:
        """The newest wish that the page be read again, unless somebody or something has read or tried since."""
        tried = (one.seq for one in (self.page, self.failed) if one is not None)
        return self.asked if self.asked is not None and self.asked.seq > max(tried, default=0) else None

    @property
    def published_stands(self) -> bool:
        """True when a text was published and the sign-off under which it was is not revoked."""
        return self.published is not None and self.published.event.signoff not in self.revoked

    @property
    def signatures(self) -> tuple[SignOff, ...]:
        """The newest sign-off of each person that is of the same text as the newest of all, where no person has decided
        anything or taken it back since, oldest first. Whether the text is still that one must be looked at."""
        found: dict[str, SignOff] = {}
        for entry in self.signoffs:
            same = self.signoff is not None and entry.event.text_sha256 == self.signoff.text_sha256
            if same and entry.seq > self.taken_back and not self._decided_anew_since(entry.seq):
                found[entry.event.who.account] = signoff_of(entry)
        return tuple(found.values())

    @property
    def taken_back_since_signing(self) -> bool:
        """True when the newest sign-off was revoked, or the page returned since."""
        return self.taken_back > self._signed

    @property
    def current_findings(self) -> Entry[FindingsRecorded] | None:
        """The newest findings, if they are about the newest reading of the page."""
        if self.page is None or self.findings is None:
            return None
        same = self.findings.event.page_blob == self.page.event.blob
        return self.findings if same else None

    @property
    def by_finding(self) -> dict[str, list[Decision]]:
        """Decisions about findings, by the finding's id, oldest first."""
        found: dict[str, list[Decision]] = {}
        for _, decision in self.decisions:
            if decision.subject.finding:
                found.setdefault(decision.subject.finding, []).append(decision)
        return found

    def about(self, finding: str) -> tuple[int, ...]:
        """Numbers of the records that decide about a finding, oldest first."""
        return tuple(seq for seq, decision in self.decisions if decision.subject.finding == finding)

    @property
    def carried_from(self) -> dict[int, int]:
        """Numbers of the records that were repeated after a new reading, with the newest that repeats each."""
        return {origin: seq for seq, decision in self.decisions if (origin := decision.repeats) is not None}

    @property
    def waiver(self) -> Decision | None:
        """The decision to leave the page out, unless it was taken back since."""
        about_page = [d for _, d in self.decisions if not d.subject.finding]
        return about_page[-1] if about_page and about_page[-1].verdict is Verdict.WAIVE else None

    @property
    def decided_since_signing(self) -> bool:
        """True when a person has decided something about the page since it was signed. What was carried over
        from an earlier reading is no new decision."""
        return self._decided_anew_since(self._signed)

    @property
    def renewed_since_signing(self) -> bool:
        """True when the page was read or examined anew since it was signed."""
        return self._renewed_since(self._signed)

    def changed_since(self, seq: int) -> bool:
        """True when a person has decided something about the page or taken something back, or it was read
        or examined, since then."""
        return self._decided_since(seq) or self._renewed_since(seq) or self.taken_back > seq

    @property
    def _signed(self) -> int:
        return 0 if self.signoff_entry is None else self.signoff_entry.seq

    def _decided_anew_since(self, since: int) -> bool:
        return any(
            seq > since and not decision.by_policy and decision.repeats is None
            for seq, decision in self.decisions
        )

    def _decided_since(self, since: int) -> bool:
        return any(seq > since and not decision.by_policy for seq, decision in self.decisions)

    def _renewed_since(self, since: int) -> bool:
        return any(one is not None and one.seq > since for one in (self.page, self.findings))


@dataclass(slots=True)
class DocumentHistory:
    """The records about one document; `pages` holds those that were asked for, in order."""

    id: str
    name: str
    path: str
    kind: str
    page_count: int
    pages: dict[int, PageHistory]


def document_ids(ledger: Ledger) -> tuple[str, ...]:
    """The ids of all documents, in the order in which they came."""
    return tuple(dict.fromkeys(one.event.document for one in ledger.events(SourceRegistered)))


def read_history(
    ledger: Ledger,
    document: str,
    upto: int | None = None,
    *,
    page: int | None = None,
    required: Iterable[Entry[Required]] | None = None,
) -> DocumentHistory:
    """What stands in the ledger about a document, up to and with the record `upto`.

    With `page`, of the pages that one alone: what it costs does not grow with the document. `required` is all that was
    ever asked of people, of who has it at hand for many documents.

    Raises:
        BadInput: the ledger knows no such document.
        LedgerError: a record cannot be understood.
    """
    history: DocumentHistory | None = None
    wanted: set[int] = set()
    pages: dict[int, PageHistory] = {}
    for entry in _entries(ledger, document, upto, page):
        event = entry.event
        if isinstance(event, SourceRegistered):
            wanted.update(event.requested)
            history = DocumentHistory(document, event.name, event.place, event.kind, event.page_count, pages)
        for number in event.touches().pages:
            PAGE(pages.setdefault(number, PageHistory(number)), entry)
    if history is None:
        raise BadInput(
            f"The workspace has no document {document}.", remedy="`chamra status` lists the documents."
        )
    numbers = wanted | set(pages)
    if page is not None:
        numbers &= {page}
    history.pages = {number: pages.get(number, PageHistory(number)) for number in sorted(numbers)}
    asked = requirement_of(ledger, document, upto) if required is None else requirement_at(required, document)
    for each in history.pages.values():
        each.requirement = asked
    return history


def _entries(ledger: Ledger, document: str, upto: int | None, page: int | None) -> Iterator[Entry[Event]]:
    if page is None:
        return ledger.events(Event, document=document, upto=upto)
    sources = ledger.events(SourceRegistered, document=document, upto=upto)
    return chain(sources, ledger.events(Event, document=document, page=page, upto=upto))


def read_page_history(ledger: Ledger, document: str, number: int, upto: int | None = None) -> PageHistory:
    """The records about one page, up to and with the record `upto`."""
    history = PageHistory(number, requirement=requirement_of(ledger, document, upto))
    for entry in ledger.events(Event, document=document, page=number, upto=upto):
        PAGE(history, entry)
    return history


def _read(page: PageHistory, entry: Entry[PageRead]) -> None:
    page.page = entry


def _failed(page: PageHistory, entry: Entry[PageFailed]) -> None:
    page.failed = entry


def _examined(page: PageHistory, entry: Entry[FindingsRecorded]) -> None:
    page.findings = entry


def _decided(page: PageHistory, entry: Entry[Decided]) -> None:
    page.decisions.append((entry.seq, decision_of(entry)))


def _reanchored(page: PageHistory, entry: Entry[Reanchored]) -> None:
    page.reanchored = entry


def _added(page: PageHistory, entry: Entry[Added]) -> None:
    page.additions.append(addition_of(entry))


def _seen(page: PageHistory, entry: Entry[LinesSeen]) -> None:
    page.seen.append(entry.event)


def _letters_seen(page: PageHistory, entry: Entry[LettersSeen]) -> None:
    page.letters_seen.append(entry.event)


def _reading_asked(page: PageHistory, entry: Entry[ReadingAsked]) -> None:
    page.asked = entry


def _seeded(page: PageHistory, entry: Entry[Seeded]) -> None:
    page.seeded.append(entry.event)


def _keyed(page: PageHistory, entry: Entry[Keyed]) -> None:
    page.keyed.append(entry.event)


def _signed_off(page: PageHistory, entry: Entry[SignedOff]) -> None:
    page.signoff_entry, page.signoff, page.revocation = entry, signoff_of(entry), None
    page.signoffs.append(entry)


def _published(page: PageHistory, entry: Entry[TextPublished]) -> None:
    page.published = entry


def _answered(page: PageHistory, entry: Entry[Answered]) -> None:
    page.returned = tuple(one for one in page.returned if one.id != entry.event.returned)


def _returned(page: PageHistory, entry: Entry[Returned]) -> None:
    page.taken_back = entry.seq
    page.returned = (*page.returned, return_of(entry))


def _revoked(page: PageHistory, entry: Entry[Revoked]) -> None:
    page.taken_back = entry.seq
    revocation = revocation_of(entry)
    page.revoked.add(revocation.signoff)
    if page.signoff_entry is not None and page.signoff_entry.sha256 == revocation.signoff:
        page.revocation = revocation


PAGE: Fold[PageHistory] = Fold(
    "history of a page",
    {
        PageRead: _read,
        PageFailed: _failed,
        FindingsRecorded: _examined,
        Decided: _decided,
        Reanchored: _reanchored,
        Added: _added,
        LinesSeen: _seen,
        LettersSeen: _letters_seen,
        ReadingAsked: _reading_asked,
        Seeded: _seeded,
        Keyed: _keyed,
        SignedOff: _signed_off,
        TextPublished: _published,
        Answered: _answered,
        Returned: _returned,
        Revoked: _revoked,
    },
    ignored={
        LedgerOpened, SourceRegistered, SourceRefused, SpotChecked, PolicyStated, SampleDrawn, DefectFound,
        Inspected, UserChanged, ReportWritten, Required, TokenGiven, TokenEnded,
        ScanUploaded, SourceDismissed,
    },
)  # fmt: skip
"""What each event about a page does to its history."""
