"""`chamra revoke`: take signatures back."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("revoke")(revoke)


def revoke(
    document: DocumentArgument,
    pages: Annotated[list[int], typer.Argument(help="The pages, by number.", show_default=False)],
    workspace: WorkspaceOption,
    who: WhoOption,
    reason: Annotated[str, typer.Option(help="Why, for the record.", show_default=False)],
    as_json: JsonOption = False,
) -> int:
    """Revoke the signatures of pages. What was published under them stays on record and is not given out."""
    from ledger.people import users_at
    from review.rework import revoke as take_back
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        revoked = take_back(ws, ws.find_document(document), pages, reason, person)
    listed = ", ".join(str(one.page) for one in revoked)
    values = {"who": person.name, "account": person.account, "pages": [one.page for one in revoked]}
    line = f"revoked by {person.name} (account {person.account}): page {listed}"
    tell("revoke", values, [line], as_json=as_json)
    return Exit.DONE
