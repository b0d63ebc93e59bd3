"""A scan was put into the inbox through the review page."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256, Touched
from model.decision import Who


@dataclass(frozen=True, slots=True)
class ScanUploaded(Event):
    """Somebody put a scan into the inbox; what becomes of it stands in later records of the same content."""

    KIND = "upload"
    SAYS = "a scan of this content, size in bytes and number of pages was put into the inbox under this name, by whom"

    document: Sha256
    name: str
    size: int
    pages: int
    who: Who

    def touches(self) -> Touched:
        """Nothing: it is no document before a run takes it."""
        return Touched()
