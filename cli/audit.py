"""`chamra audit`: verify that everything holds together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("audit")(audit)


def audit(
    workspace: WorkspaceOption,
    documents: Annotated[
        list[str] | None, typer.Argument(help="Only these documents.", show_default=False)
    ] = None,
    text: Annotated[
        Path | None, typer.Option(help="Also compare this exported text with the one document given.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report to this HTML file, too.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Verify that source, image, reading, decisions, signatures and published text hold together."""
    from audit.audit import audit as verify
    from audit.report import report_json, report_text
    from ocr.source.textfile import decode_text
    from workspace.workspace import Workspace

    if text is not None and len(documents or ()) != 1:
        raise UsageError("--text needs exactly one document to compare with.")
    exported = None if text is None else decode_text(text.read_bytes(), str(text))
    with Workspace.open(workspace, readonly=True) as ws:
        chosen = [ws.find_document(one) for one in documents] if documents else None
        report = verify(ws, chosen, text=exported)
    if html is not None:
        from audit.report_html import audit_html
        from reports.atomic import write_atomically

        write_atomically(html, audit_html(report).encode())
    typer.echo(
        json.dumps(report_json(report), ensure_ascii=False) if as_json else report_text(report), nl=as_json
    )
    return Exit.DONE if report.holds else Exit.NEEDS_A_PERSON
