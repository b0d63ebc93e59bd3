"""How long each page of a document has kept those who signed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ledger.event import Event, Made
from ledger.events.signed_off import SignedOff
from ledger.ledger import Ledger
from review.pace import AT_ONCE, PAUSE


def minutes_of_pages(ledger: Ledger, document: str) -> Iterator[tuple[int, float]]:
    """The pages that were signed and how many minutes their signers have spent on each since it was signed last: the
    times between their records about it, unless they were away."""
    last: dict[str, tuple[int, datetime]] = {}
    spent: dict[tuple[str, int], float] = {}
    for entry in ledger.events(Event, document=document):
        event, pages = entry.event, entry.event.touches().pages
        if not isinstance(event, Made) or len(pages) != 1:
            continue
        account, page, now = event.who.account, pages[0], datetime.fromisoformat(entry.when)
        before = last.get(account)
        last[account] = (page, now)
        if before is not None and before[0] == page:
            gap = (now - before[1]).total_seconds()
            spent[account, page] = spent.get((account, page), 0.0) + (gap if AT_ONCE <= gap <= PAUSE else 0.0)
        if event.KIND == SignedOff.KIND:
            yield page, spent.pop((account, page), 0.0) / 60
