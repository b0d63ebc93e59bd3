"""`chamra dictionaries`: lint them, or ask what they know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.add_typer(dictionaries_app, name="dictionaries")


dictionaries_app = typer.Typer(
    help="Check the dictionaries, or ask why a word is or is not known.", no_args_is_help=True
)


@dictionaries_app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Your own dictionary files, besides ours.")
    ] = None,
) -> int:
    """Lint our dictionaries, and yours."""
    from dictionaries.lint import lint
    from dictionaries.user import gazetteer_with

    complaints = list(lint())
    gazetteer_with(files or ())
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
