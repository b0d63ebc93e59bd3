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
from pipeline.summary import DocumentResult, RunSummary, document_result, run_summary
from pipeline.work_page import work_page

_WINDOW_PER_JOB = 4  # pages handed out ahead of need: enough to keep every worker busy, few enough to cancel


def digitise_here(run: Run, sources: Sequence[Path], pages: str | None = None) -> RunSummary:
    """Read, propose and report all `sources`, `run.settings.jobs` pages at a time."""
    plans, refused = admit_all(run, sources, pages)
    return run_summary(work_plans(run, plans), refused)


def work_plans(run: Run, plans: Sequence[DocumentPlan]) -> list[DocumentResult]:
    """See these pages through, and finish each document as soon as its last page is done."""
    done: defaultdict[str, list[PageDone]] = defaultdict(list)
    by_id = {plan.document: plan for plan in plans}
    finished: dict[str, DocumentResult] = {}
    todo = ((plan, number) for plan in plans for number in plan.pages)
    executor = ThreadPoolExecutor(max_workers=run.settings.jobs, thread_name_prefix="page")
    try:
        pending: set[Future[PageDone]] = set()
        while True:
            free = run.settings.jobs * _WINDOW_PER_JOB - len(pending)
            pending |= {executor.submit(work_page, run, plan, number) for plan, number in islice(todo, free)}
            if not pending:
                return [finished[plan.document] for plan in plans]
            ready, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in ready:
                page = future.result()
                done[page.document].append(page)
                plan = by_id[page.document]
                if len(done[page.document]) == len(plan.pages):
                    finished[page.document] = finish_plan(run, plan, done.pop(page.document))
    except BaseException:
        # After an error or an interrupt nothing new is begun, and what is in hand is ended.
        run.stop()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def finish_plan(run: Run, plan: DocumentPlan, pages: Sequence[PageDone]) -> DocumentResult:
    """Finish a document whose pages are all done, and say what it came to."""
    report = finish(run.workspace, plan.document, plan.name, ask_again=run.settings.ask_again)
    return document_result(plan, pages, report)
