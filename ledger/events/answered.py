"""What a page was returned for has been seen to."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256
from model.decision import Who
from model.rework import Answer


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """What the page was returned for, in the record with the hash `returned`, has been seen to."""

    KIND = "answer"
    SAYS = "what the page was returned for, in the record with that hash, has been seen to"

    document: Sha256
    page: PageNumber
    returned: Sha256
    note: str
    who: Who
    how: str

    @classmethod
    def of(cls, one: Answer) -> Answered:
        """The event of an answer; the time will be the record's own."""
        return cls(one.document, one.page, one.returned, one.note, one.who, one.how)


def answer_of(entry: Entry[Answered]) -> Answer:
    """The answer that an entry records."""
    one = entry.event
    return Answer(one.document, one.page, one.returned, one.note, one.who, one.how, entry.when)
