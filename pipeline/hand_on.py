"""What the pages of a document hand on to each other, whichever of them was read first.

A page is examined under what the findings of the page before it hand on. Where that page came later, or was read anew,
the page is examined again when the document is done: one that the run was asked for, or that follows such a page, and
none that stands signed or published. Of those that are left the audit warns.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ledger.events.findings_recorded import FindingsRecorded
from ledger.history import read_history
from model.carried import Carried
from model.edit import Findings
from model.errors import (
    ChamraError,
    DamagedBlob,
    DictionaryError,
    LedgerError,
    MissingProgram,
    NoSpace,
    Stopped,
)
from model.state import Stage
from pipeline.admit import DocumentPlan
from pipeline.as_made import PageAsMade, pages_as_made
from pipeline.examine import examine
from pipeline.progress import PageDone
from pipeline.run import Run
from review.state import page_summary
from workspace.codec import decode_findings, decode_page
from workspace.workspace import Workspace

_SIGNED = (Stage.COUNTERSIGN, Stage.SIGNED, Stage.PUBLISHED)


def handed_to(workspace: Workspace, document: str, number: int) -> Carried | None:
    """What the page before this one hands on, by its newest findings on record; None for nothing, and where those are
    damaged: that is no fault of this page."""
    if number == 1:
        return None
    newest = workspace.ledger.newest(FindingsRecorded, document=document, page=number - 1)
    with suppress(DamagedBlob):
        return None if newest is None else decode_findings(workspace.store.get(newest.event.blob)).hands_on
    return None


@dataclass(frozen=True, slots=True)
class HandedOn:
    """The pages of a run with as many findings as there are now; what went wrong with single pages, in words, empty
    where nothing did; and the numbers of those that were `left` as they are, under something else."""

    pages: list[PageDone]
    problem: str
    left: frozenset[int]


def hand_on(run: Run, plan: DocumentPlan, pages: Sequence[PageDone]) -> HandedOn:
    """Examine those pages of a document again that were not examined under what the page before hands on.

    Raises:
        Stopped: the run is being stopped.
        NoSpace, DictionaryError, LedgerError, MissingProgram: what would go wrong with every page.
    """
    made = pages_as_made(run.workspace.ledger, plan.document)
    handed: dict[int, Carried | None] = {}
    again: dict[int, Findings] = {}
    troubles: list[str] = []
    left: set[int] = set()
    of_plan = {number + step for number in plan.pages for step in (0, 1)}
    for number in sorted(made.keys() & (of_plan | {number - 1 for number in plan.pages})):
        run.stopping.check()
        try:
            found = decode_findings(run.workspace.store.get(made[number].findings.blob))
            handed[number] = found.hands_on
            before = handed.get(number - 1)
            if number in of_plan and found.under != before:
                anew = _examined_anew(run, plan.document, made[number], found, before)
                if anew is None:
                    left.add(number)
                else:
                    again[number], handed[number] = anew, anew.hands_on
        except (NoSpace, DictionaryError, LedgerError, MissingProgram, Stopped):
            raise
        except ChamraError as error:
            troubles.append(f"page {number}: {error}")
        except Exception as error:  # noqa: BLE001  one bad page, whatever is wrong with it, stops no book
            troubles.append(f"page {number}: internal error: {type(error).__name__}: {error}.")
    counted = [_counted(page, again.get(page.number)) for page in pages]
    return HandedOn(counted, _in_words(plan, troubles), frozenset(left))


def _examined_anew(
    run: Run, document: str, made: PageAsMade, found: Findings, before: Carried | None
) -> Findings | None:
    """The findings of a page under what the page `before` hands on; None where those that were `found` are to stay:
    others made them, another run has the page in hand and sees to it when it finishes the document, or it is signed."""
    number = made.page.page
    if not made.examined_by(run.knowledge):
        return None
    with run.workspace.taking(f"{document} {number}") as mine:
        if not mine or _is_signed(run.workspace, document, number):
            return None
        page = decode_page(run.workspace.store.get(made.page.blob))
        return examine(run.workspace, run.knowledge, page, made.page.blob, found.expected, under=before)


def _is_signed(workspace: Workspace, document: str, number: int) -> bool:
    past = read_history(workspace.ledger, document, page=number)
    return page_summary(workspace.store, past.pages[number]).stage in _SIGNED


def _in_words(plan: DocumentPlan, troubles: Sequence[str]) -> str:
    if not troubles:
        return ""
    return (
        f"{plan.name} ({plan.document[:12]}): what pages hand on to the next was not seen to everywhere: "
        f"{'; '.join(troubles)} What was found before is kept."
    )


def _counted(page: PageDone, found: Findings | None) -> PageDone:
    if found is None:
        return page
    return replace(page, proposals=len(found.proposals), flags=len(found.flags))
