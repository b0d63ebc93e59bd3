"""`chamra rules`: the rules and the levels they now have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("rules")(rules)


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
    from pipeline.knowledge import knowledge
    from pipeline.settings import Settings

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
