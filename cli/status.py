"""`chamra status`: where documents stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("status")(status)


def status(
    workspace: WorkspaceOption,
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    as_json: JsonOption = False,
) -> int:
    """Show what is read, proposed, waiting, signed, published, and what failed and why."""
    from reports.status import show_status, status_object
    from review.state import document_state, summaries
    from review.status_list import show_status_list, status_list_object
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        if document is None:
            found = summaries(ws)
            if as_json:
                typer.echo(json.dumps(status_list_object(found), ensure_ascii=False))
            else:
                show_status_list(found)
            return Exit.DONE
        state = document_state(ws, ws.find_document(document))
    if as_json:
        typer.echo(json.dumps(status_object([state]), ensure_ascii=False))
    else:
        show_status(state)
    return Exit.DONE
