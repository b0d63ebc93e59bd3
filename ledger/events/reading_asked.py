"""Somebody asked that a page be read again."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class ReadingAsked(Event):
    """The page, which could not be read, is to be read again: by the next run, whatever was said of trying again."""

    KIND = "reading-asked"
    SAYS = "somebody asked that the page, which could not be read, be read again; the next run does it"

    document: Sha256
    page: PageNumber
    note: str
    who: Who
    how: str
