"""Commands about what the program knows: rules, dictionaries, places; and the demonstration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import JsonOption
from model.errors import Exit, UsageError

dictionaries_app = typer.Typer(
    help="Check the dictionaries, or ask why a word is or is not known.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(dictionaries_app, name="dictionaries")
    app.command("rules")(rules)
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


def rules(
    code: Annotated[
        str | None, typer.Argument(help="Explain this rule, such as GAZ101.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """List the rules, or explain one with its examples."""
    from correction.catalogue import default_rules
    from correction.rule_list import rule_object, rules_page

    chosen = [rule for rule in default_rules() if code is None or rule.code == code.upper()]
    if not chosen:
        raise UsageError(f"There is no rule {code}.", remedy="`chamra rules` lists them.")
    if as_json:
        listed = {"schema": "chamra/rules/1", "rules": [rule_object(rule) for rule in chosen]}
        typer.echo(json.dumps(listed, ensure_ascii=False))
    elif code is not None:
        typer.echo(rules_page(chosen), nl=False)
    else:
        for rule in chosen:
            typer.echo(f"{rule.code}  {rule.level.name.lower():<6}  {rule.name}: {rule.message}")
    return Exit.DONE


def demo(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="Where to work.")] = Path(
        "chamra-demo"
    ),
    prefect: Annotated[bool, typer.Option("--prefect", help="Read as a Prefect flow run.")] = False,
) -> int:
    """Show the whole loop on a bundled scan: read, propose, decide, sign, publish, audit."""
    from flows.demonstration import run_demo

    return run_demo(workspace, prefect=prefect)
