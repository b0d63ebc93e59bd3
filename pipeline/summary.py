"""What a run came to, as plain data: the same object from this process and from a flow run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from model.counted import counted
from model.errors import Exit
from pipeline.admit import DocumentPlan, RefusedSource
from pipeline.finish import ReportDone
from pipeline.progress import PageDone, PageOutcome

SCHEMA = "chamra/digitise/1"


class PageResult(TypedDict):
    """One page: `outcome` is read, kept, failed or left."""

    number: int
    outcome: str
    proposals: int
    flags: int
    reason: str


class DocumentResult(TypedDict):
    """One document; `report` is the path of its diff report, `problem` says why there is none, or
    what went wrong when pages were examined again."""

    id: str
    name: str
    pages: list[PageResult]
    report: str
    problem: str


class RefusedRow(TypedDict):
    """A source file that could not be taken, and the exit status of that."""

    path: str
    reason: str
    exit: int


class RunSummary(TypedDict):
    """The whole run."""

    schema: str
    documents: list[DocumentResult]
    refused: list[RefusedRow]


def document_result(plan: DocumentPlan, pages: Iterable[PageDone], report: ReportDone) -> DocumentResult:
    """One document's pages in order."""
    rows = [
        PageResult(
            number=page.number,
            outcome=str(page.outcome),
            proposals=page.proposals,
            flags=page.flags,
            reason=page.reason,
        )
        for page in sorted(pages, key=lambda page: page.number)
    ]
    return DocumentResult(
        id=plan.document, name=plan.name, pages=rows, report=report.path, problem=report.problem
    )


def run_summary(documents: Iterable[DocumentResult], refused: Iterable[RefusedSource]) -> RunSummary:
    """The whole run as one object."""
    rows = [RefusedRow(path=str(one.path), reason=one.reason, exit=int(one.exit)) for one in refused]
    return RunSummary(schema=SCHEMA, documents=list(documents), refused=rows)


def trouble(result: RunSummary) -> str:
    """What of a run needs a person, in a few words; empty where nothing does."""
    pages = [page for document in result["documents"] for page in document["pages"]]
    failed = sum(page["outcome"] == PageOutcome.FAILED for page in pages)
    left = sum(page["outcome"] == PageOutcome.LEFT for page in pages)
    without_report = sum(not document["report"] for document in result["documents"])
    troubled = sum(bool(document["report"] and document["problem"]) for document in result["documents"])
    refused = len(result["refused"])
    counts = (
        (failed, f"{failed} of {counted(len(pages), 'page')} failed"),
        (left, f"stopped: {counted(left, 'page')} left"),
        (refused, f"{counted(refused, 'file')} {'was' if refused == 1 else 'were'} refused"),
        (without_report, f"{counted(without_report, 'document')} without a report"),
        (troubled, f"{counted(troubled, 'document')} with pages that could not be examined again"),
    )
    return ", ".join(words for count, words in counts if count)


def exit_status(result: RunSummary | dict[str, Any]) -> Exit:
    """The status that the command ends with: a refused file outranks a failed page or report."""
    if result["refused"]:
        return Exit(max(row["exit"] for row in result["refused"]))
    failed = any(
        page["outcome"] in (PageOutcome.FAILED, PageOutcome.LEFT)
        for document in result["documents"]
        for page in document["pages"]
    )
    troubled = any(document["problem"] for document in result["documents"])
    return Exit.NEEDS_A_PERSON if failed or troubled else Exit.DONE
