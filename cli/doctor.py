"""`chamra doctor`: is the installation sound?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("doctor")(doctor)


def doctor(
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            "-w",
            envvar="CHAMRA_WORKSPACE",
            help="Also look at this workspace, and what waits in it.",
        ),
    ] = None,
    inbox: Annotated[str, typer.Option(envvar="CHAMRA_INBOX", help="Also look at this inbox.")] = "",
    server: Annotated[
        str,
        typer.Option(envvar="PREFECT_API_URL", help="Also ask this Prefect server (the address of its API)."),
    ] = "",
    review: Annotated[
        str, typer.Option(envvar="CHAMRA_REVIEW_URL", help="Also ask the review page at this address.")
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Look at everything that a run needs, and say what to do where something is not as it should be."""
    from pipeline.doctor import Health, examine

    if inbox and workspace is None:
        raise UsageError("An inbox is looked at with its workspace.", remedy="Name that with -w.")
    found = list(examine(workspace, inbox, server, review))
    if as_json:
        rows = [{"what": one.what, "health": str(one.health), "words": one.words} for one in found]
        typer.echo(json.dumps({"schema": "chamra/doctor/1", "checks": rows}, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(f"{one.health:4}  {one.what}: {one.words}")
        asked = {
            "the workspace (-w)": workspace,
            "the inbox (--inbox)": inbox,
            "the Prefect server (--server)": server,
            "the review page (--review)": review,
        }
        if left := [what for what, named in asked.items() if not named]:
            typer.echo(f"-     not looked at, for they were not named: {', '.join(left)}")
    return Exit.NEEDS_A_PERSON if any(one.health is Health.FAIL for one in found) else Exit.DONE
