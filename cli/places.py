"""`chamra places`: the places that a document mentions."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WorkspaceOption
from cli.safe_output import safe_console
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("places")(places)


def places(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a head line.")] = False,
) -> int:
    """List the places that a document mentions, with their codes, and what is wrong with them."""
    from dictionaries.resources import resources_with
    from dictionaries.user import user_dictionary_files
    from reports.places import places_csv, places_object, places_table
    from review.place_list import document_places
    from review.state import document_state
    from workspace.workspace import Workspace

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    with Workspace.open(workspace, readonly=True) as ws:
        resources = resources_with(user_dictionary_files(ws.path / "dictionaries"))
        found = [document_places(document_state(ws, ws.find_document(document)), resources)]
    if as_json:
        typer.echo(json.dumps(places_object(found), ensure_ascii=False))
    elif as_csv:
        typer.echo(places_csv(found), nl=False)
    else:
        safe_console().print(places_table(found))
    return Exit.DONE
