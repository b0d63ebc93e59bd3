"""`chamra report`: write the diff report of a document anew, what changed in it, or the index of all reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption, ReportLanguage, WorkspaceOption
from model.errors import Exit, UsageError

SCHEMA = "chamra/report/1"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("report")(report)


def report(
    workspace: WorkspaceOption,
    document: Annotated[
        str | None,
        typer.Argument(
            help="A source path, or a document's id or its unique prefix; without it the index of all documents.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it here.")] = None,
    language: Annotated[
        ReportLanguage, typer.Option(help="The language of its words.")
    ] = ReportLanguage.ENGLISH,
    all_lines: Annotated[
        bool,
        typer.Option("--all-lines", help="Lines on which nothing was found, too: several times the size."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            help="What changed since: a record's number, as a report and the index name it, or a time (UTC).",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Write the diff report of a document anew, with the decisions made since; or the index of all documents."""
    from cli.made_file import must_not_be_the_scan
    from pipeline.finish import write_report
    from pipeline.report_index import write_changes, write_index
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=output is not None) as ws:
        if document is None:
            if since is not None or all_lines:
                raise UsageError("The index has no --since and no --all-lines.", remedy="Name a document.")
            kind, path = "index", write_index(ws, output, language.value)
        else:
            found = ws.find_document(document)
            if output is not None:
                must_not_be_the_scan(output, found)
            if since is not None:
                kind, path = "changes", write_changes(ws, found, since, output, language.value)
            else:
                kind, path = "report", write_report(ws, found, output, language.value, all_lines=all_lines)
    said = {"schema": SCHEMA, "kind": kind, "file": str(path)}
    typer.echo(json.dumps(said, ensure_ascii=False) if as_json else str(path))
    return Exit.DONE
