"""One page through its steps: read, and examined."""

from __future__ import annotations

from pipeline.admit import DocumentPlan
from pipeline.examine import examine
from pipeline.hand_on import handed_to
from pipeline.progress import PageDone, PageOutcome
from pipeline.read_page import read_page
from pipeline.run import Run


def see_page(run: Run, plan: DocumentPlan, number: int) -> PageDone:
    """Image, reading and findings of a page, made or kept, and on record.

    Raises:
        ChamraError: as `read_page` and `examine`.
    """
    read = read_page(run.workspace, run.reading, plan.document, plan.name, number)
    under = handed_to(run.workspace, plan.document, number)
    findings = examine(run.workspace, run.knowledge, read.page, read.blob, read.expected, under=under)
    outcome = PageOutcome.KEPT if read.kept else PageOutcome.READ
    return PageDone(plan.document, plan.name, number, outcome, len(findings.proposals), len(findings.flags))
