"""`chamra sign`: sign the pages of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cli.options import DocumentArgument, WhoOption, WorkspaceOption
from cli.page_lists import listed_pages
from model.errors import Exit

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("sign")(sign)


def sign(document: DocumentArgument, workspace: WorkspaceOption, who: WhoOption) -> int:
    """Sign every page of a document as its text now stands."""
    from ledger.people import users_at
    from review.sign import sign as put_name
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        person = at_the_terminal(who, users_at(ws.ledger))
        signed = put_name(ws, ws.find_document(document), person)
    pages = listed_pages(signoff.page for signoff in signed.signoffs)
    typer.echo(f"signed by {person.name} (account {person.account}): {pages}")
    if signed.signoffs:
        typer.echo(f"  policy {signed.signoffs[0].policy} accepted {signed.accepted_by_policy} safe changes")
    if signed.unchanged:
        typer.echo(f"  signed before and unchanged: {listed_pages(signed.unchanged)}")
    if signed.countersign:
        typer.echo(f"  a second person must sign, from another account: {listed_pages(signed.countersign)}")
    if signed.waived:
        typer.echo(f"  left out: {listed_pages(signed.waived)}")
    if signed.anchor:
        typer.echo(f"  anchored: record {signed.anchor.seq} in {', '.join(map(str, ws.anchors))}")
    return Exit.DONE
