"""A sign-off was revoked."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from model.decision import Who
from model.rework import Revocation


@dataclass(frozen=True, slots=True)
class Revoked(Event):
    """The sign-off whose record has the hash `signoff` does not stand any more."""

    KIND = "revocation"
    SAYS = "the sign-off with that hash does not stand any more; what was published under it is not given out"

    document: Sha256
    page: PageNumber
    signoff: Sha256
    reason: str
    who: Who
    how: str

    @classmethod
    def of(cls, one: Revocation) -> Revoked:
        """The event of a revocation; the time will be the record's own."""
        return cls(one.document, one.page, one.signoff, one.reason, one.who, one.how)


def revocation_of(entry: Entry[Revoked]) -> Revocation:
    """The revocation that an entry records."""
    one = entry.event
    return Revocation(one.document, one.page, one.signoff, one.reason, one.who, one.how, entry.when)
