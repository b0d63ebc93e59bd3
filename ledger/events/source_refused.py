"""A file could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.event import Event, Sha256


@dataclass(frozen=True, slots=True)
class SourceRefused(Event):
    """A file of this content could not be taken; `reason` in words.

    `again` says whether another try may help, None in records from before; `tries` counts how often it has failed so,
    and is given only where another try may have helped.
    """

    KIND = "refused"
    VERSION: ClassVar[int] = 2
    SAYS = "a file of this content could not be taken, and why"

    document: Sha256
    name: str
    reason: str
    tries: int | None = None
    again: bool | None = None
