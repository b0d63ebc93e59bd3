"""Commands of people: decide, sign, publish, export, audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("decide")(decide)
    app.command("sign")(sign)
    app.command("publish")(publish)
    app.command("export")(export)
    app.command("audit")(audit)


def decide(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    who: WhoOption,
    more: Annotated[list[str] | None, typer.Argument(help="Further ids for --accept or --reject.")] = None,
    accept: Annotated[list[str] | None, typer.Option(help="Accept this finding: ID or PAGE:ID.")] = None,
    reject: Annotated[list[str] | None, typer.Option(help="Reject this finding: ID or PAGE:ID.")] = None,
    edit: Annotated[
        tuple[str, str] | None, typer.Option(help="Replace this finding's place by TEXT.", metavar="ID TEXT")
    ] = None,
    waive: Annotated[
        tuple[int, str] | None,
        typer.Option(help="Leave a failed page out, for a reason.", metavar="PAGE REASON"),
    ] = None,
    accept_remaining: Annotated[
        bool, typer.Option("--accept-remaining", help="Accept what stands, acknowledge the flags.")
    ] = False,
    reject_remaining: Annotated[
        bool, typer.Option("--reject-remaining", help="Reject all that is open, acknowledge the flags.")
    ] = False,
    note: Annotated[str, typer.Option(help="Why, for the record.")] = "",
) -> int:
    """Decide findings of a document. Everything given in one call is recorded together or not at all."""
    chosen = [name for name, given in (("--accept", accept), ("--reject", reject)) if given]
    if more and len(chosen) != 1:
        raise UsageError(f"{more[0]!r}: further ids need exactly one of --accept and --reject before them.")
    accepted = [*(accept or ()), *(more or () if chosen == ["--accept"] else ())]
    rejected = [*(reject or ()), *(more or () if chosen == ["--reject"] else ())]
    if not (accepted or rejected or edit or waive or accept_remaining or reject_remaining):
        raise UsageError("nothing to decide.", remedy="Give --accept, --reject, --edit, --waive or --accept-remaining.")
    if accept_remaining and reject_remaining:
        raise UsageError("--accept-remaining and --reject-remaining exclude each other.")
    return 0
