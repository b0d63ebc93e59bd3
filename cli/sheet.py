"""`chamra sheet`: what waits for a decision, as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("sheet")(sheet)


def sheet(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The XLSX file to write.", show_default=False)
    ],
    as_json: JsonOption = False,
) -> int:
    """Write what waits for a decision to a spreadsheet, to be filled in and read back by `chamra decide --sheet`."""
    from cli.made_file import must_not_be_the_scan
    from reports.atomic import write_atomically
    from review.decision_sheet import write_decision_sheet
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        which = ws.find_document(document)
        must_not_be_the_scan(output, which)
        write_atomically(output, write_decision_sheet(ws, which))
    tell("sheet", {"file": str(output)}, [str(output)], as_json=as_json)
    return Exit.DONE
