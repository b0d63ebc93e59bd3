"""A page was read."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class PageRead(Event):
    """A page was read: the blobs of the page with its readings and of its image (empty for a page without one), the
    base reading's reader in words, and the recipe under which the blob is kept."""

    KIND = "page"
    SAYS = "the page was read: blobs of the reading and of the page image"

    document: Sha256
    page: PageNumber
    blob: Sha256
    image: str
    reader: str
    key: str
