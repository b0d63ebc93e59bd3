"""One page of a run seen through, whatever is wrong with it."""

from __future__ import annotations

from ledger.events.page_read import PageRead
from model.errors import (
    ChamraError,
    DictionaryError,
    EngineFailed,
    LedgerError,
    MissingProgram,
    NoSpace,
    ProcessDied,
    Stopped,
    WorkspaceError,
)
from model.page import FailedPage
from ocr.tesseract.probe import must_work
from pipeline.admit import DocumentPlan
from pipeline.progress import PageDone, PageOutcome
from pipeline.run import Run
from pipeline.see_page import see_page

_LOOK_SECONDS = 1.0
"""Between two looks whether another run is done with a page, about."""


def work_page(run: Run, plan: DocumentPlan, number: int, *, again: bool = False) -> PageDone:
    """See one page through: image, reading, findings; or record why it failed. Tells the run's listener.

    A page that was done before with the same settings is kept. One that another run has in hand is left to it, and
    nobody is told; asked `again`, this waits until that run is done with it. What goes wrong with the page itself is
    recorded and reported, never raised; what would go wrong with every page (no space, a damaged
    workspace or dictionary, no Tesseract) is raised.

    Raises:
        Stopped: the run is being stopped; nothing was recorded.
    """
    while True:
        with run.workspace.taking(f"{plan.document} {number}") as mine:
            if mine:
                return _work_alone(run, plan, number)
        if not again:
            return PageDone(plan.document, plan.name, number, PageOutcome.ELSEWHERE)
        run.stopping.pause(_LOOK_SECONDS, 1)


def _work_alone(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    if run.budget.is_over(plan.document):
        done = _leave_page(run, plan, number)
    else:
        with run.budget.spending(plan.document):
            done = _attempt_page(run, plan, number)
    run.tell(done)
    return done


def _leave_page(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    """Record that the document had had its time before this page's turn came. One that was read before stays."""
    reason = (
        f"{plan.name}, page {number}: not begun: the document had its {run.budget.seconds:g} s of work in one run "
        "(CHAMRA_DOCUMENT_SECONDS). `chamra retry` goes on."
    )
    if run.workspace.ledger.newest(PageRead, document=plan.document, page=number) is None:
        run.workspace.record_failed(FailedPage(plan.document, number, reason))
    return PageDone(plan.document, plan.name, number, PageOutcome.LEFT, reason=reason)


def _attempt_page(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    reason, transient, suspect = "", False, False
    for attempt in range(1, run.settings.attempts + 1):
        run.stopping.check()
        try:
            return _done(run, plan, number)
        except LedgerError as error:
            # A database that is restarted is back in a moment, and what was read until then is kept.
            if not error.transient or attempt == run.settings.attempts:
                raise
            transient = True
        except (NoSpace, WorkspaceError, MissingProgram, DictionaryError, Stopped):
            raise
        except ProcessDied as error:
            reason, transient = str(error), True
            break  # it was the second process already
        except ChamraError as error:
            reason, transient = str(error), error.transient
            suspect = isinstance(error, EngineFailed)
        except Exception as error:  # noqa: BLE001  one bad page, whatever is wrong with it, stops no book
            reason = f"{plan.name} page {number}: internal error: {type(error).__name__}: {error}"
            transient = suspect = False
        if not transient:
            break
        # A Tesseract that was killed may be the first sign that all of us are being stopped.
        run.stopping.pause(run.settings.retry_seconds, attempt)
    run.stopping.check()
    if suspect:
        must_work()
    run.workspace.record_failed(FailedPage(plan.document, number, reason), transient=transient)
    return PageDone(plan.document, plan.name, number, PageOutcome.FAILED, reason=reason)


def _done(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    """See a page through here, or apart if a process has died over it."""
    with run.begun.page(plan.document, number) as died:
        packed = run.isolated.packed(plan.document, plan.name, number) if died else b""
        if packed:
            return run.isolated.see(packed, f"{plan.name}, page {number}")
        return see_page(run, plan, number)
