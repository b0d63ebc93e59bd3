"""What is on record of a document's pages: the newest reading of each with the newest findings about it."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from ledger.ledger import Ledger
from pipeline.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class PageAsMade:
    """The newest reading of a page, and the newest findings, which are about it."""

    page: PageRead
    findings: FindingsRecorded

    def examined_by(self, knowledge: Knowledge) -> bool:
        """Whether the findings were made by these rules and dictionaries."""
        return (self.findings.ruleset, self.findings.dictionaries) == (
            knowledge.ruleset,
            knowledge.dictionaries,
        )


def pages_as_made(ledger: Ledger, document: str) -> dict[int, PageAsMade]:
    """The pages of a document, by number, whose newest findings are about their newest reading. Opens no blob."""
    pages: dict[int, PageRead] = {}
    findings: dict[int, FindingsRecorded] = {}
    for entry in ledger.events((PageRead, FindingsRecorded), document=document):
        if isinstance(entry.event, PageRead):
            pages[entry.event.page] = entry.event
        elif isinstance(entry.event, FindingsRecorded):
            findings[entry.event.page] = entry.event
    return {
        number: PageAsMade(pages[number], found)
        for number, found in findings.items()
        if number in pages and found.page_blob == pages[number].blob
    }
