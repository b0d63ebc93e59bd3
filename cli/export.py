"""`chamra export`: write the published text to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import DocumentArgument, LayerChoice, WithExtensions, WorkspaceOption
from model.errors import ChamraError, Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("export", cls=WithExtensions)(export)


def _list_formats(wanted: bool) -> None:
    if not wanted:
        return
    from reports.export_format import export_format, export_names

    for name in export_names():
        try:
            found = export_format(name)
        except ChamraError as error:
            typer.echo(f"chamra: {error}", err=True)
        else:
            typer.echo(f"{name}  ({found.extension})  {found.description}")
    raise typer.Exit


def export(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    output_format: Annotated[
        str, typer.Option("--format", help="The form of the file: {exports}.", show_default=False)
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="The file to write, or a folder to put it in.", show_default=False
        ),
    ],
    layer: Annotated[
        LayerChoice,
        typer.Option(help="The text as read, with what is safe, with all proposed, or as published."),
    ] = LayerChoice.PUBLISHED,
    replace_text: Annotated[
        bool,
        typer.Option(
            "--replace-text",
            help="In a PDF: text that the source has of its own is not to be found any more; it is drawn as before.",
        ),
    ] = False,
    formats: Annotated[
        bool,
        typer.Option(
            "--formats", help="Say what is in each form, and end.", callback=_list_formats, is_eager=True
        ),
    ] = False,
) -> int:
    """Write the text of a document to a file, with what stands behind it as the form has it."""
    from reports.atomic import write_atomically
    from reports.export_format import export_format
    from review.published import edition
    from workspace.workspace import Workspace

    chosen = export_format(output_format)
    with Workspace.open_to_look(workspace) as ws:
        found = edition(ws, ws.find_document(document), layer.value, replaces_text=replace_text)
        path = output / f"{Path(found.state.name).stem}{chosen.extension}" if output.is_dir() else output
        write_atomically(path, chosen.of(found))
    typer.echo(str(path))
    return Exit.DONE
