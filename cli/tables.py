"""`chamra tables`: the tables of a document."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DocumentArgument, LayerChoice, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    from model.table import DocumentTables


class TableFormat(StrEnum):
    """The forms in which tables are given out."""

    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("tables")(tables)


def tables(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    table_format: Annotated[
        TableFormat | None,
        typer.Option(
            "--format",
            help="One line a cell (csv), a sheet a table (xlsx), a page (html) or all of it (json). "
            "By default as the file is called, else json.",
            show_default=False,
        ),
    ] = None,
    layer: Annotated[
        LayerChoice, typer.Option(help="As read, with what is safe, with all proposed, or as published.")
    ] = LayerChoice.RAW,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write, or a folder to put it in; by default it is printed.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Give out the tables of a document: cells with page and box, numbers as numbers, places with their codes."""
    from cli.made_file import made_file
    from dictionaries.resources import resources_with
    from dictionaries.user import user_dictionary_files
    from pipeline.table_list import document_tables
    from reports.atomic import write_atomically
    from review.published import edition
    from workspace.workspace import Workspace

    chosen = table_format or _called(output)
    with Workspace.open(workspace, readonly=True) as ws:
        resources = resources_with(user_dictionary_files(ws.path / "dictionaries"))
        which = ws.find_document(document)
        found = document_tables(edition(ws, which), layer.value, resources)
    made = _writer(chosen)(found)
    if output is None:
        sys.stdout.buffer.write(made)
        return Exit.DONE
    path = made_file(output, found.name, f".tables.{chosen}", which)
    write_atomically(path, [made])
    typer.echo(str(path))
    return Exit.DONE


def _called(output: Path | None) -> TableFormat:
    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    return TableFormat(ending) if ending in tuple(TableFormat) else TableFormat.JSON


def _writer(chosen: TableFormat) -> Callable[[DocumentTables], bytes]:
    from reports.tables import tables_csv, tables_html, tables_object
    from reports.tables_xlsx import tables_xlsx

    return {
        TableFormat.CSV: lambda found: tables_csv(found).encode(),
        TableFormat.XLSX: tables_xlsx,
        TableFormat.HTML: lambda found: tables_html(found).encode(),
        TableFormat.JSON: lambda found: f"{json.dumps(tables_object(found), ensure_ascii=False)}\n".encode(),
    }[chosen]
