"""The flow `digitise`: source files to pages awaiting review, one task a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.reconcile import this_run_is_alive
from flows.runs import shared_run
from model.errors import PageError
from pipeline.admit import DocumentPlan, admit_all
from pipeline.finish import finish
from pipeline.progress import PageDone, PageOutcome
from pipeline.run import Run
from pipeline.settings import Settings
from pipeline.summary import RunSummary, document_result, run_summary
from pipeline.work_page import work_page

# Futures in flight: enough for any number of workers, few enough for the server's memory.
_WINDOW = 200


@task(name="page", task_run_name="{name} page {number}", cache_policy=NO_CACHE, persist_result=False)
def page_task(workspace: str, options: dict[str, Any], document: str, name: str, number: int) -> PageDone:
    """See one page through. A page that fails is a failed task; the record is in the ledger."""
    with shared_run(workspace, options) as run:
        done = work_page(run, DocumentPlan(document, name, (number,)), number)
    if done.outcome is PageOutcome.FAILED:
        raise PageError(done.reason)
    return done


@flow(
    name="digitise",
    task_runner=ThreadPoolTaskRunner(max_workers=Settings().jobs),  # type: ignore[arg-type]
    persist_result=False,
    retries=0,
)
def digitise(
    sources: list[str], workspace: str, pages: str | None = None, options: dict[str, Any] | None = None
) -> RunSummary:
    """Read, propose and report all `sources` into `workspace`.

    `options` are those of `flows.runs.run_options`; hashes and paths travel between flow and tasks, never
    images or texts, and never a password.
    """
    chosen = options or {}
    with shared_run(workspace, chosen) as run, this_run_is_alive(Path(workspace)):
        return _digitise(run, sources, workspace, pages, chosen)


def _digitise(
    run: Run, sources: Sequence[str], workspace: str, pages: str | None, options: dict[str, Any]
) -> RunSummary:
    logger = get_run_logger()
    plans, refused = admit_all(run, [Path(source) for source in sources], pages)
    for row in refused:
        logger.warning(row.reason)
    results: defaultdict[str, list[PageDone]] = defaultdict(list)
    for batch in _batches(plans):
        futures: list[PrefectFuture[PageDone]] = [
            page_task.submit(workspace, options, plan.document, plan.name, number) for plan, number in batch
        ]
        for (plan, number), future in zip(batch, futures, strict=True):
            results[plan.document].append(_outcome(plan, number, future))
    documents = []
    for plan in plans:
        report = finish(run.workspace, plan.document, plan.name, ask_again=run.settings.ask_again)
        if report.problem:
            logger.warning(report.problem)
        else:
            logger.info("%s: report %s", plan.name, report.path)
        documents.append(document_result(plan, results[plan.document], report))
    return run_summary(documents, refused)


def _batches(plans: Sequence[DocumentPlan]) -> Iterator[list[tuple[DocumentPlan, int]]]:
    todo = ((plan, number) for plan in plans for number in plan.pages)
    while batch := list(islice(todo, _WINDOW)):
        yield batch


def _outcome(plan: DocumentPlan, number: int, future: PrefectFuture[PageDone]) -> PageDone:
    try:
        return future.result()
    except PageError as error:
        # Anything else would fail on every page, and ends the run.
        return PageDone(plan.document, plan.name, number, PageOutcome.FAILED, reason=str(error))
