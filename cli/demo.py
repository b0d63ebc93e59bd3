"""`chamra demo`: the whole loop on the bundled scan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("demo")(demo)


def demo(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="Where to work.")] = Path(
        "chamra-demo"
    ),
    prefect: Annotated[bool, typer.Option("--prefect", help="Read as a Prefect flow run.")] = False,
) -> int:
    """Show the whole loop on a bundled scan: read, propose, decide, sign, publish, audit."""
    from cli.demonstration import run_demo

    return run_demo(workspace, prefect=prefect)
