"""What a run came to, as plain data: the same object from this process and from a flow run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from model.errors import ChamraError, Exit
from pipeline.progress import Outcome, PageDone
from pipeline.steps import Plan, ReportDone

SCHEMA = "chamra/digitise/1"


class PageSummary(TypedDict):
    """One page: `outcome` is read, kept or failed."""

    number: int
    outcome: str
    proposals: int
    flags: int
    reason: str


class DocumentSummary(TypedDict):
    """One document; `report` is the path of its diff report, `problem` says why there is none."""

    id: str
    name: str
    pages: list[PageSummary]
    report: str
    problem: str


class Refusal(TypedDict):
    """A source file that could not be taken, and the exit status of that."""

    path: str
    reason: str
    exit: int


class Summary(TypedDict):
    """The whole run."""

    schema: str
    documents: list[DocumentSummary]
    refused: list[Refusal]


def document_summary(plan: Plan, pages: Iterable[PageDone], report: ReportDone) -> DocumentSummary:
    """One document's pages in order."""
    rows = [
        PageSummary(
            number=page.number,
            outcome=str(page.outcome),
            proposals=page.proposals,
            flags=page.flags,
            reason=page.reason,
        )
        for page in sorted(pages, key=lambda page: page.number)
    ]
    return DocumentSummary(
        id=plan.document, name=plan.name, pages=rows, report=report.path, problem=report.problem
    )


def refusal(path: str, error: ChamraError) -> Refusal:
    """A source that was refused."""
    return Refusal(path=path, reason=str(error), exit=int(error.exit_status))


def summary(documents: Iterable[DocumentSummary], refused: Iterable[Refusal]) -> Summary:
    """The whole run as one object."""
    return Summary(schema=SCHEMA, documents=list(documents), refused=list(refused))


def exit_status(result: Summary | dict[str, Any]) -> Exit:
    """The status that the command ends with: a refused file outranks a failed page or report."""
    if result["refused"]:
        return Exit(max(row["exit"] for row in result["refused"]))
    failed = any(
        page["outcome"] == Outcome.FAILED for document in result["documents"] for page in document["pages"]
    )
    without_report = any(document["problem"] for document in result["documents"])
    return Exit.NEEDS_A_PERSON if failed or without_report else Exit.DONE
