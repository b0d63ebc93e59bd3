"""`chamra init`: make a workspace."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.told import tell
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
    as_json: JsonOption = False,
) -> int:
    """Make a workspace, before anything is read into it; running it again changes nothing."""
    from workspace.folder import BLOBS_URL, LEDGER_URL
    from workspace.workspace import Workspace

    for name, value in ((BLOBS_URL, blobs), (LEDGER_URL, ledger)):
        if value:
            os.environ[name] = value
    with Workspace.open(workspace, create=True, joining=join) as ws:
        away = ws.store.name if ws.store.name != str(ws.path) else None
        other = None if ws.ledger.is_file else ws.ledger.name
        lines = [f"workspace {ws.id} at {workspace}"]
        lines += [f"blobs at {away}"] if away else []
        lines += [f"ledger at {other}"] if other else []
        values = {"id": ws.id, "workspace": str(workspace), "blobs": away, "ledger": other}
        tell("init", values, lines, as_json=as_json)
    return Exit.DONE
