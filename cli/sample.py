"""`chamra sample`: acceptance sampling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.given_file import must_be_there
from cli.options import JsonOption, WhoOption, WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(sample_app, name="sample")


sample_app = typer.Typer(
    help="Acceptance sampling: draw characters to inspect, record the verdicts.", no_args_is_help=True
)


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
    lines: Annotated[
        bool, typer.Option("--lines", help="Draw whole lines: some sixty of them prove the usual limit.")
    ] = False,
    limit: Annotated[
        str | None,
        typer.Option(
            help="Prove that at most this share is wrong: 0.1% of the characters, 5% of the lines.",
            show_default=False,
        ),
    ] = None,
    confidence: Annotated[str, typer.Option(help="With this confidence.")] = "95%",
    defects: Annotated[
        int, typer.Option(min=0, help="So many wrong characters may show, and it still is proven.")
    ] = 0,
    aql: Annotated[
        str | None, typer.Option(help="ISO 2859-1 instead: the acceptance quality limit, per cent.")
    ] = None,
    level: Annotated[str, typer.Option(help="ISO 2859-1: the inspection level.")] = "II",
    seed: Annotated[
        str | None, typer.Option(help="The auditor's own 32 bytes, as `openssl rand -hex 32` gives them.")
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Draw a sample of published characters, with crops to compare and a file of verdicts to fill in."""
    from audit.sampling.inspection import sample_object
    from audit.sampling.plans import SampleUnit, scheme_asked_for
    from ledger.people import users_at
    from pipeline.sampling import draw_to
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    unit = SampleUnit.LINES if lines else SampleUnit.CHARACTERS
    scheme = scheme_asked_for(limit, confidence, defects, aql, level, unit)
    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        chosen = [ws.find_document(one) for one in documents]
        done = draw_to(ws, chosen, scheme, person, output, seed=seed)
    drawn, sheet, verdicts = done.sample, done.sheet, done.verdicts
    if as_json:
        typer.echo(json.dumps(sample_object(drawn, [str(sheet), str(verdicts)]), ensure_ascii=False))
        return Exit.DONE
    typer.echo(f"sample {drawn.id[:12]}: {drawn.scheme}")
    for lot in drawn.lots:
        typer.echo(
            f"  {lot.stratum}: {lot.plan.size} of {lot.plan.lot} {unit}, {lot.plan.accept} may be wrong"
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
    from audit.sampling.inspection import inspection_object, record_inspection
    from ledger.people import users_at
    from ocr.source.textfile import decode_text
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    must_be_there(file)
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
