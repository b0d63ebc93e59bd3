"""What is asked of the people who work on a document, as the ledger has it at any record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.event import Entry
from ledger.events.required import Required
from ledger.ledger import Ledger
from model.requirement import NOTHING_ASKED, Requirement


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is asked in a workspace: `said` is the newest word about each document, and under "" the one about all of
    which nothing of their own is said."""

    said: Mapping[str, Requirement]

    def of(self, document: str) -> Requirement:
        """What is asked of a document: what is said about itself, or about all."""
        return self.said.get(document, self.said.get("", NOTHING_ASKED))

    def own(self, document: str) -> Requirement | None:
        """What is said about a document itself, None where nothing is; about all, under "", nothing is asked then."""
        return self.said.get(document, None if document else NOTHING_ASKED)


def requirements_at(entries: Iterable[Entry[Required]]) -> Requirements:
    """What is asked after these events."""
    return Requirements({entry.event.document: entry.event.requirement for entry in entries})


def requirement_at(entries: Iterable[Entry[Required]], document: str) -> Requirement:
    """What is asked of a document after these events."""
    return requirements_at(entries).of(document)


def requirement_of(ledger: Ledger, document: str, upto: int | None = None) -> Requirement:
    """What is asked of a document as of the record `upto` (None: now)."""
    return requirement_at(ledger.events(Required, upto=upto), document)
