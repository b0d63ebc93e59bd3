"""Decisions followed a new reading."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class Reanchored(Event):
    """What became of the decisions about earlier readings of a page when these findings were recorded: numbers of the
    records that were repeated, that conflict, and that have lapsed."""

    KIND = "carry"
    SAYS = (
        "what became of decisions about earlier readings, by their numbers; each that was carried is a decision with "
        "`how` `carried:` and that number"
    )

    document: Sha256
    page: PageNumber
    findings: str
    carried: tuple[int, ...]
    conflicts: tuple[int, ...]
    lapsed: tuple[int, ...]
