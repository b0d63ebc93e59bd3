"""Source files into the workspace: which documents a run is about, and which pages of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.errors import BadInput, Exit, UsageError
from pipeline.inbox import record_refused
from pipeline.page_ranges import parse_pages
from pipeline.progress import Planned
from pipeline.run import Run
from pipeline.source_pool import SourcePool
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """A document that was taken into the workspace, and the pages this run shall see to."""

    document: str
    name: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """A source file that could not be taken, why, and the exit status of that."""

    path: Path
    reason: str
    exit: Exit


def admit_all(
    run: Run, paths: Sequence[Path], pages: str | None = None
) -> tuple[list[DocumentPlan], list[RefusedSource]]:
    """Take every source that can be taken, each document once, and tell of it; say why for the others."""
    plans: dict[str, DocumentPlan] = {}
    refused: list[RefusedSource] = []
    for path in paths:
        try:
            plan = admit(run.workspace, run.reading.sources, path, pages)
        except (BadInput, UsageError) as error:
            refused.append(RefusedSource(path, str(error), error.exit_status))
            continue
        if plan.document not in plans:
            run.tell(Planned(plan.document, plan.name, len(plan.pages)))
        plans.setdefault(plan.document, plan)
    return list(plans.values()), refused


def admit(workspace: Workspace, sources: SourcePool, path: Path, pages: str | None = None) -> DocumentPlan:
    """Take a source file into the workspace: its bytes, its name, the pages asked for.

    Raises:
        BadInput: not a file that can be read, with what to do about it.
        UsageError: `pages` asks for pages that the file does not have.
    """
    data = read_source(path)
    try:
        with sources.open(path) as source:
            count, kind = source.page_count, source.kind
    except BadInput as error:
        record_refused(workspace.ledger, path, data, str(error))
        raise
    numbers = parse_pages(pages, count, path.name)
    document = workspace.register_source(path, data, kind, count, numbers)
    return DocumentPlan(document, path.name, numbers)


def read_source(path: Path) -> bytes:
    """The bytes of a source file.

    Raises:
        BadInput: there is no such file, it is no plain file, it may not be read, or it is empty.
    """
    try:
        if not path.is_file():
            what = (
                "is a folder"
                if path.is_dir()
                else "does not exist"
                if not path.exists()
                else "is no plain file"
            )
            raise BadInput(f"{path} {what}.", remedy="Name a PDF, TIFF, PNG or JPEG file.")
        data = path.read_bytes()
    except PermissionError:
        raise BadInput(f"{path} may not be read.", remedy="Ask for permission to read it.") from None
    if not data:
        raise BadInput(f"{path} is empty.", remedy="Copy it again; the copy may have been cut short.")
    return data
