"""Housekeeping: what of a workspace no record names and nobody needs, moved away first and removed a week later.

A blob that no record names may be named in a moment: a run puts a blob before its record. So only old ones are moved,
into the folder `trash`; each tidying first moves back what a record names by now, and removes for good only what has
lain there for a week.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ledger.disk import disk_errors, make_directory, sweep_stale
from model.errors import WorkspaceError
from ocr.scratch import sweep_scratch
from pipeline.inbox import scanning_alone
from workspace.named import blobs_named_in, named_blobs
from workspace.workspace import Workspace

TRASH = "trash"
YOUNG_SECONDS = 24 * 3600.0
"""A blob this young may belong to a page in hand."""
TRASH_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Removal:
    """A file of the workspace that goes: what it is, its path in the workspace, its size in bytes."""

    what: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Tidied:
    """What a tidying moved into the trash, removed for good, and moved back because a record names it now."""

    moved: tuple[Removal, ...]
    removed: tuple[Removal, ...]
    moved_back: tuple[str, ...]


def tidy(workspace: Workspace, *, dry_run: bool = False, now: float | None = None) -> Tidied:
    """Tidy the workspace, or with `dry_run` say what would be done. Never touches what a record names.

    Raises:
        WorkspaceError: a scan of the inbox is at work; come back later.
        LedgerError: a record cannot be understood, so it is not known what it names.
    """
    moment = time.time() if now is None else now
    with scanning_alone(workspace.path) as alone:
        if not alone:
            raise WorkspaceError(
                "A scan of the inbox is at work on this workspace.",
                remedy="Run `chamra tidy` when it has ended.",
            )
        named = _named(workspace)
        back = [path for path in _trash(workspace) if path.name in named]
        old = [
            path
            for path in _trash(workspace)
            if path.name not in named and _age(path, moment) > TRASH_SECONDS
        ]
        spare = list(_spare_blobs(workspace, named, moment))
        reports = list(_spare_reports(workspace))
        if not dry_run:
            _move_back(workspace, back)
            _take_away(workspace, spare, moment)
            for path in [*old, *reports]:
                path.unlink(missing_ok=True)
            sweep_stale(workspace.path / "incoming")
            sweep_scratch()
    return Tidied(
        tuple(_removal(workspace, "blob", path, size) for path, size in spare),
        tuple(
            [_removal(workspace, "blob", path, 0) for path in old]
            + [_removal(workspace, "report", path, 0) for path in reports]
        ),
        tuple(path.name for path in back),
    )


def _removal(workspace: Workspace, what: str, path: Path, size: int) -> Removal:
    return Removal(what, str(path.relative_to(workspace.path)), size)


def _named(workspace: Workspace) -> set[str]:
    """What records name, and what is named in blobs that they name, down to the last."""
    named = named_blobs(workspace.ledger)
    todo = list(named)
    while todo:
        path = workspace.store.path(todo.pop())
        try:
            with path.open("rb") as file:
                content = file.read() if file.read(1) == b"{" else b""
        except OSError:
            continue
        fresh = blobs_named_in(b"{" + content) - named if content else set()
        named |= fresh
        todo += fresh
    return named


def _spare_blobs(workspace: Workspace, named: set[str], now: float) -> Iterator[tuple[Path, int]]:
    for path in sorted((workspace.path / "blobs").glob("??/*")):
        if path.name not in named and _age(path, now) > YOUNG_SECONDS:
            yield path, path.stat().st_size


def _spare_reports(workspace: Workspace) -> Iterator[Path]:
    """Reports of a document under the names that it had before, where there is a newer one."""
    by_document: defaultdict[str, list[Path]] = defaultdict(list)
    for path in (workspace.path / "reports").glob("*-????????????.html"):
        by_document[path.stem[-12:]].append(path)
    for paths in by_document.values():
        yield from sorted(paths, key=lambda path: path.stat().st_mtime)[:-1]


def _trash(workspace: Workspace) -> list[Path]:
    return sorted((workspace.path / TRASH).glob("*"))


def _move_back(workspace: Workspace, paths: list[Path]) -> None:
    for path in paths:
        target = workspace.store.path(path.name)
        with disk_errors(target):
            make_directory(target.parent)
            path.replace(target)


def _take_away(workspace: Workspace, spare: list[tuple[Path, int]], now: float) -> None:
    """Move blobs into the trash; first the recipes that lead to them, so that no run meets one on its way out."""
    if not spare:
        return
    doomed = {path.name for path, _ in spare}
    for recipe in (workspace.path / "recipes").glob("??/*"):
        with suppress(OSError):
            if recipe.read_text("ascii", "replace").strip() in doomed:
                recipe.unlink()
    head = workspace.ledger.head().seq
    trash = workspace.path / TRASH
    with disk_errors(trash):
        make_directory(trash)
        for path, _ in spare:
            path.replace(trash / path.name)
    # From this moment on it lies in the trash for a week, however old it is.
    for path, _ in spare:
        with suppress(OSError):
            (trash / path.name).touch()
    _move_back(workspace, [trash / name for name in named_blobs(workspace.ledger, head) & doomed])


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:
        return 0.0
