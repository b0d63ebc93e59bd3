"""A run in this process: the same steps as the flow, with no server to wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from pipeline.admit import DocumentPlan, admit_all
from pipeline.finish import finish
from pipeline.progress import PageDone
from pipeline.run import Run
from pipeline.summary import RunSummary, document_result, run_summary
from pipeline.work_page import work_page

_WINDOW_PER_JOB = 4  # pages handed out ahead of need: enough to keep every worker busy, few enough to cancel


def digitise_here(run: Run, sources: Sequence[Path], pages: str | None = None) -> RunSummary:
    """Read, propose and report all `sources`, `run.settings.jobs` pages at a time."""
    plans, refused = admit_all(run, sources, pages)
    done = _work_pages(run, plans)
    ask_again = run.settings.ask_again
    documents = [
        document_result(
            plan, done[plan.document], finish(run.workspace, plan.document, plan.name, ask_again=ask_again)
        )
        for plan in plans
    ]
    return run_summary(documents, refused)


def _work_pages(run: Run, plans: Sequence[DocumentPlan]) -> dict[str, list[PageDone]]:
    results: defaultdict[str, list[PageDone]] = defaultdict(list)
    todo = ((plan, number) for plan in plans for number in plan.pages)
    executor = ThreadPoolExecutor(max_workers=run.settings.jobs, thread_name_prefix="page")
    try:
        pending: set[Future[PageDone]] = set()
        while True:
            free = run.settings.jobs * _WINDOW_PER_JOB - len(pending)
            pending |= {executor.submit(work_page, run, plan, number) for plan, number in islice(todo, free)}
            if not pending:
                return results
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                page = future.result()
                results[page.document].append(page)
    finally:
        # After an error or an interrupt nothing new is begun; what is in hand ends by itself or is killed.
        executor.shutdown(wait=True, cancel_futures=True)
