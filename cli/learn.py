"""The command that learns from what reviewers have decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.safe_output import safe_console
from model.counted import counted
from model.errors import Exit

if TYPE_CHECKING:
    from review.learn import Lessons


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("learn")(learn)


def learn(
    workspace: WorkspaceOption,
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Write it into the workspace's dictionaries; else it is only shown."),
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Show what the decisions teach: words to leave alone, changes not to propose again, rules to lower."""
    from review.learn import apply_lessons, lessons
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=not apply) as ws:
        found = lessons(ws)
        path = apply_lessons(ws.path, found) if apply else None
    if as_json:
        typer.echo(json.dumps(_object(found, path), ensure_ascii=False))
    else:
        _show(found, path)
    return Exit.DONE


def _object(found: Lessons, path: Path | None) -> dict[str, Any]:
    from reports.precision import precision_object

    return {
        "schema": "chamra/learn/1",
        "decisions": found.decisions,
        "upto": found.upto,
        "applied": path is not None,
        "file": None if path is None else str(path),
        "new": list(found.new),
        "words": [{"word": word, "rejected": found.rejected.get(word, 0)} for word in found.words],
        "leave": [
            {"stands": stands, "would_be": would_be, "rejected": found.rejected.get((stands, would_be), 0)}
            for stands, would_be in sorted(found.learned.leave)
        ],
        "confusions": [
            {"truth": truth, "read": read, "count": count}
            for (truth, read), count in sorted(found.learned.confusions.items())
        ],
        "rules": {one.rule: precision_object(one) for one in found.rules},
    }


def _show(found: Lessons, path: Path | None) -> None:
    from reports.status import broken_promises

    typer.echo(f"{counted(found.decisions, 'decision')}, up to record {found.upto} of the ledger")
    for line in found.new:
        typer.echo(f"  {line}")
    broken = [one for one in found.rules if not one.kept]
    if broken:
        safe_console().print(broken_promises(broken))
    if not found.new:
        typer.echo("nothing new to learn")
    elif path is None:
        typer.echo("nothing is changed: --apply writes this into the workspace's dictionaries")
    if path is not None:
        typer.echo(f"written: {path}; the next `chamra digitise` proposes with it")
