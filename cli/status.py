"""`chamra status`: where documents stand."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.safe_output import safe_console
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("status")(status)


def status(
    workspace: WorkspaceOption,
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Documents with pages that failed.")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Documents in which a finding waits.")] = False,
    since: Annotated[
        str, typer.Option(help="Documents that came at this day or later, such as 2026-11-01.")
    ] = "",
    name: Annotated[str, typer.Option(help="Documents whose name holds this.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="End with status 1 when something failed or was refused.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Show what is read, proposed, waiting, signed, published, and what failed or was refused and why."""
    from reports.status import show_status, status_object
    from review.state import document_state
    from review.status_list import Filter, show_status_list, standing, status_list_object
    from workspace.workspace import Workspace

    if document is not None and (failed or waiting or since or name or everything):
        raise UsageError(
            "--failed, --waiting, --since, --name and --all choose among documents, and one is named.",
            remedy="Give the document or the options.",
        )
    with Workspace.open_to_look(workspace) as ws:
        if lost := ws.lost():
            typer.echo(f"chamra: {lost} `chamra doctor` says what to do.", err=True)
        if document is None:
            found = standing(ws, Filter(failed, waiting, _day(since), name))
            if as_json:
                typer.echo(json.dumps(status_list_object(found), ensure_ascii=False))
            else:
                show_status_list(found, console=safe_console(), everything=everything)
            return Exit.NEEDS_A_PERSON if check and (lost or found.needs_operator) else Exit.DONE
        state = document_state(ws, ws.find_document(document))
    if as_json:
        typer.echo(json.dumps(status_object([state]), ensure_ascii=False))
    else:
        show_status(state, safe_console())
    troubled = lost or any(page.failed for page in state.pages)
    return Exit.NEEDS_A_PERSON if check and troubled else Exit.DONE


def _day(given: str) -> str:
    try:
        return given and date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(f"{given} is no day.", remedy="Give year, month and day: 2026-11-01.") from None
