"""Housekeeping: what of a workspace no record names and nobody needs, moved away first and removed a week later.

A blob that no record names may be named in a moment: a run puts a blob before its record. So only old ones are moved,
into the folder `trash`; each tidying first moves back what a record names by now, and removes for good only what has
lain there for a week.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ledger.disk import sweep_stale
from model.errors import WorkspaceError
from ocr.scratch import sweep_scratch
from pipeline.inbox import scanning_alone
from workspace.files import FileLook, Files
from workspace.named import blobs_named_in, named_blobs
from workspace.store import blob_key, is_kept
from workspace.workspace import Workspace

TRASH = "trash"
YOUNG_SECONDS = 24 * 3600.0
"""A blob this young may belong to a page in hand."""
TRASH_SECONDS = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Removal:
    """A file of the workspace that goes: what it is, its path in the workspace or the store, its size in bytes."""

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
    files = workspace.store.files
    with scanning_alone(workspace) as alone:
        if not alone:
            raise WorkspaceError(
                "A scan of the inbox is at work on this workspace.",
                remedy="Run `chamra tidy` when it has ended.",
            )
        named = _named(workspace)
        trash = list(files.listing(TRASH))
        back = [key for key, _ in trash if _name(key) in named]
        old = [key for key, look in trash if _name(key) not in named and moment - look.when > TRASH_SECONDS]
        spare = list(_spare_blobs(files, named, moment))
        reports = list(_spare_reports(workspace))
        if not dry_run:
            _move_back(files, back)
            _take_away(workspace, [key for key, _ in spare])
            for key in old:
                files.remove(key)
            for path in reports:
                path.unlink(missing_ok=True)
            sweep_stale(workspace.path / "incoming")
            workspace.store.sweep_copies(moment)
            sweep_scratch()
    return Tidied(
        tuple(Removal("blob", key, look.size) for key, look in spare),
        tuple(
            [Removal("blob", key, 0) for key in old]
            + [Removal("report", str(path.relative_to(workspace.path)), 0) for path in reports]
        ),
        tuple(_name(key) for key in back),
    )


def _name(key: str) -> str:
    return key.rpartition("/")[2]


def _named(workspace: Workspace) -> set[str]:
    """What records name, and what is named in blobs that they name, down to the last."""
    named = named_blobs(workspace.ledger)
    todo = list(named)
    while todo:
        fresh = blobs_named_in(_json_of(workspace.store.files, todo.pop())) - named
        named |= fresh
        todo += fresh
    return named


def _json_of(files: Files, sha256: str) -> bytes:
    """A blob of ours, which is JSON; nothing for a source file or a picture, of which no more than a piece is read."""
    pieces = files.pieces(blob_key(sha256))
    if pieces is None:
        return b""
    first = next(iter(pieces), b"")
    return first + b"".join(pieces) if first.startswith(b"{") else b""


def _spare_blobs(files: Files, named: set[str], now: float) -> Iterator[tuple[str, FileLook]]:
    for key, look in files.listing("blobs"):
        if is_kept(key) and _name(key) not in named and now - look.when > YOUNG_SECONDS:
            yield key, look


def _spare_reports(workspace: Workspace) -> Iterator[Path]:
    """Reports of a document under the names that it had before, where there is a newer one."""
    by_document: defaultdict[str, list[Path]] = defaultdict(list)
    for path in (workspace.path / "reports").glob("*-????????????.html"):
        by_document[path.stem[-12:]].append(path)
    for paths in by_document.values():
        yield from sorted(paths, key=lambda path: path.stat().st_mtime)[:-1]


def _move_back(files: Files, keys: Iterable[str]) -> None:
    for key in keys:
        files.move(key, blob_key(_name(key)))


def _take_away(workspace: Workspace, spare: list[str]) -> None:
    """Move blobs into the trash, where each lies for a week from this moment on, however old it is; first remove the
    recipes that lead to them, so that no run meets one on its way out."""
    if not spare:
        return
    files = workspace.store.files
    doomed = {_name(key) for key in spare}
    for key, _ in files.listing("recipes"):
        if (files.read(key) or b"").decode("ascii", "replace").strip() in doomed:
            files.remove(key)
    head = workspace.ledger.head().seq
    for key in spare:
        files.move(key, f"{TRASH}/{_name(key)}")
    _move_back(files, [f"{TRASH}/{name}" for name in named_blobs(workspace.ledger, head) & doomed])
