"""`chamra tidy`: housekeeping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.told import tell
from model.counted import counted
from model.errors import Exit

if TYPE_CHECKING:
    from pipeline.tidy import Tidied


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("tidy")(tidy)


def tidy(
    workspace: WorkspaceOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Remove what no record names: old blobs (into the folder trash, for a week), old reports, temporary files."""
    from pipeline.tidy import tidy as tidy_up
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        done = tidy_up(ws, dry_run=dry_run)
    values = {
        "dry_run": dry_run,
        "moved": [{"path": str(one.path), "bytes": one.size} for one in done.moved],
        "removed": [{"path": str(one.path), "bytes": one.size} for one in done.removed],
        "moved_back": list(done.moved_back),
    }
    tell("tidy", values, _lines(done, dry_run), as_json=as_json)
    return Exit.DONE


def _lines(done: Tidied, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    for words, files in (("moved to trash", done.moved), ("removed", done.removed)):
        for one in files:
            yield f"{one.path}: {would}{words}"
    for name in done.moved_back:
        yield f"trash/{name}: {would}moved back, a record names it"
    size = sum(one.size for one in done.moved)
    moved, removed = counted(len(done.moved), "blob"), counted(len(done.removed), "file")
    yield f"{moved} ({counted(size, 'byte')}) {would}moved, {removed} {would}removed"
