"""A run in this process: the same steps as the flow, with no server to wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.admit import DocumentPlan, admit_all
from pipeline.finish import ReportDone, finish
from pipeline.hand_on import hand_on
from pipeline.kept import forget_pages, kept_pages, kept_report, note_pages, note_report
from pipeline.progress import PageDone, PageOutcome
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
    todo = _to_do(run, plans, finished, done)
    elsewhere: list[tuple[DocumentPlan, int]] = []  # in the hands of another run, to be looked at in the end
    executor = ThreadPoolExecutor(max_workers=run.settings.jobs, thread_name_prefix="page")
    try:
        pending: set[Future[PageDone]] = set()
        while True:
            free = run.settings.jobs * _WINDOW_PER_JOB - len(pending)
            pending |= {executor.submit(work_page, run, plan, number) for plan, number in islice(todo, free)}
            if not pending:
                pending = {
                    executor.submit(work_page, run, plan, number, again=True) for plan, number in elsewhere
                }
                elsewhere.clear()
            if not pending:
                return [finished[plan.document] for plan in plans]
            ready, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in ready:
                page = future.result()
                plan = by_id[page.document]
                if page.outcome is PageOutcome.ELSEWHERE:
                    elsewhere.append((plan, page.number))
                    continue
                done[page.document].append(page)
                if len(done[page.document]) == len(plan.pages):
                    finished[page.document] = finish_plan(run, plan, done.pop(page.document))
    except BaseException:
        # After an error or an interrupt nothing new is begun, and what is in hand is ended.
        run.stop()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _to_do(
    run: Run,
    plans: Sequence[DocumentPlan],
    finished: dict[str, DocumentResult],
    done: dict[str, list[PageDone]],
) -> Iterator[tuple[DocumentPlan, int]]:
    """The pages that must be looked at. A document on which nothing has changed is finished when its turn comes."""
    for plan in plans:
        kept = tell_kept(run, plan)
        if len(kept) == len(plan.pages):
            finished[plan.document] = finish_plan(run, plan, list(kept.values()), unchanged=True)
            continue
        done[plan.document] = list(kept.values())
        yield from ((plan, number) for number in plan.pages if number not in kept)


def tell_kept(run: Run, plan: DocumentPlan) -> dict[int, PageDone]:
    """The pages of a plan on which nothing has changed, told to the run's listener."""
    kept = kept_pages(run, plan)
    for page in kept.values():
        run.tell(page)
    return kept


def finish_plan(
    run: Run, plan: DocumentPlan, pages: Sequence[PageDone], *, unchanged: bool = False
) -> DocumentResult:
    """Finish a document whose pages are all done, and say what it came to.

    `unchanged` where nothing has changed on any of them since they were done before.
    """
    problem = ""
    if not unchanged:
        handed = hand_on(run, plan, pages)
        pages, problem = handed.pages, handed.problem
        if problem:
            forget_pages(run.workspace, plan.document)
        else:
            note_pages(run, plan, pages)
            if handed.left:
                forget_pages(run.workspace, plan.document, handed.left)
    report = ReportDone(kept_report(run, plan.document))
    if not report.path:
        report = finish(run.workspace, plan.document, plan.name, ask_again=run.settings.ask_again)
        if report.path:
            note_report(run, plan.document, report.path)
    problems = " ".join(filter(None, (problem, report.problem)))
    return document_result(plan, pages, replace(report, problem=problems))
