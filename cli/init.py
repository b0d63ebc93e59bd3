"""`chamra init`: make a workspace."""

from __future__ import annotations

import typer

from cli.options import WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("init")(init)


def init(workspace: WorkspaceOption) -> int:
    """Make a workspace, before anything is read into it; running it again changes nothing."""
    from workspace.workspace import Workspace

    with Workspace.open(workspace, create=True) as ws:
        typer.echo(f"workspace {ws.id} at {workspace}")
    return Exit.DONE
