"""`chamra return`: give a page back to be worked on again."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import DocumentArgument, JsonOption, WhoOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("return")(return_page)


def return_page(
    document: DocumentArgument,
    page: Annotated[int, typer.Argument(help="The page, by number.", show_default=False)],
    note: Annotated[str, typer.Argument(help="What is to be done, or was done.", show_default=False)],
    workspace: WorkspaceOption,
    who: WhoOption,
    done: Annotated[
        bool, typer.Option("--done", help="What the page was returned for has been seen to.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Return a page to be worked on again: it waits, and must be signed anew."""
    from ledger.people import users_at
    from review.rework import answer
    from review.rework import return_page as give_back
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        found = ws.find_document(document)
        if done:
            answer(ws, found, page, person, note=note)
        else:
            give_back(ws, found, page, note, person)
    said = "answered" if done else "returned"
    values = {"who": person.name, "account": person.account, "page": page, "answered": done}
    tell(
        "return",
        values,
        [f"{said} by {person.name} (account {person.account}): page {page}"],
        as_json=as_json,
    )
    return Exit.DONE
