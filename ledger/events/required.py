"""More was asked of the people who work on documents."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event
from model.decision import Who
from model.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Required(Event):
    """From here on this is asked of a document, or, where `document` is empty, of every one of which nothing of its own
    is said; see `Requirement`."""

    KIND = "requirement"
    SAYS = (
        "from here on so many different people sign each page, numbers and names are typed by two people unseen "
        "(`keyed`), and so many letters on 100 pages are changed on purpose in what a reviewer is shown (`seeds`): of "
        "a document, or of all of which nothing of their own is said where `document` is empty"
    )

    document: str
    signatures: int
    keyed: bool
    seeds: int
    who: Who
    how: str

    @property
    def requirement(self) -> Requirement:
        """What is asked."""
        return Requirement(self.signatures, self.keyed, self.seeds)
