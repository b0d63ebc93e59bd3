"""A sample was inspected."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class LotInspected:
    """How many characters of a stratum were inspected and found wrong, and whether the lot is accepted."""

    stratum: str
    inspected: int
    wrong: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Inspected(Event):
    """What an auditor's verdicts, kept in `blob`, on the sample with this hash came to."""

    KIND = "inspection"
    SAYS = "what an auditor's verdicts on the sample with that hash came to"

    sample: Sha256
    blob: Sha256
    results: tuple[LotInspected, ...]
    accepted: bool
    who: Who
