"""What is asked of the people who work on a document, as the ledger has it at any record."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.event import Entry
from ledger.events.required import Required
from ledger.ledger import Ledger
from model.requirement import NOTHING_ASKED, Requirement


def requirement_of(ledger: Ledger, document: str, upto: int | None = None) -> Requirement:
    """What is asked of a document as of the record `upto` (None: now)."""
    return requirement_at(ledger.events(Required, upto=upto), document)


def requirement_at(entries: Iterable[Entry[Required]], document: str) -> Requirement:
    """What is asked of a document after these events: the newest word about itself, or about all."""
    asked = {entry.event.document: entry.event.requirement for entry in entries}
    return asked.get(document, asked.get("", NOTHING_ASKED))
