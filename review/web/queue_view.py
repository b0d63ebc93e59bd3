"""What the queue shows: documents, pages, what waits where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model.state import Outcome, Stage
from reports.letters import safe_text
from review.inbox_view import inbox_scans
from review.refused import refused_files
from review.samples import TO_SIGN
from review.state import PageSummary
from review.web.overview import Hit, Overview, QueueEntry, waits_for
from workspace.workspace import Workspace

MOST = 200
"""Documents shown at once; a filter finds the others."""

_THROUGH = (*TO_SIGN, Stage.SIGNED, Stage.PUBLISHED, Stage.WAIVED)


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the queue: `open` is what the person who looks can bring forward."""

    page: PageSummary
    open: int
    second: int
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the queue; `rows` are those of its pages that were asked for.

    `expected` is how many letters were misread in all likelihood, None where nothing tells.
    """

    entry: QueueEntry
    stages: dict[Stage, int]
    open: int
    first_open: int | None
    rows: tuple[PageRow, ...]
    expected: float | None


ORDERS = ("came", "open", "stuck", "errors")
"""In which order documents are shown: as they came, most to decide first, most pages that failed first, most
letters expected to be misread first."""

PAGE_ORDERS = ("came", "errors")
"""In which order a document's pages are shown."""


def queue_view(
    overview: Overview, words: str, stage: Stage | None, account: str, order: str = ""
) -> dict[str, Any]:
    """All documents; with `words` or `stage` only those with such pages, and the pages."""
    asked = bool(words.strip()) or stage is not None
    found = [_row(overview, entry, words, stage, account, order) for entry in overview.documents()]
    shown = [row for row in found if row.rows] if asked else found
    if order == "open":
        shown.sort(key=lambda row: -row.open)
    elif order == "stuck":
        shown.sort(key=lambda row: -row.stages.get(Stage.FAILED, 0) - row.stages.get(Stage.MISSING, 0))
    elif order == "errors":
        shown.sort(key=lambda row: -(row.expected or 0))
    return {
        "documents": shown[:MOST], "more": len(shown) - MOST, "asked": asked, "any": bool(found),
        "uncounted": sum(row.entry.uncounted for row in found), "order": order, "orders": ORDERS,
    } | _asked(words, stage)  # fmt: skip


def not_taken(ws: Workspace) -> list[tuple[str, str]]:
    """Files that could not be taken, the newest first, and what in an inbox cannot be read: each with the reason."""
    refused = [(one.name, one.reason) for one in reversed(refused_files(ws.ledger))]
    return [trouble for scan in inbox_scans(ws.path) for trouble in scan.troubles] + refused


def document_view(
    overview: Overview, entry: QueueEntry, words: str, stage: Stage | None, account: str, order: str = ""
) -> dict[str, Any]:
    """The pages of one document, and what keeps it from being signed."""
    row = _row(overview, entry, words, stage, account, order)
    stages = [page.stage for page in entry.pages.values()]
    blocking = [number for number, page in entry.pages.items() if page.stage not in _THROUGH]
    return {
        "row": row,
        "blocking": blocking,
        "can_sign": not blocking and any(stage in TO_SIGN for stage in stages),
        "to_sign": sum(stage in TO_SIGN for stage in stages),
        "by_policy": sum(p.outcomes.get(Outcome.POLICY, 0) for p in entry.pages.values()),
        "order": order,
        "orders": PAGE_ORDERS,
    } | _asked(words, stage)


def _asked(words: str, stage: Stage | None) -> dict[str, Any]:
    return {"q": words, "stage": stage, "stages": list(Stage)}


def _row(
    overview: Overview, entry: QueueEntry, words: str, stage: Stage | None, account: str, order: str
) -> DocumentRow:
    waiting = {number: waits_for(page, account) for number, page in entry.pages.items()}
    hits = {hit.page: hit for hit in overview.search(entry, words)}
    named = bool(words.strip()) and words.strip().casefold() in safe_text(entry.name).casefold()
    rows = [
        PageRow(page, waiting[number], page.outcomes.get(Outcome.SECOND, 0), hits.get(number))
        for number, page in entry.pages.items()
        if (stage is None or page.stage is stage) and (not words.strip() or named or number in hits)
    ]
    if order == "errors":
        rows.sort(key=lambda row: -row.page.expected.errors if row.page.expected else 0)
    first = next((number for number, count in waiting.items() if count > 0), None)
    return DocumentRow(entry, entry.stages(), sum(waiting.values()), first, tuple(rows), entry.expected())
