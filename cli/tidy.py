"""`chamra tidy`: housekeeping."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("tidy")(tidy)


def tidy(
    workspace: WorkspaceOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
) -> int:
    """Remove what no record names: old blobs (into the folder trash, for a week), old reports, temporary files."""
    from pipeline.tidy import tidy as tidy_up
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        done = tidy_up(ws, dry_run=dry_run)
    would = "would be " if dry_run else ""
    for words, files in (("moved to trash", done.moved), ("removed", done.removed)):
        for one in files:
            typer.echo(f"{one.path}: {would}{words}")
    for name in done.moved_back:
        typer.echo(f"trash/{name}: {would}moved back, a record names it")
    size = sum(one.size for one in done.moved)
    typer.echo(
        f"{len(done.moved)} blobs ({size:,} bytes) {would}moved, {len(done.removed)} files {would}removed"
    )
    return Exit.DONE
