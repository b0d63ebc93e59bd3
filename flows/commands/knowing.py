"""Commands about what the program knows: rules, dictionaries, places; and the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.errors import Exit

dictionaries_app = typer.Typer(
    help="Check the dictionaries, or ask why a word is or is not known.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(dictionaries_app, name="dictionaries")
    app.command("demo")(demo)


@dictionaries_app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Your own dictionary files, besides ours.")
    ] = None,
) -> int:
    """Lint our dictionaries, and yours."""
    from dictionaries.lint import lint

    complaints = list(lint())
    for complaint in complaints:
        typer.echo(str(complaint))
    return Exit.BAD_INPUT if complaints else Exit.DONE


@dictionaries_app.command("explain")
def explain(word: Annotated[str, typer.Argument(help="A word or a place name.", show_default=False)]) -> int:
    """Say what the dictionaries know of a word."""
    from dictionaries.explain import explain as look_up

    entries = look_up(word)
    for entry in entries:
        typer.echo(f"{entry.kind}: {entry.name}{f' ({entry.code})' if entry.code else ''}, {entry.source}")
    if not entries:
        typer.echo(f"{word}: not known")
    return Exit.DONE if entries else Exit.NEEDS_A_PERSON


def demo(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="Where to work.")] = Path(
        "chamra-demo"
    ),
    prefect: Annotated[bool, typer.Option("--prefect", help="Read as a Prefect flow run.")] = False,
) -> int:
    """Show the whole loop on a bundled scan: read, propose, decide, sign, publish, audit."""
    from flows.demonstration import run_demo

    return run_demo(workspace, prefect=prefect)
