"""One page of a run seen through, whatever is wrong with it."""

from __future__ import annotations

from model.errors import (
    ChamraError,
    DictionaryError,
    MissingProgram,
    NoSpace,
    PageError,
    WorkspaceError,
)
from model.page import FailedPage
from pipeline.admit import DocumentPlan
from pipeline.examine import examine
from pipeline.progress import PageDone, PageOutcome
from pipeline.read_page import read_page
from pipeline.run import Run


def work_page(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    """See one page through: image, reading, findings; or record why it failed. Tells the run's listener.

    A page that was done before with the same settings is kept. What goes wrong with the page itself is
    recorded and reported, never raised; what would go wrong with every page (no space, a damaged
    workspace or dictionary, no Tesseract) is raised.
    """
    done = _attempt_page(run, plan, number)
    run.tell(done)
    return done


def _attempt_page(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    reason = ""
    for _ in range(run.settings.attempts):
        try:
            read = read_page(run.workspace, run.reading, plan.document, plan.name, number)
            findings = examine(run.workspace, run.knowledge, read.page, read.blob)
        except PageError as error:
            reason = str(error)
            if not error.transient:
                break
        except (NoSpace, WorkspaceError, MissingProgram, DictionaryError):
            raise
        except ChamraError as error:
            reason = str(error)
            break
        except Exception as error:  # noqa: BLE001  one bad page, whatever is wrong with it, stops no book
            reason = f"{plan.name} page {number}: internal error: {type(error).__name__}: {error}"
        else:
            outcome = PageOutcome.KEPT if read.kept else PageOutcome.READ
            return PageDone(
                plan.document, plan.name, number, outcome, len(findings.proposals), len(findings.flags)
            )
    run.workspace.record_failed(FailedPage(plan.document, number, reason))
    return PageDone(plan.document, plan.name, number, PageOutcome.FAILED, reason=reason)
