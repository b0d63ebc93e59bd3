"""Somebody passed lines of a page, each under its image."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256
from model.decision import Who


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A row of the page: its span in the raw text, the hash of the text that was shown for it, and for how many
    milliseconds it was the one that is lit, in view and with its image."""

    start: int
    end: int
    text_sha256: Sha256
    milliseconds: int


@dataclass(frozen=True, slots=True)
class LinesSeen(Event):
    """Somebody said of each of these lines that it is right as it stands, having it under its image; their spans are
    of the reading whose text has the hash `reading_sha256`."""

    KIND = "seen"
    SAYS = (
        "somebody passed these lines of the reading with that hash, each under its image, as right as they stand: span "
        "in the raw text, hash of the text shown, milliseconds that it was lit"
    )

    document: Sha256
    page: PageNumber
    reading_sha256: Sha256
    lines: tuple[SeenLine, ...]
    who: Who
    how: str
