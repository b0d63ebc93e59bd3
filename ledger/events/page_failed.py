"""A page could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class PageFailed(Event):
    """A page could not be read; `reason` in words."""

    KIND = "failed"
    SAYS = "the page could not be read"

    document: Sha256
    page: PageNumber
    reason: str
