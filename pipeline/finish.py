"""What comes after a document's last page: rejections that hold on, and the diff report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dictionaries.resources import resources_with
from dictionaries.user import user_dictionary_files
from ledger.disk import disk_errors
from ledger.events.report_written import ReportWritten
from model.errors import ChamraError, DictionaryError, NoSpace
from reports.diff import DiffForm, write_diff
from reports.evidence_text import Language
from review.place_list import page_places
from review.published import as_of, edition
from review.rejected_before import reject_as_before
from workspace.workspace import Workspace

_MOST_BYTES = 200
"""Of a document's name in that of its report: file systems allow 255 for all of it, and Thai takes three a letter."""


@dataclass(frozen=True, slots=True)
class ReportDone:
    """A document's diff report: where it lies, or in words for the operator why there is none;
    `problem` may also say what else went wrong with the document."""

    path: str = ""
    problem: str = ""


def finish(workspace: Workspace, document: str, name: str, *, ask_again: bool) -> ReportDone:
    """See to a document whose pages are all done; errors call it `name`.

    What was rejected before in the same words is rejected again, unless the run is to `ask_again`. What goes wrong
    with this document is told, not raised, so that the others get their reports.

    Raises:
        NoSpace, DictionaryError: what would go wrong with every document.
    """
    try:
        if not ask_again:
            reject_as_before(workspace.ledger, workspace.store, document)
        return ReportDone(str(write_report(workspace, document)))
    except (NoSpace, DictionaryError):
        raise
    except ChamraError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001  one document's report, whatever is wrong with it, stops no other's
        reason = f"internal error: {type(error).__name__}: {error}. Run `chamra audit` on the workspace."
    return ReportDone(
        problem=f"{name} ({document[:12]}): its report was not written: {reason} "
        "What was read and decided is kept; `chamra report` writes the report again."
    )


def short_stem(name: str, most: int = _MOST_BYTES) -> str:
    """A file's name without its ending, cut after a whole character to at most so many bytes of UTF-8; what a terminal
    or a list would take for a command or a new line is an underscore."""
    stem = "".join(one if one.isprintable() and one != "/" else "_" for one in Path(name).stem)
    return stem.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def reported(workspace: Workspace) -> set[str]:
    """The beginnings, twelve letters long, of the ids of the documents that have a report in the workspace."""
    folder = workspace.path / "reports"
    return {path.stem[-12:] for path in folder.glob("*.html")} if folder.is_dir() else set()


def write_report(
    workspace: Workspace,
    document: str,
    output: Path | None = None,
    language: Language = "en",
    *,
    all_lines: bool = False,
) -> Path:
    """Write the diff report of a document, by default into the workspace, and return its path.

    Of the one in the workspace, by which people decide, the ledger keeps the SHA-256. `all_lines`: lines on which
    nothing was found are in it too.
    """
    found = edition(workspace, document)
    path = output or workspace.path / "reports" / f"{short_stem(found.state.name)}-{document[:12]}.html"
    resources = resources_with(user_dictionary_files(workspace.path / "dictionaries"))
    form = DiffForm(language, all_lines, as_of(workspace, document))
    write_diff(found, workspace.store.get, path, lambda page: page_places(page, resources), form)
    if output is None:
        _record(workspace, document, path)
    return path


def _record(workspace: Workspace, document: str, path: Path) -> None:
    """Record what a report holds, unless the newest record says so."""
    with disk_errors(path), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    event = ReportWritten(document, path.name, sha256)
    with workspace.ledger.writing() as batch:
        newest = batch.newest(ReportWritten, document=document)
        if newest is None or newest.event != event:
            batch.append(event)
