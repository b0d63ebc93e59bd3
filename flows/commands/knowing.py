"""Commands about what the program knows: rules, dictionaries, places; and the demonstration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import DocumentArgument, JsonOption, WorkspaceOption
from model.errors import Exit, UsageError

dictionaries_app = typer.Typer(
    help="Check the dictionaries, or ask why a word is or is not known.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(dictionaries_app, name="dictionaries")
    app.command("places")(places)
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


def places(
    document: DocumentArgument,
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a head line.")] = False,
) -> int:
    """List the places that a document mentions, with their codes, and what is wrong with them."""
    from rich.console import Console

    from flows.place_list import document_places
    from reports.places import places_csv, places_object, places_table
    from review.state import document_state
    from workspace.workspace import Workspace

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")
    with Workspace.open(workspace, readonly=True) as ws:
        found = [document_places(ws, document_state(ws, ws.find_document(document)))]
    if as_json:
        typer.echo(json.dumps(places_object(found), ensure_ascii=False))
    elif as_csv:
        typer.echo(places_csv(found), nl=False)
    else:
        Console().print(places_table(found))
    return Exit.DONE


def rules(
    code: Annotated[
        str | None, typer.Argument(help="Explain this rule, such as GAZ101.", show_default=False)
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", "-w", help="With the levels that this workspace has learned.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """List the rules with the levels they now have, or explain one with its examples."""
    from correction.catalogue import every_rule
    from correction.levels import level_name
    from correction.rule_list import rule_object, rules_page
    from dictionaries.user import user_dictionary_files
    from flows.knowledge import knowledge
    from flows.settings import Settings

    chosen = [rule for rule in every_rule() if code is None or rule.code == code.upper()]
    if not chosen:
        raise UsageError(f"There is no rule {code}.", remedy="`chamra rules` lists them.")
    files = () if workspace is None else user_dictionary_files(workspace / "dictionaries")
    levels = {rule.code: rule.level for rule in knowledge(files, Settings().rules).rules}
    now = {rule.code: level_name(levels.get(rule.code)) for rule in chosen}
    if as_json:
        listed = [{**rule_object(rule), "effective": now[rule.code]} for rule in chosen]
        typer.echo(json.dumps({"schema": "chamra/rules/1", "rules": listed}, ensure_ascii=False))
    elif code is not None:
        typer.echo(rules_page(chosen), nl=False)
        lowered = now[chosen[0].code] != level_name(chosen[0].level)
        typer.echo(f"\nHere: {now[chosen[0].code]}." if lowered else "", nl=lowered)
    else:
        for rule in chosen:
            own = level_name(rule.level)
            lowered_from = f" (may be {own})" if now[rule.code] != own else ""
            typer.echo(f"{rule.code}  {now[rule.code]:<6}  {rule.name}{lowered_from}: {rule.message}")
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
