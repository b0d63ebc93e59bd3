"""`chamra report`: write the diff report anew."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import DocumentArgument, WorkspaceOption
from model.errors import Exit


class ReportLanguage(StrEnum):
    """A language that reports are written in."""

    ENGLISH = "en"
    THAI = "th"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("report")(report)


def report(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it here.")] = None,
    language: Annotated[
        ReportLanguage, typer.Option(help="The language of its words.")
    ] = ReportLanguage.ENGLISH,
    all_lines: Annotated[
        bool,
        typer.Option("--all-lines", help="Lines on which nothing was found, too: several times the size."),
    ] = False,
) -> int:
    """Write the diff report of a document anew, with the decisions made since."""
    from pipeline.finish import write_report
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        found = ws.find_document(document)
        typer.echo(str(write_report(ws, found, output, language.value, all_lines=all_lines)))
    return Exit.DONE
