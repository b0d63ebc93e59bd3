"""`chamra dictionaries`: lint them, or ask what they know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption
from cli.told import tell
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
    as_json: JsonOption = False,
) -> int:
    """Lint our dictionaries, and yours."""
    from dictionaries.lint import lint
    from dictionaries.user import gazetteer_with

    complaints = list(lint())
    gazetteer_with(files or ())
    said = [str(complaint) for complaint in complaints]
    tell("dictionaries-check", {"complaints": said}, said, as_json=as_json)
    return Exit.BAD_INPUT if complaints else Exit.DONE


@dictionaries_app.command("explain")
def explain(
    word: Annotated[str, typer.Argument(help="A word or a place name.", show_default=False)],
    as_json: JsonOption = False,
) -> int:
    """Say what the dictionaries know of a word."""
    from dictionaries.explain import explain as look_up

    entries = look_up(word)
    lines = [
        f"{entry.kind}: {entry.name}{f' ({entry.code})' if entry.code else ''}, {entry.source}"
        for entry in entries
    ]
    rows = [{"kind": one.kind, "name": one.name, "code": one.code, "source": one.source} for one in entries]
    values = {"word": word, "entries": rows}
    tell("dictionaries-explain", values, lines or [f"{word}: not known"], as_json=as_json)
    return Exit.DONE if entries else Exit.NEEDS_A_PERSON
