"""A file that could not be taken is no longer to be seen to."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class SourceDismissed(Event):
    """Somebody said that nothing is to be done about a file that could not be taken. Where it is refused later for
    another reason, that stands again."""

    KIND = "dismissal"
    SAYS = (
        "nothing is to be done about a file of this content, which could not be taken: who said so, and why"
    )

    document: Sha256
    reason: str
    who: Who
    how: str
