"""`chamra dismiss`: nothing is to be done about a file that was refused."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import JsonOption, WhoOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("dismiss")(dismiss)


def dismiss(
    files: Annotated[
        list[str],
        typer.Argument(help="Refused files, by name or by the digits that `chamra status` shows.", show_default=False),
    ],
    workspace: WorkspaceOption,
    who: WhoOption,
    reason: Annotated[str, typer.Option(help="Why, for the record.", show_default=False)],
    as_json: JsonOption = False,
) -> int:  # fmt: skip
    """Say that nothing is to be done about refused files: they leave the quarantine and `chamra status --check`."""
    from ledger.people import users_at
    from pipeline.quarantine import set_aside
    from review.refused import dismiss as record
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        done = record(ws, files, reason, person)
        set_aside(ws, {})
    values = {
        "who": person.name,
        "account": person.account,
        "files": [{"content": one.content, "name": one.name} for one in done],
    }
    listed = ", ".join(one.name for one in done)
    tell(
        "dismiss",
        values,
        [f"dismissed by {person.name} (account {person.account}): {listed}"],
        as_json=as_json,
    )
    return Exit.DONE
