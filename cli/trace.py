"""`chamra trace`: where a character comes from."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("trace")(trace)


class Layer(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    CURRENT = "current"
    PUBLISHED = "published"


def trace(
    document: DocumentArgument,
    page: Annotated[int, typer.Argument(help="The page, by number.", show_default=False)],
    offset: Annotated[
        int, typer.Argument(help="Code points of the page's text before the character.", show_default=False)
    ],
    workspace: WorkspaceOption,
    layer: Annotated[Layer, typer.Option(help="In which text the offset counts.")] = Layer.PUBLISHED,
    crop: Annotated[
        Path | None, typer.Option(help="Write the character's place on the page image to this PNG file.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Trace a character: file, pixels, reading, edits, rule, people, signature, anchor."""
    from cli.made_file import must_not_be_the_scan
    from reports.atomic import write_atomically
    from review.trace import trace as follow
    from review.trace_picture import picture
    from review.trace_report import trace_object, trace_text
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        which = ws.find_document(document)
        found = follow(ws, which, page, offset, layer.value)
        if crop is not None:
            must_not_be_the_scan(crop, which)
            write_atomically(crop, picture(ws.store, found))
    if as_json:
        typer.echo(json.dumps(trace_object(found), ensure_ascii=False))
    else:
        typer.echo(trace_text(found), nl=False)
    return Exit.DONE
