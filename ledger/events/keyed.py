"""Somebody typed a number or a name from the page."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who
from model.edit import Span
from model.keyed import KeyedValue


@dataclass(frozen=True, slots=True)
class Keyed(Event):
    """What somebody typed for the place `start` to `end` of the reading whose text has the hash `reading_sha256`, who
    saw neither that nor what others typed; empty where they could not read it."""

    KIND = "keyed"
    SAYS = (
        "this person typed `value` for a number or name at that place of the reading with that hash, from the image "
        "alone; empty where they could not read it"
    )

    document: Sha256
    page: PageNumber
    reading_sha256: Sha256
    start: int
    end: int
    value: str
    who: Who
    how: str

    @property
    def keyed(self) -> KeyedValue:
        """The value."""
        return KeyedValue(Span(self.start, self.end), self.value, self.who.name, self.who.account)
