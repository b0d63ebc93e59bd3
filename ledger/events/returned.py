"""A page was returned to be worked on again."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from model.decision import Who
from model.rework import Return


@dataclass(frozen=True, slots=True)
class Returned(Event):
    """The page is to be worked on again: it waits for a person and must be signed anew."""

    KIND = "return"
    SAYS = "the page is to be worked on again: it waits for a person and must be signed anew"

    document: Sha256
    page: PageNumber
    note: str
    who: Who
    how: str

    @classmethod
    def of(cls, one: Return) -> Returned:
        """The event of a return. Its id will be the record's hash, and the time the record's own."""
        return cls(one.document, one.page, one.note, one.who, one.how)


def return_of(entry: Entry[Returned]) -> Return:
    """The return that an entry records."""
    one = entry.event
    return Return(entry.sha256, one.document, one.page, one.note, one.who, one.how, entry.when)
