"""A person added a finding of their own."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Entry, Event, PageNumber, Sha256, not_sound
from model.addition import Addition
from model.box import Box
from model.decision import Who
from model.edit import Span


@dataclass(frozen=True, slots=True)
class Added(Event):
    """A person's own finding at a place of the reading whose text has the hash `reading_sha256`; `box` (left, top,
    right, bottom) is in pixels of the page image."""

    KIND = "addition"
    SAYS = (
        "a person's own text for a place of the reading with that hash (`HUM001`; `before` empty where the reader "
        "missed it), or that it is illegible (`HUM002`) or doubtful (`HUM003`); `box` is in pixels of the page image"
    )

    document: Sha256
    page: PageNumber
    reading_sha256: Sha256
    rule: str
    start: int
    end: int
    before: str
    after: str | None
    box: tuple[int, int, int, int] | None
    who: Who
    how: str
    note: str

    @classmethod
    def of(cls, addition: Addition) -> Added:
        """The event of a person's finding; the time will be the record's own."""
        box = addition.box
        return cls(
            addition.document, addition.page, addition.reading_sha256, addition.rule, addition.span.start,
            addition.span.end, addition.before, addition.after,
            None if box is None else (box.left, box.top, box.right, box.bottom),
            addition.who, addition.how, addition.note,
        )  # fmt: skip


def addition_of(entry: Entry[Added]) -> Addition:
    """The finding that an entry records.

    Raises:
        LedgerError: it changes nothing, or its text does not fill its span.
    """
    one = entry.event
    try:
        made = Addition(
            one.document, one.page, one.reading_sha256, one.rule, Span(one.start, one.end), one.before, one.after,
            None if one.box is None else Box(*one.box), one.who, one.how, entry.when, one.note,
        )  # fmt: skip
        made.as_finding()
    except ValueError as error:
        raise not_sound(entry.seq, Added.KIND) from error
    return made
