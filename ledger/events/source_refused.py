"""A file could not be taken."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256


@dataclass(frozen=True, slots=True)
class SourceRefused(Event):
    """A file of this content could not be taken; `reason` in words."""

    KIND = "refused"
    SAYS = "a file of this content could not be taken, and why"

    document: Sha256
    name: str
    reason: str
