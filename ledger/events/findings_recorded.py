"""A page was examined by the rules."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.event import Event, PageNumber, Sha256


@dataclass(frozen=True, slots=True)
class FindingsRecorded(Event):
    """What the rules found in the page with the blob `page_blob`; `ruleset` and `dictionaries` name the code and the
    data that found it, `key` the recipe under which the blob of findings is kept."""

    KIND = "findings"
    SAYS = "what the rules found in the reading `page_blob`"

    document: Sha256
    page: PageNumber
    page_blob: Sha256
    blob: Sha256
    ruleset: str
    dictionaries: str
    key: str
