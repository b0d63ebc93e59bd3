"""A letter that had been changed on purpose in what somebody was shown was put back."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who
from model.seed import Seed, SeedOutcome, SeedPutBack


@dataclass(frozen=True, slots=True)
class Seeded(Event):
    """In what `who` was shown, `shown` stood in place of the letter `before` at `start` of the reading whose text has
    the hash `reading_sha256`; the program has put it back. No text ever had it."""

    KIND = "seed"
    SAYS = (
        "in what this person was shown, the letter at `start` of the reading with that hash had been changed on "
        "purpose into `shown`; it was put back, and was `caught` by them, `missed`, or `void`: they took the line out"
    )

    document: Sha256
    page: PageNumber
    reading_sha256: Sha256
    start: int
    before: str
    shown: str
    outcome: SeedOutcome
    who: Who
    how: str

    @property
    def seed(self) -> Seed:
        """The letter."""
        return Seed(self.start, self.before, self.shown)

    @property
    def put_back(self) -> SeedPutBack:
        """The letter and what became of it."""
        return SeedPutBack(self.seed, self.outcome, self.who.name, self.who.account)
