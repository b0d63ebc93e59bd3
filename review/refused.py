"""Files that could not be taken, and were not taken since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be taken: the SHA-256 of its content, its name, why, and since when (UTC, ISO 8601).

    `again` says whether it is tried again by itself.
    """

    content: str
    name: str
    reason: str
    when: str
    again: bool


def refused_files(ledger: Ledger) -> tuple[RefusedFile, ...]:
    """The files that were refused and whose content was not taken since, oldest first, each with its newest reason."""
    return tuple(_standing(ledger))


def _standing(ledger: Ledger) -> Iterator[RefusedFile]:
    found: dict[str, RefusedFile] = {}
    for entry in ledger.events(SourceRefused):
        event = entry.event
        found[event.document] = RefusedFile(
            event.document, event.name, event.reason, entry.when, event.again is True
        )
    for content, one in found.items():
        if ledger.newest(SourceRegistered, document=content) is None:
            yield one
