"""One document against its records: source, images, readings, findings, decisions, sign-offs, texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

from audit.about_kinds import ABOUT_KIND
from audit.audit_context import AuditContext
from audit.audited_page import AuditedPage, AuditedSignOff
from audit.conclusions import conclude_page, conclude_source
from audit.handed_on import not_handed_on
from audit.ink import ink_grounds
from audit.ink_watch import InkWatch, look_at_ink
from audit.keys import lacking_keys
from audit.repeated import unsound_repetition
from audit.replay import Grounds, edits_by_policy, objections
from audit.report import About, Severity
from audit.seeds import published_seeds, unsound_seed
from audit.signatures import attestation_of, unsound_publication
from ledger.catalogue import entry_of
from ledger.chain import Record
from ledger.event import Entry
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
from ledger.requirements import requirement_at
from model.addition import with_additions
from model.decision import POLICY_WAY, Decision, Verdict
from model.edit import Edit, text_sha256
from model.errors import ChamraError
from model.quoted import quoted
from workspace.account_codec import account_sha256
from workspace.codec import decode_findings, decode_page, decode_published


class DocumentAudit:
    """Goes through the records of one document in order and notes what does not hold."""

    def __init__(self, document: str, context: AuditContext) -> None:
        self.document = document
        self._store = context.store
        self._context = context
        self._inks = InkWatch(context.executor, context.report, document)
        self._pages: dict[int, AuditedPage] = {}
        self._names: list[str] = []
        self._page_count = 0
        self._requested: set[int] = set()
        self._refused = ""

    def run(self, records: Iterable[Record]) -> None:
        """Look at every record, then at what is missing."""
        for record in records:
            with self._noting(ABOUT_KIND.get(record.kind, About.LEDGER), record):
                _DOCUMENT(self, entry_of(record))
        self._inks.finish()
        if self._refused and not self._names and not self._pages:
            message = f"is no document, it was refused: {self._refused}"
            self._context.report.add(Severity.NOTE, About.SOURCE, message, document=self.document)
            return
        self._context.report.counts.documents += 1
        if not self._names:
            message = "has records and was never registered as a source"
            self._context.report.add(Severity.ERROR, About.SOURCE, message, document=self.document)
        if self._names:
            missing = sorted(set(range(1, self._page_count + 1)) - self._requested)
            names, called = tuple(dict.fromkeys(self._names)), self._context.names
            conclude_source(self.document, names, called, missing, self._page_count, self._context.report)
        for number, message in not_handed_on(self._pages):
            self._context.report.add(
                Severity.WARNING, About.FINDINGS, message, document=self.document, page=number
            )
        for number in sorted(self._pages):
            self._recipes(self._pages[number])
            name = self._names[-1] if self._names else ""
            conclude_page(self.document, name, self._pages[number], self._context.report)

    def _recipes(self, page: AuditedPage) -> None:
        """A recipe that names another blob than its record does would be believed by the next run."""
        for key, blob in page.recipes.items():
            named = self._store.recall(key)
            if named not in (None, blob):
                message = f"the recipe {key[:16]} names another blob ({str(named)[:16]}) than its record does"
                self._context.report.add(
                    Severity.ERROR, About.PAGE, message, document=self.document, page=page.number
                )

    def texts(self) -> dict[int, str]:
        """The newest published text of each page, empty where a page was left out."""
        return {
            number: page.text if page.text is not None else ""
            for number, page in sorted(self._pages.items())
            if page.text is not None or (page.waived and not page.read)
        }

    def source(self, entry: Entry[SourceRegistered]) -> None:
        """The file, and the pages that were asked for."""
        self._names.append(entry.event.name)
        self._page_count = entry.event.page_count
        for number in map(_page_number, entry.event.requested):
            self._requested.add(number)
            self._pages.setdefault(number, AuditedPage(number))
        data = self._store.get(self.document)
        if len(data) != entry.event.size:
            self._error(About.SOURCE, "the source file does not have the recorded size", entry)

    def refused(self, entry: Entry[SourceRefused]) -> None:
        """The file was refused; it may be registered later all the same, when it was mended or its password given."""
        self._refused = entry.event.reason

    def page(self, number: int) -> AuditedPage:
        """The page with that number, as it stands after the events so far."""
        return self._pages.setdefault(_page_number(number), AuditedPage(number))

    def reading(self, page: AuditedPage, entry: Entry[PageRead]) -> None:
        """The page was read: its blob, its image."""
        event = entry.event
        page.read, page.page_blob, page.raw, page.ink, page.findings = True, event.blob, None, None, None
        page.recipes = {event.key: event.blob}
        self._context.report.counts.pages += 1
        if event.image:
            with self._noting(About.IMAGE, entry):
                self._store.get(event.image)
        found = decode_page(self._store.get(page.page_blob))
        if (found.document, found.number, found.image_sha256) != (self.document, page.number, event.image):
            self._error(About.PAGE, "the page's blob is about another page or image", entry)
        page.raw, page.reader = found.reading.text, found.reading.reader
        page.image, page.account = event.image, account_sha256(found.account)
        page.ink = ink_grounds(found)

    def findings(self, page: AuditedPage, entry: Entry[FindingsRecorded]) -> None:
        """The rules examined it."""
        event = entry.event
        page.findings = None
        found = decode_findings(self._store.get(event.blob))
        page.known |= {one.id for one in found.proposals} | {one.id for one in found.flags}
        if event.page_blob != page.page_blob or page.raw is None:
            # Findings of a reading that another process has replaced meanwhile: kept, never used.
            return
        if found.reading_sha256 != text_sha256(page.raw):
            self._error(About.FINDINGS, "the findings are about another text", entry)
        for proposal in found.proposals:
            if not _fits(proposal.edit, page.raw):
                message = f"{proposal.id} was proposed for a text that the page does not have"
                self._error(About.FINDINGS, message, entry)
        page.findings = found
        page.recipes[event.key] = event.blob

    def addition(self, page: AuditedPage, entry: Entry[Added]) -> None:
        """A person added a finding."""
        addition = addition_of(entry)
        page.additions.append(addition)
        page.known.add(addition.finding)
        if page.raw is None or addition.reading_sha256 != text_sha256(page.raw):
            # Written at a reading that another process has replaced meanwhile: kept, never used.
            return
        span = addition.span
        if page.raw[span.start : span.end] != addition.before:
            message = f"{addition.finding} was written for a text that the page does not have"
            self._error(About.FINDINGS, message, entry)

    def decision(self, page: AuditedPage, entry: Entry[Decided]) -> None:
        """Somebody decided."""
        decision = decision_of(entry)
        page.decisions.append(decision)
        if not decision.by_policy:
            page.reconsidered = decision
        if not decision.subject.finding:
            page.waived = decision if decision.verdict is Verdict.WAIVE else None
            return
        if decision.subject.finding not in page.known:
            message = f"decides about {decision.subject.finding}, which was not found on the page before"
            self._error(About.DECISION, message, entry)
        for message in unsound_repetition(page, decision):
            self._error(About.DECISION, message, entry)
        page.by_number[entry.seq] = decision
        if decision.by_policy:
            name = decision.how.removeprefix(POLICY_WAY)
            if self._context.policies.get(name, entry.seq) >= entry.seq:
                message = f"was made by the policy {name}, which does not stand in the ledger before it"
                self._error(About.DECISION, message, entry)

    def signoff(self, page: AuditedPage, entry: Entry[SignedOff]) -> None:
        """Somebody signed."""
        signoff = signoff_of(entry)
        head = self._context.heads.get(signoff.ledger_head, entry.seq)
        if head >= entry.seq:
            self._error(About.SIGNOFF, "names a state of the ledger that never was before it", entry)
        elif page.newest > head:
            message = f"does not cover record {page.newest}, which stands before it"
            self._error(About.SIGNOFF, message, entry)
        if self._context.policies.get(signoff.policy, entry.seq) >= entry.seq:
            message = f"names the policy {signoff.policy}, which does not stand in the ledger before it"
            self._error(About.SIGNOFF, message, entry)
        if page.returned:
            self._error(About.SIGNOFF, "signs a page that was returned, and nobody has answered that", entry)
        grounds = None
        if page.raw is not None and page.findings is not None:
            found = with_additions(page.findings, page.additions, _by_finding(page.decisions))
            grounds = Grounds(
                page.raw, page.page_blob, found, tuple(page.decisions), self._policies(entry.seq)
            )
        else:
            self._error(About.SIGNOFF, "signs a page whose reading or findings are not there", entry)
        known = self._context
        attested, wrong = attestation_of(
            entry, page, known.workspace, known.trust, known.report.policies, known.heads
        )
        for message in wrong:
            self._error(About.SIGNOFF, message, entry)
        if attested.doubt:
            self._add(Severity.WARNING, About.SIGNOFF, attested.doubt, entry)
        page.signed[entry.sha256] = AuditedSignOff(signoff, entry.seq, grounds, attested, page.ink)
        page.reconsidered = None

    def seeded(self, page: AuditedPage, entry: Entry[Seeded]) -> None:
        """A letter that had been changed in what somebody was shown was put back."""
        page.seeded.append(entry)
        for objection in unsound_seed(page, entry):
            self._error(About.PAGE, objection, entry)

    def revocation(self, page: AuditedPage, entry: Entry[Revoked]) -> None:
        """A sign-off was revoked."""
        revocation = revocation_of(entry)
        page.taken_back = entry.seq
        signed = page.signed.get(revocation.signoff)
        if signed is None:
            self._error(About.SIGNOFF, "revokes a sign-off that was not there before it", entry)
        elif signed.revoked is not None:
            self._error(About.SIGNOFF, "revokes a sign-off that was revoked before", entry)
        else:
            signed.revoked = revocation
            if signed.published and signed is next(reversed(page.signed.values())):
                page.text, page.text_revoked = None, revocation

    def published(self, page: AuditedPage, entry: Entry[TextPublished]) -> None:
        """A text was published."""
        event = entry.event
        published = decode_published(self._store.get(event.blob))
        page.text, page.edits, page.text_revoked = published.text, published.edits, None
        counts = self._context.report.counts
        counts.published += 1
        counts.edits += len(published.edits)
        counts.characters += len(published.text)
        signed = page.signed.get(event.signoff)
        if signed is None:
            self._error(About.PUBLISHED, "was published without a sign-off before it", entry)
            return
        if signed.revoked is not None:
            self._error(About.PUBLISHED, "was published under a sign-off that was revoked before", entry)
        if (published.document, published.page) != (self.document, page.number):
            self._error(About.PUBLISHED, "the published blob is about another page", entry)
        if published.ledger_head != signed.signoff.ledger_head:
            self._error(About.PUBLISHED, "was composed at another state of the ledger than signed", entry)
        if not text_sha256(published.text) == signed.signoff.text_sha256 == event.text_sha256:
            self._error(About.PUBLISHED, "the published text is not the text that was signed", entry)
        before = (one for one in self._context.requirements if one.seq < entry.seq)
        asked = requirement_at(before, self.document)
        unsound = unsound_publication(page, signed, asked)
        for objection in chain(unsound, lacking_keys(page, published, asked)):
            self._error(About.PUBLISHED, objection, entry)
        signed.published = True
        if signed.grounds is not None:
            counts.by_policy += edits_by_policy(signed.grounds, published)
            for objection in chain(objections(signed.grounds, published), published_seeds(page, published)):
                self._error(About.PUBLISHED, objection, entry)
        if signed.grounds is not None and signed.ink is not None:
            found, added = signed.grounds.findings, tuple(page.additions)
            look = partial(look_at_ink, self._context, signed.ink, found, published, added)
            self._inks.begin(page.number, look, lambda: self._noting(About.INK, entry))

    def failed(self, page: AuditedPage, entry: Entry[PageFailed]) -> None:
        """The page could not be read."""
        page.failed = entry.event.reason

    def returned(self, page: AuditedPage, entry: Entry[Returned]) -> None:
        """The page was returned."""
        page.taken_back = entry.seq
        page.returned[entry.sha256] = return_of(entry)

    def answer(self, page: AuditedPage, entry: Entry[Answered]) -> None:
        """A return was answered."""
        if page.returned.pop(entry.event.returned, None) is None:
            self._error(About.PAGE, "answers a return that was not open before it", entry)

    def _policies(self, before: int) -> frozenset[str]:
        return frozenset(name for name, seq in self._context.policies.items() if seq < before)

    @contextmanager
    def _noting(self, about: About, where: Entry[Any] | Record) -> Iterator[None]:
        """Whatever cannot be read or understood is a finding, and the audit goes on."""
        try:
            yield
        except ChamraError as error:
            self._error(about, error.message, where)
        except (KeyError, TypeError, ValueError) as error:
            self._error(about, f"cannot be understood: {type(error).__name__}: {error}", where)

    def _error(self, about: About, message: str, where: Entry[Any] | Record) -> None:
        self._add(Severity.ERROR, about, message, where)

    def _add(self, severity: Severity, about: About, message: str, where: Entry[Any] | Record) -> None:
        page = where.payload.get("page", 0) if isinstance(where, Record) else getattr(where.event, "page", 0)
        number = page if type(page) is int else 0
        self._context.report.add(
            severity, about, message, document=self.document, page=number, record=where.seq
        )


def _on_page(
    take: Callable[[DocumentAudit, AuditedPage, Entry[Any]], None], *, changes: bool = True
) -> Callable[[DocumentAudit, Entry[Any]], None]:
    """What an event about a page does; with `changes`, a sign-off after it must cover it."""

    def handle(audit: DocumentAudit, entry: Entry[Any]) -> None:
        page = audit.page(entry.event.page)
        try:
            take(audit, page, entry)
        finally:
            if changes:
                page.newest = entry.seq

    return handle


_DOCUMENT: Fold[DocumentAudit] = Fold(
    "audit of a document",
    {
        SourceRegistered: DocumentAudit.source,
        SourceRefused: DocumentAudit.refused,
        PageRead: _on_page(DocumentAudit.reading),
        PageFailed: _on_page(DocumentAudit.failed, changes=False),
        FindingsRecorded: _on_page(DocumentAudit.findings),
        Added: _on_page(DocumentAudit.addition),
        Decided: _on_page(DocumentAudit.decision),
        SignedOff: _on_page(DocumentAudit.signoff, changes=False),
        TextPublished: _on_page(DocumentAudit.published, changes=False),
        Revoked: _on_page(DocumentAudit.revocation),
        Returned: _on_page(DocumentAudit.returned),
        Answered: _on_page(DocumentAudit.answer),
        Seeded: _on_page(DocumentAudit.seeded, changes=False),
        Keyed: _on_page(lambda _, page, entry: page.keyed.append(entry.event), changes=False),
    },
    # Looked at elsewhere in the audit, or proofs of nothing that is published.
    ignored={
        LedgerOpened, Reanchored, SpotChecked, LinesSeen, PolicyStated, SampleDrawn, DefectFound, Inspected,
        UserChanged, ReportWritten, Required, ReadingAsked, LettersSeen, TokenGiven, TokenEnded,
        ScanUploaded, SourceDismissed,
    },
)  # fmt: skip
"""What the audit makes of each event about a document."""


def _page_number(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(f"{quoted(value)} is no page number")
    return value


def _by_finding(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.subject.finding, []).append(one)
    return found


def _fits(edit: Edit, raw: str) -> bool:
    return raw[edit.span.start : edit.span.end] == edit.before
