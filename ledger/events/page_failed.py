"""A page could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class PageFailed(Event):
    """A page could not be read; `reason` in words.

    `again` says whether another try may help, None in records from before; `tries` counts how often it has failed so
    since it was last read, and is given only where another try may have helped.
    """

    KIND = "failed"
    VERSION: ClassVar[int] = 2
    SAYS = "the page could not be read"

    document: Sha256
    page: PageNumber
    reason: str
    tries: int | None = None
    again: bool | None = None
