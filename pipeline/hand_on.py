"""What the pages of a document hand on to each other, whichever of them was read first.

A page is examined under what the findings of the page before it hand on. Where that page came later, or was read anew,
the page is examined again when the document is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.page_read import PageRead
from model.carried import Carried
from model.edit import Findings
from pipeline.admit import DocumentPlan
from pipeline.examine import examine
from pipeline.progress import PageDone
from pipeline.run import Run
from workspace.codec import decode_findings, decode_page
from workspace.workspace import Workspace


def handed_to(workspace: Workspace, document: str, number: int) -> Carried | None:
    """What the page before this one hands on, by its newest findings on record; None for nothing."""
    if number == 1:
        return None
    newest = workspace.ledger.newest(FindingsRecorded, document=document, page=number - 1)
    return None if newest is None else decode_findings(workspace.store.get(newest.event.blob)).hands_on


def hand_on(run: Run, plan: DocumentPlan, pages: Sequence[PageDone]) -> list[PageDone]:
    """Examine those pages of a document again that were not examined under what the page before hands on.

    Returns:
        The `pages`, with as many findings as there are now.
    """
    reads: dict[int, PageRead] = {}
    examined: dict[int, FindingsRecorded] = {}
    for entry in run.workspace.ledger.events((PageRead, FindingsRecorded), document=plan.document):
        if isinstance(entry.event, PageRead):
            reads[entry.event.page] = entry.event
        elif isinstance(entry.event, FindingsRecorded):
            examined[entry.event.page] = entry.event
    again: dict[int, Findings] = {}
    before: Carried | None = None
    for number in range(1, max(examined, default=0) + 1):
        event, read = examined.get(number), reads.get(number)
        if event is None or read is None or event.page_blob != read.blob:
            before = None
            continue
        found = decode_findings(run.workspace.store.get(event.blob))
        if found.under != before and _of_this_run(run, event):
            with run.workspace.taking(f"{plan.document} {number}") as mine:
                if mine:  # else the run that has it in hand sees to it when it finishes the document
                    page = decode_page(run.workspace.store.get(read.blob))
                    found = examine(
                        run.workspace, run.knowledge, page, read.blob, found.expected, under=before
                    )
                    again[number] = found
        before = found.hands_on
    return [_counted(page, again.get(page.number)) for page in pages]


def _of_this_run(run: Run, event: FindingsRecorded) -> bool:
    return (event.ruleset, event.dictionaries) == (run.knowledge.ruleset, run.knowledge.dictionaries)


def _counted(page: PageDone, found: Findings | None) -> PageDone:
    if found is None:
        return page
    return replace(page, proposals=len(found.proposals), flags=len(found.flags))
