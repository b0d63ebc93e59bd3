"""Letters that are changed on purpose in what a reviewer is shown, to know how many wrong ones a reviewer passes over.

Never in a text: what is signed and published knows nothing of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SeedOutcome(StrEnum):
    """What became of a letter that had been changed."""

    CAUGHT = "caught"  # they wrote something else there
    MISSED = "missed"  # they passed the line, or asked to sign the page, with it
    VOID = "void"  # they took the whole line out, which says nothing about the letter


@dataclass(frozen=True, slots=True)
class Seed:
    """In place of the letter `before`, which stands at `start` of the raw text, the letter `shown` is shown."""

    start: int
    before: str
    shown: str


@dataclass(frozen=True, slots=True)
class SeedPutBack:
    """A letter was put back, and whether the person with this account had caught it."""

    seed: Seed
    outcome: SeedOutcome
    name: str
    account: str
