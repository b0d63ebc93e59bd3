"""What Prefect's page shows of a run: how far it is, and in the end its documents. Names and counts, no text."""

from __future__ import annotations

import os
import time
from typing import cast
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact

from model.counted import counted
from pipeline.progress import PageOutcome
from pipeline.summary import DocumentResult, RunSummary
from reports.letters import safe_text

REVIEW_URL = "CHAMRA_REVIEW_URL"
"""Variable of the environment: the address of the review page, for links to documents."""

_SECONDS = 5.0
"""Between two looks at how far a run is: each is a request to the server."""

_MOST = 500
"""Documents in a table."""


class ShownProgress:
    """How far a run is, shown while it works."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._done = 0
        self._shown = time.monotonic()
        self._artifact: UUID | None = None
        if pages:
            made = create_progress_artifact(0.0, key="pages", description=counted(pages, "page"))
            self._artifact = cast("UUID", made)  # from a flow that is no coroutine it is no coroutine either

    def page_done(self) -> None:
        """Count a page, and show it if the last look is long enough ago or it was the last one."""
        self._done += 1
        if self._artifact is None or (self._done < self._pages and time.monotonic() - self._shown < _SECONDS):
            return
        self._shown = time.monotonic()
        update_progress_artifact(self._artifact, 100 * self._done / self._pages)


def show_summary(summary: RunSummary) -> None:
    """Leave a table of what a run came to, with links to reports and, where its address is known, the review page."""
    if summary["documents"] or summary["refused"]:
        create_markdown_artifact(table(summary), key="documents", description="What the run came to")


def table(summary: RunSummary) -> str:
    """What a run came to, in Markdown."""
    rows = ["| document | pages | failed | proposals | flags | report |", "|---|---|---|---|---|---|"]
    rows += [_row(one) for one in summary["documents"][:_MOST]]
    if len(summary["documents"]) > _MOST:
        rows.append(f"\nand {len(summary['documents']) - _MOST} more")
    if summary["refused"]:
        rows += ["\nRefused:\n", *(f"- {_cell(one['reason'])}" for one in summary["refused"][:_MOST])]
    return "\n".join(rows) + "\n"


def _row(one: DocumentResult) -> str:
    pages = one["pages"]
    failed = sum(page["outcome"] in (PageOutcome.FAILED, PageOutcome.LEFT) for page in pages)
    address = os.environ.get(REVIEW_URL, "").rstrip("/")
    name = _cell(one["name"])
    cells = (
        f"[{name}]({address}/documents/{one['id']})" if address else name,
        str(len(pages)),
        f"**{failed}**" if failed else "",
        str(sum(page["proposals"] for page in pages)),
        str(sum(page["flags"] for page in pages)),
        f"`{_cell(one['report'])}`" if one["report"] else _cell(one["problem"]),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A name or a reason in a cell: no markup of its own, no line of its own."""
    return "".join(
        f"\\{one}" if one in "\\`*_[]<>|#!()" else one for one in safe_text(text).replace("\n", " ")
    )
