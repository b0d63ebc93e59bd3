"""Commands that take something back: revoke, return."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.options import DocumentArgument, WhoOption, WorkspaceOption
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("revoke")(revoke)
    app.command("return")(return_page)


def revoke(
    document: DocumentArgument,
    pages: Annotated[list[int], typer.Argument(help="The pages, by number.", show_default=False)],
    workspace: WorkspaceOption,
    who: WhoOption,
    reason: Annotated[str, typer.Option(help="Why, for the record.", show_default=False)],
) -> int:
    """Revoke the signatures of pages. What was published under them stays on record and is not given out."""
    from review.rework import revoke as take_back
    from review.users import users_at
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        revoked = take_back(ws, ws.find_document(document), pages, reason, person)
    listed = ", ".join(str(one.page) for one in revoked)
    typer.echo(f"revoked by {person.name} (account {person.account}): page {listed}")
    return Exit.DONE


def return_page(
    document: DocumentArgument,
    page: Annotated[int, typer.Argument(help="The page, by number.", show_default=False)],
    note: Annotated[str, typer.Argument(help="What is to be done, or was done.", show_default=False)],
    workspace: WorkspaceOption,
    who: WhoOption,
    done: Annotated[
        bool, typer.Option("--done", help="What the page was returned for has been seen to.")
    ] = False,
) -> int:
    """Return a page to be worked on again: it waits, and must be signed anew."""
    from review.rework import answer
    from review.rework import return_page as give_back
    from review.users import users_at
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
    typer.echo(f"{said} by {person.name} (account {person.account}): page {page}")
    return Exit.DONE
