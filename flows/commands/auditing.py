"""Commands of the auditor: audit, trace, sample."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from model.errors import Exit, UsageError

sample_app = typer.Typer(
    help="Acceptance sampling: draw characters to inspect, record the verdicts.", no_args_is_help=True
)


class Layer(StrEnum):
    """The layers of a document's text."""

    RAW = "raw"
    SAFE = "safe"
    PROPOSED = "proposed"
    CURRENT = "current"
    PUBLISHED = "published"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("audit")(audit)
    app.command("trace")(trace)
    app.add_typer(sample_app, name="sample")


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
    if html is not None:
        from reports.atomic import write_atomically
        from review.audit_html import audit_html

        write_atomically(html, audit_html(report).encode())
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


@sample_app.command("draw")
def draw(
    documents: Annotated[
        list[str], typer.Argument(help="Source paths, or documents' ids.", show_default=False)
    ],
    workspace: WorkspaceOption,
    who: WhoOption,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for the sheet and the file of verdicts.")
    ] = Path("sample"),
    limit: Annotated[
        str, typer.Option(help="Prove that at most this share of the characters is wrong.")
    ] = "0.1%",
    confidence: Annotated[str, typer.Option(help="With this confidence.")] = "95%",
    defects: Annotated[
        int, typer.Option(min=0, help="So many wrong characters may show, and it still is proven.")
    ] = 0,
    aql: Annotated[
        str | None, typer.Option(help="ISO 2859-1 instead: the acceptance quality limit, per cent.")
    ] = None,
    level: Annotated[str, typer.Option(help="ISO 2859-1: the inspection level.")] = "II",
    as_json: JsonOption = False,
) -> int:
    """Draw a sample of published characters, with crops to compare and a file of verdicts to fill in."""
    from reports.atomic import write_atomically
    from review.inspection import sample_object, verdict_file
    from review.sample import draw_sample
    from review.sample_plans import scheme_asked_for
    from review.sample_sheet import render_sheet
    from review.users import users_at
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    scheme = scheme_asked_for(limit, confidence, defects, aql, level)
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        drawn = draw_sample(ws, [ws.find_document(one) for one in documents], scheme, person)
        sheet, verdicts = output / f"{drawn.id[:12]}.html", output / f"{drawn.id[:12]}.csv"
        write_atomically(sheet, render_sheet(ws, drawn).encode())
    write_atomically(verdicts, verdict_file(drawn).encode("utf-8-sig"))
    if as_json:
        typer.echo(json.dumps(sample_object(drawn, [str(sheet), str(verdicts)]), ensure_ascii=False))
        return Exit.DONE
    typer.echo(f"sample {drawn.id[:12]}: {drawn.scheme}")
    for lot in drawn.lots:
        typer.echo(
            f"  {lot.stratum}: {lot.plan.size} of {lot.plan.lot} characters, {lot.plan.accept} may be wrong"
        )
    typer.echo(f"  compare:  {sheet}\n  fill in:  {verdicts}")
    return Exit.DONE


@sample_app.command("record")
def record(
    file: Annotated[Path, typer.Argument(help="The filled-in file of verdicts.", show_default=False)],
    workspace: WorkspaceOption,
    who: WhoOption,
    as_json: JsonOption = False,
) -> int:
    """Record the verdicts on a sample, and say whether it is accepted."""
    from ocr.textfile import decode_text
    from review.inspection import inspection_object, record_inspection
    from review.users import users_at
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    if not file.is_file():
        raise UsageError(f"There is no file {file}.", remedy="Check the name.")
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        found = record_inspection(ws, decode_text(file.read_bytes(), str(file)), person)
    if as_json:
        typer.echo(json.dumps(inspection_object(found), ensure_ascii=False))
    else:
        for one in found.results:
            low, high = one.interval
            typer.echo(
                f"{one.lot.stratum}: {one.wrong} of {one.lot.plan.size} wrong; with 95 % confidence between "
                f"{low:.4%} and {high:.4%} (Clopper-Pearson): {'accepted' if one.accepted else 'NOT accepted'}"
            )
        typer.echo(f"{found.sample.scheme}: {'accepted.' if found.accepted else 'NOT accepted.'}")
    return Exit.DONE if found.accepted else Exit.NEEDS_A_PERSON
