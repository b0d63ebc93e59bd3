"""`chamra require`: what is asked of the people who work on documents."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import JsonOption, WhoOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("require")(require)


def require(
    workspace: WorkspaceOption,
    who: WhoOption,
    document: Annotated[
        str | None, typer.Argument(help="A document; all of which nothing is said where none is named.")
    ] = None,
    signatures: Annotated[
        int | None, typer.Option(help="So many different people sign each page: 1 or 2.")
    ] = None,
    keyed: Annotated[
        bool | None,
        typer.Option("--keyed/--not-keyed", help="Numbers and names are typed by two people who see neither the "
                     "reading nor each other."),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(help="So many letters on 100 pages are changed on purpose in what a reviewer is shown, and put "
                     "back by the program; 0 for none."),
    ] = None,
    as_json: JsonOption = False,
) -> int:  # fmt: skip
    """Ask more of the people who work on a document, or on all of them: on record, and held to by the audit."""
    from ledger.people import users_at
    from review.requirements import require as record
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        chosen = "" if document is None else ws.find_document(document)
        asked = record(ws, chosen, person, signatures=signatures, keyed=keyed, seeds=seeds)
    lines = [
        f"{'every other document' if document is None else document}:",
        f"  signatures on each page: {asked.signatures}",
        f"  numbers and names typed by two people: {'yes' if asked.keyed else 'no'}",
        f"  letters changed on purpose on 100 pages: {asked.seeds}",
    ]
    values = {
        "document": chosen or None,
        "signatures": asked.signatures,
        "keyed": asked.keyed,
        "seeds": asked.seeds,
    }
    tell("require", values, lines, as_json=as_json)
    return Exit.DONE
