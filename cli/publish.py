"""`chamra publish`: publish what is signed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.page_lists import listed_pages
from model.errors import Exit

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("publish")(publish)


def publish(
    workspace: WorkspaceOption,
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    as_json: JsonOption = False,
) -> int:
    """Publish what is signed. Running it again changes nothing."""
    from pipeline.publishing import publish_signed
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        result = publish_signed(ws, ws.find_document(document) if document else None)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return Exit.DONE
    for row in result["published"]:
        typer.echo(f"{row['name']}: published {listed_pages(row['pages'])}")
    if not result["published"]:
        typer.echo("nothing new is signed")
    return Exit.DONE
