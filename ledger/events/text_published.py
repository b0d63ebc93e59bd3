"""A text was published."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class TextPublished(Event):
    """The text of a page was published under the sign-off whose record has the hash `signoff`."""

    KIND = "published"
    SAYS = "the text was published under the sign-off with that hash"

    document: Sha256
    page: PageNumber
    blob: Sha256
    text_sha256: Sha256
    signoff: Sha256
