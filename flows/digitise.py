"""The flow `digitise`: source files to pages awaiting review, one task a page."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.runtime import task_run

from flows.artifacts import ShownProgress, show_summary
from flows.names import from_parameter
from flows.reconcile import this_run_is_alive
from flows.runs import shared_run
from flows.states import ended, outcome
from flows.workers import Origin, must_be_alike, task_runner
from model.visible import in_a_row
from pipeline.admit import DocumentPlan, RefusedSource, admit_all
from pipeline.inbox_folders import Collection
from pipeline.local import finish_plan, tell_kept
from pipeline.progress import PageDone, PageOutcome
from pipeline.run import Run
from pipeline.settings import Settings
from pipeline.summary import DocumentResult, RunSummary, run_summary, trouble
from pipeline.work_page import work_page

# Futures in flight: enough for any number of workers, few enough for the server's memory.
_WINDOW = 200


def _task_name() -> str:
    """What the server calls a page's task: its document's name, on one line, and its number."""
    given = task_run.parameters
    return f"{in_a_row(given['name'])} page {given['number']}"


@task(name="page", task_run_name=_task_name, cache_policy=NO_CACHE, persist_result=False)
def page_task(
    workspace: str,
    options: dict[str, Any],
    document: str,
    name: str,
    number: int,
    origin: Origin | None,
    again: bool = False,
) -> PageDone:
    """See one page through. A page that fails is a failed task; the record is in the ledger.

    `origin` says who asks where that may be another process; `again` waits for another run that has it in hand.
    """
    with shared_run(workspace, options) as run:
        if origin is not None:
            must_be_alike(run, origin)
        done = work_page(run, DocumentPlan(document, name, (number,)), number, again=again)
    return ended(done.reason, done)


@flow(
    name="digitise",
    task_runner=task_runner(Settings(dask="")),
    persist_result=False,
    retries=0,
)
def digitise(
    sources: list[str],
    workspace: str,
    pages: str | None = None,
    options: dict[str, Any] | None = None,
    inbox: str | None = None,
    collection: dict[str, Any] | None = None,
) -> RunSummary:
    """Read, propose and report all `sources` into `workspace`; failed where pages failed or files were refused.

    `options` are those of `flows.runs.run_options`; hashes and paths travel between flow and tasks, never
    images or texts, and never a password. `inbox` is the folder in which all sources lie that come from one,
    `collection` what is said there of the people who work on them (`pipeline.inbox_folders.Collection.plain`).
    """
    chosen = options or {}
    with shared_run(workspace, chosen) as run, this_run_is_alive(Path(workspace)):
        asking = Collection(**collection or {})
        asking.may_ask(run.workspace)
        paths = [from_parameter(source) for source in sources]
        plans, refused = admit_all(run, paths, pages, None if inbox is None else from_parameter(inbox))
        asking.ask(run.workspace, plans)
        summary = _digitise(run, plans, refused, workspace, chosen)
    return ended(trouble(summary), summary)


def _digitise(
    run: Run,
    plans: Sequence[DocumentPlan],
    refused: Sequence[RefusedSource],
    workspace: str,
    options: dict[str, Any],
) -> RunSummary:
    logger = get_run_logger()
    for row in refused:
        logger.warning(in_a_row(row.reason))
    documents: list[DocumentResult] = []
    seen: list[PageDone] = []
    progress = ShownProgress(sum(len(plan.pages) for plan in plans))
    try:
        for plan, page in _work(run, plans, workspace, options):
            seen.append(page)
            progress.page_done()
            if len(seen) == len(plan.pages):
                documents.append(finish_plan(run, plan, seen))
                words = documents[-1]["problem"] or f"{plan.name}: {documents[-1]['report']}"
                logger.info("%s", in_a_row(words))
                seen = []
    except BaseException:
        # Whatever ends the flow, its tasks' threads begin nothing more and hold nothing against their pages.
        run.stop()
        raise
    summary = run_summary(documents, refused)
    show_summary(summary)
    return summary


def _work(
    run: Run, plans: Sequence[DocumentPlan], workspace: str, options: dict[str, Any]
) -> Iterator[tuple[DocumentPlan, PageDone]]:
    """Every page in order, as it is done; so many are in hand that no worker waits for a slow one."""
    todo = (
        (plan, number, kept) for plan in plans for kept in (tell_kept(run, plan),) for number in plan.pages
    )
    origin = Origin.of(run) if run.settings.dask else None
    pending: deque[tuple[DocumentPlan, PageDone | PrefectFuture[PageDone]]] = deque()
    while True:
        for plan, number, kept in islice(todo, _WINDOW - len(pending)):
            done = kept.get(number)
            future = done or page_task.submit(workspace, options, plan.document, plan.name, number, origin)
            pending.append((plan, future))
        if not pending:
            return
        plan, found = pending.popleft()
        page = found if isinstance(found, PageDone) else _outcome(found)
        if page.outcome is PageOutcome.ELSEWHERE:
            future = page_task.submit(
                workspace, options, plan.document, plan.name, page.number, origin, again=True
            )
            pending.appendleft((plan, future))
            continue
        if origin is not None and page is not found:
            run.tell(page)  # whoever listens here does not hear the other processes
        yield plan, page


def _outcome(future: PrefectFuture[PageDone]) -> PageDone:
    future.wait()
    done: PageDone = outcome(future.state)
    return done
