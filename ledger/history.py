"""What the ledger says about a document, page by page, up to a record. Reads no blob."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from ledger.addition_records import ADDITION, addition_of
from ledger.chain import Record
from ledger.ledger import Ledger
from ledger.records import (
    CARRY,
    DECISION,
    PUBLISHED,
    SIGNOFF,
    by_policy,
    carried_from,
    decision_of,
    signoff_of,
)
from ledger.rework_records import ANSWER, RETURN, REVOCATION, answer_of, return_of, revocation_of
from model.addition import Addition
from model.decision import Decision, SignOff, Verdict
from model.errors import BadInput
from model.rework import Return, Revocation


@dataclass(slots=True)
class PageHistory:
    """The records about one page; `page`, `failed` and `findings` are the newest ones of their kind.

    `revocation` is that of the newest sign-off; `returned` are the returns that nobody has answered.
    """

    number: int
    page: Record | None = None
    failed: Record | None = None
    findings: Record | None = None
    decisions: list[tuple[int, Decision]] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    signoff_record: Record | None = None
    signoff: SignOff | None = None
    published: Record | None = None
    revocation: Revocation | None = None
    revoked: set[str] = field(default_factory=set)
    returned: tuple[Return, ...] = ()
    taken_back: int = 0
    carry: Record | None = None

    @property
    def published_stands(self) -> bool:
        """True when a text was published and the sign-off under which it was is not revoked."""
        return self.published is not None and self.published.payload["signoff"] not in self.revoked

    @property
    def taken_back_since_signing(self) -> bool:
        """True when the newest sign-off was revoked, or the page returned since."""
        return self.taken_back > self._signed

    @property
    def current_findings(self) -> Record | None:
        """The newest findings, if they are about the newest reading of the page."""
        if self.page is None or self.findings is None:
            return None
        same = self.findings.payload["page_blob"] == self.page.payload["blob"]
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
        return {
            origin: seq for seq, decision in self.decisions if (origin := carried_from(decision)) is not None
        }

    @property
    def waiver(self) -> Decision | None:
        """The newest decision to leave the page out."""
        waivers = [d for _, d in self.decisions if d.verdict is Verdict.WAIVE]
        return waivers[-1] if waivers else None

    @property
    def decided_since_signing(self) -> bool:
        """True when a person has decided something about the page since it was signed. What was carried over
        from an earlier reading is no new decision."""
        return any(
            seq > self._signed and not by_policy(decision) and carried_from(decision) is None
            for seq, decision in self.decisions
        )

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
        return 0 if self.signoff_record is None else self.signoff_record.seq

    def _decided_since(self, since: int) -> bool:
        return any(seq > since and not by_policy(decision) for seq, decision in self.decisions)

    def _renewed_since(self, since: int) -> bool:
        return any(record is not None and record.seq > since for record in (self.page, self.findings))


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
    return tuple(dict.fromkeys(str(record.payload["document"]) for record in ledger.records(kind="source")))


def read_history(
    ledger: Ledger, document: str, upto: int | None = None, *, page: int | None = None
) -> DocumentHistory:
    """What stands in the ledger about a document, up to and with the record `upto`.

    With `page`, of the pages that one alone: what it costs does not grow with the document.

    Raises:
        BadInput: the ledger knows no such document.
        LedgerError: a record cannot be understood.
    """
    history: DocumentHistory | None = None
    asked: set[int] = set()
    pages: dict[int, PageHistory] = {}
    for record in _records(ledger, document, upto, page):
        if record.kind == "source":
            body = record.payload
            asked.update(body["requested"])
            history = DocumentHistory(
                document, body["name"], body["path"], body["kind"], body["page_count"], pages
            )
        else:
            number = record.payload["page"]
            _add(pages.setdefault(number, PageHistory(number)), record)
    if history is None:
        raise BadInput(
            f"The workspace has no document {document}.", remedy="`chamra status` lists the documents."
        )
    numbers = asked | set(pages)
    if page is not None:
        numbers &= {page}
    history.pages = {number: pages.get(number, PageHistory(number)) for number in sorted(numbers)}
    return history


def _records(ledger: Ledger, document: str, upto: int | None, page: int | None) -> Iterator[Record]:
    if page is None:
        return ledger.records(document=document, upto=upto)
    sources = ledger.records(kind="source", document=document, upto=upto)
    return chain(sources, ledger.records(document=document, page=page, upto=upto))


def read_page_history(ledger: Ledger, document: str, number: int, upto: int | None = None) -> PageHistory:
    """The records about one page, up to and with the record `upto`."""
    history = PageHistory(number)
    for record in ledger.records(document=document, page=number, upto=upto):
        _add(history, record)
    return history


def _add(page: PageHistory, record: Record) -> None:
    if record.kind == "page":
        page.page = record
    elif record.kind == "failed":
        page.failed = record
    elif record.kind == "findings":
        page.findings = record
    elif record.kind == DECISION:
        page.decisions.append((record.seq, decision_of(record)))
    elif record.kind == CARRY:
        page.carry = record
    elif record.kind == ADDITION:
        page.additions.append(addition_of(record))
    elif record.kind == SIGNOFF:
        page.signoff_record, page.signoff, page.revocation = record, signoff_of(record), None
    elif record.kind == PUBLISHED:
        page.published = record
    elif record.kind in (REVOCATION, RETURN, ANSWER):
        _take_back(page, record)


def _take_back(page: PageHistory, record: Record) -> None:
    if record.kind == ANSWER:
        answered = answer_of(record).returned
        page.returned = tuple(one for one in page.returned if one.id != answered)
        return
    page.taken_back = record.seq
    if record.kind == RETURN:
        page.returned = (*page.returned, return_of(record))
        return
    revocation = revocation_of(record)
    page.revoked.add(revocation.signoff)
    if page.signoff_record is not None and page.signoff_record.sha256 == revocation.signoff:
        page.revocation = revocation
