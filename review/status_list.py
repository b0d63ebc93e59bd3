"""Where all documents stand, a line for each: made from the ledger and the findings, without any reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from model.state import Outcome, Stage
from reports.letters import safe_text
from review.state import DocumentSummary

SCHEMA = "chamra/status-list/1"

_WAITS = (Outcome.OPEN, Outcome.SECOND, Outcome.CONFLICT)
_TROUBLE = (Stage.FAILED, Stage.MISSING)


def status_list_object(summaries: Sequence[DocumentSummary]) -> dict[str, Any]:
    """All documents as one object; its schema is `docs/schemas/status-list.json`."""
    return {"schema": SCHEMA, "documents": [_document(one) for one in summaries]}


def _document(one: DocumentSummary) -> dict[str, Any]:
    stages, outcomes = _stages(one), _outcomes(one)
    return {
        "id": one.id,
        "name": one.name,
        "path": one.path,
        "kind": one.kind,
        "page_count": one.page_count,
        "requested": len(one.pages),
        "stages": {str(stage): stages[stage] for stage in Stage},
        "outcomes": {str(outcome): outcomes[outcome] for outcome in Outcome},
        "waiting": sum(outcomes[outcome] for outcome in _WAITS),
        "failed": [
            {"page": page.number, "reason": page.reason} for page in one.pages if page.stage is Stage.FAILED
        ],
        "returned": [page.number for page in one.pages if page.returned],
        "revoked": [page.number for page in one.pages if page.revoked],
    }


def show_status_list(summaries: Sequence[DocumentSummary], console: Console | None = None) -> None:
    """Print a table of all documents, and what failed and why."""
    console = console or Console()
    if not summaries:
        console.print("No documents yet. `chamra digitise FILE -w WORKSPACE` reads the first one.")
        return
    console.print(_table(summaries))
    for one in summaries:
        for page in one.pages:
            for note in _notes(page.stage, page.reason, returned=page.returned, revoked=page.revoked):
                text = f"{safe_text(one.name)} page {page.number}: {safe_text(note)}"
                console.print(text, markup=False, highlight=False)


def _table(summaries: Sequence[DocumentSummary]) -> Table:
    table = Table(title="Documents", title_justify="left", header_style="bold")
    table.add_column("Document", overflow="fold")
    table.add_column("Id", no_wrap=True)
    for name in ("Pages", "Findings", "Wait", "Failed", "Signed", "Published"):
        table.add_column(name, justify="right")
    for one in summaries:
        stages, outcomes = _stages(one), _outcomes(one)
        waiting = sum(outcomes[outcome] for outcome in _WAITS)
        trouble = sum(stages[stage] for stage in _TROUBLE)
        table.add_row(
            Text(safe_text(one.name)),
            one.id[:12],
            str(len(one.pages)),
            f"{sum(outcomes.values()):,}",
            Text(str(waiting), style="yellow" if waiting else ""),
            Text(str(trouble), style="bold red" if trouble else ""),
            str(stages[Stage.SIGNED] + stages[Stage.PUBLISHED]),
            str(stages[Stage.PUBLISHED]),
        )
    return table


def _notes(stage: Stage, reason: str, *, returned: int, revoked: bool) -> list[str]:
    notes = []
    if stage is Stage.FAILED:
        notes.append(f"FAILED: {reason}")
    if returned:
        notes.append("was returned to be worked on again")
    if revoked:
        notes.append("its signature was revoked; what was published is not given out")
    return notes


def _stages(one: DocumentSummary) -> Counter[Stage]:
    return Counter(page.stage for page in one.pages)


def _outcomes(one: DocumentSummary) -> Counter[Outcome]:
    found: Counter[Outcome] = Counter()
    for page in one.pages:
        found.update(page.outcomes)
    return found
