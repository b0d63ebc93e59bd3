"""A source file was taken."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256, Touched


@dataclass(frozen=True, slots=True)
class SourceRegistered(Event):
    """A source file was taken, and these pages of it were asked for.

    `document` is the SHA-256 of the file, `size` its bytes, `path` where it lay, `kind` what it is ("pdf",
    "tiff", ...), `page_count` how many pages it has.
    """

    KIND = "source"
    SAYS = "these pages of this file were asked for"

    document: Sha256
    name: str
    path: str
    kind: str
    size: int
    page_count: int
    requested: tuple[PageNumber, ...]

    def touches(self) -> Touched:
        """Every page that was asked for."""
        return Touched(self.document, self.requested)
