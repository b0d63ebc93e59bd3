"""What comes after a document's last page: rejections that hold on, and the diff report."""

from __future__ import annotations

from pathlib import Path

from dictionaries.resources import resources_with
from dictionaries.user import user_dictionary_files
from pipeline.place_list import page_places
from reports.diff import write_diff
from review.publish import published_pages
from review.rejected_before import reject_as_before
from review.state import document_state
from workspace.workspace import Workspace


def finish(workspace: Workspace, document: str, *, ask_again: bool) -> Path:
    """See to a document whose pages are all done, and give the path of its report.

    What was rejected before in the same words is rejected again, unless the run is to `ask_again`.
    """
    if not ask_again:
        reject_as_before(workspace.ledger, workspace.store, document)
    return write_report(workspace, document)


def write_report(workspace: Workspace, document: str, output: Path | None = None) -> Path:
    """Write the diff report of a document, by default into the workspace, and return its path."""
    state = document_state(workspace, document)
    path = output or workspace.path / "reports" / f"{Path(state.name).stem}-{document[:12]}.html"
    published = published_pages(workspace, document)
    resources = resources_with(user_dictionary_files(workspace.path / "dictionaries"))
    write_diff(state, workspace.store.get, path, published, lambda page: page_places(page, resources))
    return path
