"""One document against its records: source, images, readings, findings, decisions, sign-offs, texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from audit.replay import Grounds, objections
from audit.report import About, AuditReport, Severity
from ledger.addition_records import ADDITION, addition_of, with_additions
from ledger.chain import Record
from ledger.records import (
    DECISION,
    POLICY_WAY,
    PUBLISHED,
    SIGNOFF,
    by_policy,
    carried_from,
    decision_of,
    signoff_of,
)
from ledger.rework_records import ANSWER, RETURN, REVOCATION, answer_of, return_of, revocation_of
from model.addition import Addition
from model.decision import Decision, Published, SignOff, Verdict, Who
from model.edit import Edit, Findings, Span, text_sha256
from model.errors import ChamraError
from model.rework import Return, Revocation
from workspace.codec import decode_findings, decode_page, decode_published
from workspace.store import BlobStore


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for all documents: the store, where the records named by sign-offs stand, and from
    which record on each policy stands."""

    store: BlobStore
    heads: Mapping[str, int]
    policies: Mapping[str, int]
    report: AuditReport


@dataclass(slots=True)
class _Signed:
    """A sign-off and what it stands on."""

    signoff: SignOff
    grounds: Grounds | None
    published: bool = False
    revoked: Revocation | None = None


@dataclass(slots=True)
class _Page:
    """A page while its records go by, in order."""

    number: int
    read: bool = False
    failed: str = ""
    waived: Decision | None = None
    page_blob: str = ""
    raw: str | None = None
    findings: Findings | None = None
    known: set[str] = field(default_factory=set)
    additions: list[Addition] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    by_number: dict[int, Decision] = field(default_factory=dict)
    newest: int = 0
    signed: dict[str, _Signed] = field(default_factory=dict)
    text: str | None = None
    text_revoked: Revocation | None = None
    returned: dict[str, Return] = field(default_factory=dict)


class DocumentAudit:
    """Goes through the records of one document in order and notes what does not hold."""

    def __init__(self, document: str, context: Context) -> None:
        self.document = document
        self._store = context.store
        self._context = context
        self._pages: dict[int, _Page] = {}

    def run(self, records: Iterable[Record]) -> None:
        """Look at every record, then at what is missing."""
        registered = False
        for record in records:
            if record.kind == "source":
                registered = True
                with self._noting(About.SOURCE, record):
                    self._source(record)
                continue
            with self._noting(_ABOUT.get(record.kind, About.LEDGER), record):
                number = _page_number(record.payload["page"])
                page = self._pages.setdefault(number, _Page(number))
                self._page_record(page, record)
        self._context.report.counts.documents += 1
        if not registered:
            message = "has records and was never registered as a source"
            self._context.report.add(Severity.ERROR, About.SOURCE, message, document=self.document)
        for number in sorted(self._pages):
            self._conclude(self._pages[number])

    def texts(self) -> dict[int, str]:
        """The newest published text of each page, empty where a page was left out."""
        return {
            number: page.text if page.text is not None else ""
            for number, page in sorted(self._pages.items())
            if page.text is not None or (page.waived and not page.read)
        }

    def _source(self, record: Record) -> None:
        data = self._store.get(self.document)
        if len(data) != record.payload["size"]:
            self._error(About.SOURCE, "the source file does not have the recorded size", record)
        for number in map(_page_number, record.payload["requested"]):
            self._pages.setdefault(number, _Page(number))

    def _page_record(self, page: _Page, record: Record) -> None:
        if record.kind == "page":
            self._reading(page, record)
        elif record.kind == "failed":
            page.failed = str(record.payload["reason"])
        elif record.kind == "findings":
            self._findings(page, record)
        elif record.kind == ADDITION:
            self._addition(page, record)
        elif record.kind == DECISION:
            self._decision(page, record)
        elif record.kind == SIGNOFF:
            self._signoff(page, record)
        elif record.kind == PUBLISHED:
            self._published(page, record)
        elif record.kind == REVOCATION:
            self._revocation(page, record)
        elif record.kind == RETURN:
            page.returned[record.sha256] = return_of(record)
        elif record.kind == ANSWER and page.returned.pop(answer_of(record).returned, None) is None:
            self._error(About.PAGE, "answers a return that was not open before it", record)
        if record.kind in ("page", "findings", ADDITION, DECISION, REVOCATION, RETURN, ANSWER):
            page.newest = record.seq

    def _reading(self, page: _Page, record: Record) -> None:
        body = record.payload
        page.read, page.page_blob, page.raw, page.findings = True, str(body["blob"]), None, None
        self._context.report.counts.pages += 1
        if body["image"]:
            with self._noting(About.IMAGE, record):
                self._store.get(str(body["image"]))
        found = decode_page(self._store.get(page.page_blob))
        if (found.document, found.number, found.image_sha256) != (self.document, page.number, body["image"]):
            self._error(About.PAGE, "the page's blob is about another page or image", record)
        page.raw = found.reading.text

    def _findings(self, page: _Page, record: Record) -> None:
        body = record.payload
        page.findings = None
        found = decode_findings(self._store.get(str(body["blob"])))
        page.known |= {one.id for one in found.proposals} | {one.id for one in found.flags}
        if body["page_blob"] != page.page_blob or page.raw is None:
            # Findings of a reading that another process has replaced meanwhile: kept, never used.
            return
        if found.reading_sha256 != text_sha256(page.raw):
            self._error(About.FINDINGS, "the findings are about another text", record)
        for proposal in found.proposals:
            if not _fits(proposal.edit, page.raw):
                message = f"{proposal.id} was proposed for a text that the page does not have"
                self._error(About.FINDINGS, message, record)
        page.findings = found

    def _addition(self, page: _Page, record: Record) -> None:
        addition = addition_of(record)
        page.additions.append(addition)
        page.known.add(addition.finding)
        if page.raw is None or addition.reading_sha256 != text_sha256(page.raw):
            # Written at a reading that another process has replaced meanwhile: kept, never used.
            return
        span = addition.span
        if page.raw[span.start : span.end] != addition.before:
            message = f"{addition.finding} was written for a text that the page does not have"
            self._error(About.FINDINGS, message, record)

    def _decision(self, page: _Page, record: Record) -> None:
        decision = decision_of(record)
        page.decisions.append(decision)
        if decision.verdict is Verdict.WAIVE:
            page.waived = decision
            return
        if decision.subject.finding not in page.known:
            message = f"decides about {decision.subject.finding}, which was not found on the page before"
            self._error(About.DECISION, message, record)
        origin = carried_from(decision)
        if origin is not None and not _repeats(decision, page.by_number.get(origin)):
            message = f"repeats record {origin}, which is no decision of the same person that says the same"
            self._error(About.DECISION, message, record)
        page.by_number[record.seq] = decision
        if by_policy(decision):
            name = decision.how.removeprefix(POLICY_WAY)
            if self._context.policies.get(name, record.seq) >= record.seq:
                message = f"was made by the policy {name}, which does not stand in the ledger before it"
                self._error(About.DECISION, message, record)

    def _signoff(self, page: _Page, record: Record) -> None:
        signoff = signoff_of(record)
        head = self._context.heads.get(signoff.ledger_head, record.seq)
        if head >= record.seq:
            self._error(About.SIGNOFF, "names a state of the ledger that never was before it", record)
        elif page.newest > head:
            message = f"does not cover record {page.newest}, which stands before it"
            self._error(About.SIGNOFF, message, record)
        if self._context.policies.get(signoff.policy, record.seq) >= record.seq:
            message = f"names the policy {signoff.policy}, which does not stand in the ledger before it"
            self._error(About.SIGNOFF, message, record)
        if page.returned:
            self._error(About.SIGNOFF, "signs a page that was returned, and nobody has answered that", record)
        grounds = None
        if page.raw is not None and page.findings is not None:
            found = with_additions(page.findings, page.additions, _by_finding(page.decisions))
            grounds = Grounds(
                page.raw, page.page_blob, found, tuple(page.decisions), self._policies(record.seq)
            )
        else:
            self._error(About.SIGNOFF, "signs a page whose reading or findings are not there", record)
        page.signed[record.sha256] = _Signed(signoff, grounds)

    def _revocation(self, page: _Page, record: Record) -> None:
        revocation = revocation_of(record)
        signed = page.signed.get(revocation.signoff)
        if signed is None:
            self._error(About.SIGNOFF, "revokes a sign-off that was not there before it", record)
        elif signed.revoked is not None:
            self._error(About.SIGNOFF, "revokes a sign-off that was revoked before", record)
        else:
            signed.revoked = revocation
            if signed.published and signed is next(reversed(page.signed.values())):
                page.text, page.text_revoked = None, revocation

    def _published(self, page: _Page, record: Record) -> None:
        body = record.payload
        published = decode_published(self._store.get(str(body["blob"])))
        page.text, page.text_revoked = published.text, None
        counts = self._context.report.counts
        counts.published += 1
        counts.edits += len(published.edits)
        counts.characters += len(published.text)
        signed = page.signed.get(str(body["signoff"]))
        if signed is None:
            self._error(About.PUBLISHED, "was published without a sign-off before it", record)
            return
        signed.published = True
        if signed.revoked is not None:
            self._error(About.PUBLISHED, "was published under a sign-off that was revoked before", record)
        if (published.document, published.page) != (self.document, page.number):
            self._error(About.PUBLISHED, "the published blob is about another page", record)
        if published.ledger_head != signed.signoff.ledger_head:
            self._error(About.PUBLISHED, "was composed at another state of the ledger than signed", record)
        if not text_sha256(published.text) == signed.signoff.text_sha256 == body["text_sha256"]:
            self._error(About.PUBLISHED, "the published text is not the text that was signed", record)
        if signed.grounds is not None:
            counts.by_policy += _count_by_policy(signed.grounds, published)
            for objection in objections(signed.grounds, published):
                self._error(About.PUBLISHED, objection, record)

    def _policies(self, before: int) -> frozenset[str]:
        return frozenset(name for name, seq in self._context.policies.items() if seq < before)

    def _conclude(self, page: _Page) -> None:
        """What a reader of the verdict must know about a page."""
        if page.text_revoked is not None:
            taken = page.text_revoked
            message = f"what was published was revoked by {_named(taken.who)} at {taken.when}: {taken.reason}"
            self._note(About.PUBLISHED, message, page)
        for returned in page.returned.values():
            message = f"was returned by {_named(returned.who)} at {returned.when}: {returned.note}"
            self._note(About.PAGE, message, page)
        newest = next(reversed(page.signed.values()), None)
        if page.read:
            if newest is not None and not newest.published and newest.revoked is None:
                self._note(About.PUBLISHED, "is signed and not published yet", page)
        elif page.waived is not None:
            self._note(About.PAGE, f"was left out by {_named(page.waived.who)}: {page.waived.note}", page)
        elif page.failed:
            self._note(About.PAGE, f"could not be read: {page.failed}", page)
        else:
            self._note(About.PAGE, "was asked for and not read", page)

    @contextmanager
    def _noting(self, about: About, record: Record) -> Iterator[None]:
        """Whatever cannot be read or understood is a finding, and the audit goes on."""
        try:
            yield
        except ChamraError as error:
            self._error(about, error.message, record)
        except (KeyError, TypeError, ValueError) as error:
            self._error(about, f"cannot be understood: {type(error).__name__}: {error}", record)

    def _error(self, about: About, message: str, record: Record) -> None:
        page = record.payload.get("page", 0)
        number = page if type(page) is int else 0
        self._context.report.add(
            Severity.ERROR, about, message, document=self.document, page=number, record=record.seq
        )

    def _note(self, about: About, message: str, page: _Page) -> None:
        self._context.report.add(Severity.NOTE, about, message, document=self.document, page=page.number)


_ABOUT = {
    "page": About.PAGE,
    "failed": About.PAGE,
    "findings": About.FINDINGS,
    ADDITION: About.FINDINGS,
    DECISION: About.DECISION,
    SIGNOFF: About.SIGNOFF,
    PUBLISHED: About.PUBLISHED,
    REVOCATION: About.SIGNOFF,
    RETURN: About.PAGE,
    ANSWER: About.PAGE,
}


def _named(who: Who) -> str:
    return f"{who.name} ({who.account})"


def _page_number(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(f"{value!r} is no page number")
    return value


def _repeats(decision: Decision, origin: Decision | None) -> bool:
    return origin is not None and (origin.who, origin.verdict, origin.after) == (
        decision.who, decision.verdict, decision.after,
    )  # fmt: skip


def _by_finding(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.subject.finding, []).append(one)
    return found


def _fits(edit: Edit, raw: str) -> bool:
    span: Span = edit.span
    return raw[span.start : span.end] == edit.before


def _count_by_policy(grounds: Grounds, published: Published) -> int:
    by_people = {one.subject.finding for one in grounds.decisions if not by_policy(one)}
    return sum(one.finding not in by_people for one in published.edits)
