"""Somebody decided."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from model.decision import Decision, Subject, Verdict, Who


@dataclass(frozen=True, slots=True)
class Decided(Event):
    """Somebody, or a policy, decided about a finding of a page, or about the page where `finding` is empty."""

    KIND = "decision"
    SAYS = (
        "somebody decided about a finding, took a decision back (`withdraw`), or left the page out "
        "(`waive`, `finding` empty; `withdraw` there takes it up again)"
    )

    document: Sha256
    page: PageNumber
    finding: str
    verdict: Verdict
    after: str | None
    who: Who
    how: str
    note: str

    @classmethod
    def of(cls, decision: Decision) -> Decided:
        """The event of a decision; the time will be the record's own."""
        about = decision.subject
        return cls(
            about.document, about.page, about.finding, decision.verdict, decision.after, decision.who, decision.how,
            decision.note,
        )  # fmt: skip


def decision_of(entry: Entry[Decided]) -> Decision:
    """The decision that an entry records."""
    made = entry.event
    subject = Subject(made.document, made.page, made.finding)
    return Decision(subject, made.verdict, made.after, made.who, made.how, entry.when, made.note)
