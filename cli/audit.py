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
    anchors: Annotated[
        list[Path] | None,
        typer.Option(
            "--anchors", help="Your own copy of an anchor file, kept elsewhere.", show_default=False
        ),
    ] = None,
    since: Annotated[
        str, typer.Option(help="List what was recorded from this day on (2026-01-31).", show_default=False)
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Read pages again, a sample, and compare readings and findings.")
    ] = False,
    every_page: Annotated[
        bool, typer.Option("--every-page", help="Read every page again, not a sample.")
    ] = False,
    images: Annotated[
        bool, typer.Option("--images/--no-images", help="Make every page image anew and compare it.")
    ] = True,
    html: Annotated[Path | None, typer.Option(help="Write the report to this HTML file, too.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Verify that source, image, reading, decisions, signatures and published text hold together."""
    from audit.audit import audit as verify
    from audit.report_json import report_json
    from audit.report_text import report_text
    from audit.trust import Trust
    from ocr.source.textfile import decode_text
    from pipeline.look_again import Reread, look_again
    from workspace.workspace import Workspace

    if text is not None and len(documents or ()) != 1:
        raise UsageError("--text needs exactly one document to compare with.")
    missing = [path for path in anchors or () if not path.is_file()]
    if missing:
        raise UsageError(f"There is no anchor file {missing[0]}.", remedy="Check the name.")
    trust = Trust(tuple(anchors or ()), _moment(since))
    exported = None if text is None else decode_text(text.read_bytes(), str(text))
    with Workspace.open(workspace, readonly=True) as ws:
        chosen = [ws.find_document(one) for one in documents] if documents else None
        report = verify(ws, chosen, text=exported, trust=trust)
        if images or again or every_page:
            reread = Reread.ALL if every_page else Reread.DRAWN if again else Reread.NONE
            look_again(ws, report, chosen, reread=reread)
    if html is not None:
        from audit.report_html import audit_html
        from reports.atomic import write_atomically

        write_atomically(html, audit_html(report).encode())
    typer.echo(
        json.dumps(report_json(report), ensure_ascii=False) if as_json else report_text(report), nl=as_json
    )
    return Exit.DONE if report.holds else Exit.NEEDS_A_PERSON


def _moment(day: str) -> str:
    """A day's beginning, or a moment, on this machine's clock as the ledger writes it; empty where none is given."""
    if not day:
        return ""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(day).astimezone(UTC)
    except ValueError as error:
        raise UsageError(f"{day!r} is no day.", remedy="Write 2026-01-31 or 2026-01-31T08:00.") from error
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
