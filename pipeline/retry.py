"""Trying again, without the source's path: pages that failed or were never read, and files that were refused."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from model.errors import BadInput, Exit
from model.state import Stage
from pipeline.admit import DocumentPlan, RefusedSource, admit
from pipeline.local import work_plans
from pipeline.progress import Planned
from pipeline.quarantine import FOLDER, quarantine_name, set_aside
from pipeline.run import Run
from pipeline.summary import RunSummary, run_summary
from review.refused import RefusedFile, refused_files
from review.rework import pages_asked_for
from review.state import summarise
from review.summary_store import document_lines


def retry(run: Run, documents: Collection[str] = (), *, refused: bool = True) -> RunSummary:
    """Read anew what failed or is missing, of these documents or of all, and with `refused` take what lies in the
    quarantine, if it can be taken now: with a password, or with higher limits."""
    plans = [plan for plan in _plans(run, documents) if plan.pages]
    still: list[RefusedSource] = []
    if refused and not documents:
        for one in refused_files(run.workspace.ledger):
            taken = _take(run, one)
            if isinstance(taken, RefusedSource):
                still.append(taken)
            else:
                plans.append(taken)
    for plan in plans:
        run.tell(Planned(plan.document, plan.name, len(plan.pages)))
    summary = run_summary(work_plans(run, plans), still)
    set_aside(run.workspace, {})
    return summary


def read_asked_for(run: Run) -> RunSummary:
    """Read the pages of which somebody has asked that they be read again, and no others."""
    asked = pages_asked_for(run.workspace)
    plans = [
        DocumentPlan(document, summarise(run.workspace, document).name, pages)
        for document, pages in asked.items()
    ]
    for plan in plans:
        run.tell(Planned(plan.document, plan.name, len(plan.pages)))
    return run_summary(work_plans(run, plans), [])


def _plans(run: Run, documents: Collection[str]) -> list[DocumentPlan]:
    troubled = (Stage.FAILED, Stage.MISSING)
    chosen = documents or [
        one.id for one in document_lines(run.workspace) if any(one.stages[stage] for stage in troubled)
    ]
    found = [summarise(run.workspace, document) for document in chosen]
    return [
        DocumentPlan(one.id, one.name, tuple(page.number for page in one.pages if page.stage in troubled))
        for one in found
    ]


def _take(run: Run, one: RefusedFile) -> DocumentPlan | RefusedSource:
    """The document that a refused file has become, or why not."""
    path = run.workspace.path / FOLDER / quarantine_name(one)
    if not path.is_file():
        reason = f"{one.name}: no copy of it lies in the quarantine. Name the file: `chamra digitise FILE`."
        return RefusedSource(Path(one.name), f"{reason} It was refused: {one.reason}", Exit.BAD_INPUT)
    try:
        return admit(run, path, name=one.name)
    except BadInput as error:
        return RefusedSource(Path(one.name), str(error), error.exit_status)
