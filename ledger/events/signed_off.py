"""A page was signed."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from model.decision import SignOff, Who


@dataclass(frozen=True, slots=True)
class SignedOff(Event):
    """The text that follows from all records up to the one with the hash `ledger_head` is approved."""

    KIND = "signoff"
    SAYS = "the text that follows from all records up to the one with the hash `ledger_head` is approved"

    document: Sha256
    page: PageNumber
    ledger_head: Sha256
    text_sha256: Sha256
    policy: str
    who: Who

    @classmethod
    def of(cls, one: SignOff) -> SignedOff:
        """The event of a sign-off; the time will be the record's own."""
        return cls(one.document, one.page, one.ledger_head, one.text_sha256, one.policy, one.who)


def signoff_of(entry: Entry[SignedOff]) -> SignOff:
    """The sign-off that an entry records."""
    one = entry.event
    return SignOff(one.document, one.page, one.ledger_head, one.text_sha256, one.policy, one.who, entry.when)
