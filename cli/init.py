"""`chamra init`: make a workspace."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.options import WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("init")(init)


def init(
    workspace: WorkspaceOption,
    blobs: Annotated[
        str,
        typer.Option(
            envvar="CHAMRA_BLOBS_URL",
            help="Where the blobs lie, if not in the folder: s3://BUCKET/PREFIX or file:///FOLDER.",
        ),
    ] = "",
    ledger: Annotated[
        str,
        typer.Option(
            envvar="CHAMRA_LEDGER_URL",
            help="Where the ledger lies, if not in the folder: the URL of a PostgreSQL database.",
        ),
    ] = "",
    join: Annotated[
        bool, typer.Option("--join", help="Take those of a workspace that another machine has made.")
    ] = False,
) -> int:
    """Make a workspace, before anything is read into it; running it again changes nothing."""
    from workspace.folder import BLOBS_URL, LEDGER_URL
    from workspace.workspace import Workspace

    for name, value in ((BLOBS_URL, blobs), (LEDGER_URL, ledger)):
        if value:
            os.environ[name] = value
    with Workspace.open(workspace, create=True, joining=join) as ws:
        typer.echo(f"workspace {ws.id} at {workspace}")
        if ws.store.name != str(ws.path):
            typer.echo(f"blobs at {ws.store.name}")
        if not ws.ledger.is_file:
            typer.echo(f"ledger at {ws.ledger.name}")
    return Exit.DONE
