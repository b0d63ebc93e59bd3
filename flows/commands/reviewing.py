"""The command that serves the review page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    from review.web.door import Door


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("review")(review)


def review(
    workspace: WorkspaceOption,
    who: Annotated[
        str,
        typer.Option(
            "--who",
            prompt="Your name",
            help="Your name, recorded as claimed beside the account that acts.",
            show_default=False,
        ),
    ],
    host: Annotated[str, typer.Option(help="An address of this machine alone.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes any free port.", min=0, max=65535)] = 8017,
) -> int:
    """Serve the review page to the person at this machine, until Ctrl-C."""
    from review.web.access import Access
    from review.web.serve import Front, refuse_other_addresses, serve
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    def started(door: Door) -> None:
        if isinstance(door, Access):
            typer.echo(f"{door.who.name} (account {door.who.account}) reviews at\n  {door.entrance}")
            typer.echo(
                "The address is a password: whoever has it decides in your name. Ctrl-C ends the server."
            )

    refuse_other_addresses(host)
    with Workspace.open(workspace) as ws:
        try:
            serve(ws, at_the_terminal(who), Front(host, port), started=started)
        except KeyboardInterrupt:
            typer.echo("ended")
    return Exit.DONE
