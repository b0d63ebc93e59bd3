"""Somebody looked at lines drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class SpotChecked(Event):
    """Before signing the text with this hash somebody looked at these lines of it, counted from 0."""

    KIND = "looked"
    SAYS = "before signing the text with that hash somebody looked at these lines, drawn by lot"

    document: Sha256
    page: PageNumber
    text_sha256: Sha256
    lines: tuple[int, ...]
    who: Who
    how: str
