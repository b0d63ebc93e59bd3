"""`chamra export`: write the published text to a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("export")(export)


class ExportFormat(StrEnum):
    """What `export` can write."""

    TEXT = "text"
    JSONL = "jsonl"


def export(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output_format: Annotated[
        ExportFormat, typer.Option("--format", help="text, or JSON Lines with provenance.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)],
) -> int:
    """Write the published text of a document to a file."""
    from reports.atomic import write_atomically
    from reports.export import export_jsonl, export_text
    from review.publish import published_pages
    from review.state import document_state
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        found = ws.find_document(document)
        state, published = document_state(ws, found), published_pages(ws, found)
        pieces = export_text if output_format is ExportFormat.TEXT else export_jsonl
        write_atomically(output, pieces(state, published))
    typer.echo(str(output))
    return Exit.DONE
