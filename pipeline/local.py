"""A run in this process: the same steps as the flow, with no server to wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

from model.errors import BadInput, UsageError
from pipeline.progress import PageDone
from pipeline.steps import Plan, Run, admit, finish, work_page
from pipeline.summary import Refusal, Summary, document_summary, refusal, summary

_WINDOW_PER_JOB = 4  # pages handed out ahead of need: enough to keep every worker busy, few enough to cancel


def digitise_here(run: Run, sources: Sequence[Path], pages: str | None = None) -> Summary:
    """Read, propose and report all `sources`, `run.settings.jobs` pages at a time."""
    plans, refused = admit_all(run, sources, pages)
    done = _work_pages(run, plans)
    documents = [
        document_summary(plan, done[plan.document], finish(run, plan.document, plan.name)) for plan in plans
    ]
    return summary(documents, refused)


def admit_all(run: Run, sources: Sequence[Path], pages: str | None) -> tuple[list[Plan], list[Refusal]]:
    """Take every source that can be taken, each document once; say why for the others."""
    plans: dict[str, Plan] = {}
    refused: list[Refusal] = []
    for path in sources:
        try:
            plan = admit(run, path, pages)
        except (BadInput, UsageError) as error:
            refused.append(refusal(str(path), error))
        else:
            plans.setdefault(plan.document, plan)
    return list(plans.values()), refused


def _work_pages(run: Run, plans: Sequence[Plan]) -> dict[str, list[PageDone]]:
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
