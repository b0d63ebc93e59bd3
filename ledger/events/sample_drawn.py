"""A sample of published characters was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.event import Event, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class LotDrawn:
    """A lot of `lot` characters of one stratum, of which `size` are inspected and `accept` may be wrong."""

    stratum: str
    lot: int
    size: int
    accept: int


@dataclass(frozen=True, slots=True)
class SampleDrawn(Event):
    """A sample was drawn from the texts of these documents that were published at the record with the hash `seed`;
    `blob` holds its units.

    `random` decides which characters are drawn, 32 bytes: `brought` by the auditor, or drawn by the program after that
    record was anchored. None in records from before: there the hash `seed` decided.
    """

    KIND = "sample"
    VERSION: ClassVar[int] = 2
    SAYS = (
        "a sample was drawn from the texts that were published at the record with the hash `seed`, by the 32 bytes "
        "`random`, which the auditor `brought` or which were drawn after that record was anchored"
    )

    documents: tuple[Sha256, ...]
    seed: Sha256
    scheme: str
    lots: tuple[LotDrawn, ...]
    blob: Sha256
    who: Who
    random: str | None = None
    brought: bool | None = None
