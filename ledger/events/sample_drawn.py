"""A sample of published characters was drawn."""

from __future__ import annotations

from dataclasses import dataclass

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
    `blob` holds its units."""

    KIND = "sample"
    SAYS = "a sample was drawn from the texts that were published at the record with the hash `seed`"

    documents: tuple[Sha256, ...]
    seed: Sha256
    scheme: str
    lots: tuple[LotDrawn, ...]
    blob: Sha256
    who: Who
