"""Somebody passed letters of a page, each beside others that were read as the same letter."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class LettersSeen(Event):
    """Somebody looked at each of these letters as it was scanned, on a sheet of like ones, and left it as it was read;
    `spans` (start and end) are of the reading whose text has the hash `reading_sha256`."""

    KIND = "letters-seen"
    SAYS = (
        "somebody passed these letters of the reading with that hash as rightly read, each as it was scanned, on a "
        "sheet of letters that were read as the same: start and end in the raw text"
    )

    document: Sha256
    page: PageNumber
    reading_sha256: Sha256
    spans: tuple[tuple[int, int], ...]
    who: Who
    how: str
