"""Commands of the auditor: audit, trace."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import DocumentArgument, JsonOption, WorkspaceOption
from model.errors import Exit, UsageError


class Layer(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    PUBLISHED = "published"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("audit")(audit)
    app.command("trace")(trace)


def audit(
    workspace: WorkspaceOption,
    documents: Annotated[
        list[str] | None, typer.Argument(help="Only these documents.", show_default=False)
    ] = None,
    text: Annotated[
        Path | None, typer.Option(help="Also compare this exported text with the one document given.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Verify that source, image, reading, decisions, signatures and published text hold together."""
    from ocr.textfile import decode_text
    from review.audit import audit as verify
    from review.audit_report import report_json, report_text
    from workspace.workspace import Workspace

    if text is not None and len(documents or ()) != 1:
        raise UsageError("--text needs exactly one document to compare with.")
    exported = None if text is None else decode_text(text.read_bytes(), str(text))
    with Workspace.open(workspace, readonly=True) as ws:
        chosen = [ws.find_document(one) for one in documents] if documents else None
        report = verify(ws, chosen, text=exported)
    typer.echo(
        json.dumps(report_json(report), ensure_ascii=False) if as_json else report_text(report), nl=as_json
    )
    return Exit.DONE if report.holds else Exit.NEEDS_A_PERSON


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
    from reports.atomic import write_atomically
    from review.trace import trace as follow
    from review.trace_picture import picture
    from review.trace_report import trace_object, trace_text
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        found = follow(ws, ws.find_document(document), page, offset, layer.value)
        if crop is not None:
            write_atomically(crop, picture(ws, found))
    if as_json:
        typer.echo(json.dumps(trace_object(found), ensure_ascii=False))
    else:
        typer.echo(trace_text(found), nl=False)
    return Exit.DONE
