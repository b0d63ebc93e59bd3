"""A source file was taken."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256, Touched


@dataclass(frozen=True, slots=True)
class SourceRegistered(Event):
    """A source file was taken, and these pages of it were asked for.

    `document` is the SHA-256 of the file, `size` its bytes, `kind` what it is ("pdf", "tiff", ...), `page_count` how
    many pages it has. Where it lay is nobody's business to whom a ledger is given: only the first version has a `path`.
    """

    KIND = "source"
    VERSION = 2
    SAYS = (
        "these pages of this file were asked for; only version 1 says in `path` where it lay on its machine"
    )

    document: Sha256
    name: str
    kind: str
    size: int
    page_count: int
    requested: tuple[PageNumber, ...]
    path: str | None = None

    @property
    def place(self) -> str:
        """Where it lay, where that is on record; else its name."""
        return self.path or self.name

    def touches(self) -> Touched:
        """Every page that was asked for."""
        return Touched(self.document, self.requested)
