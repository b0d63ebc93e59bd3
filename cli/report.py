"""`chamra report`: write the diff report anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("report")(report)


def report(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it here.")] = None,
) -> int:
    """Write the diff report of a document anew, with the decisions made since."""
    from pipeline.finish import write_report
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        typer.echo(str(write_report(ws, ws.find_document(document), output)))
    return Exit.DONE
