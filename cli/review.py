"""The command that serves the review page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import WorkspaceOption
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from review.uploads import Inbox
    from review.web.authenticator import Authenticator


InboxOption = Annotated[
    Path | None,
    typer.Option(
        envvar="CHAMRA_INBOX", help="Scans that are sent to the page are put here.", show_default=False
    ),
]
HeaderOption = Annotated[
    str, typer.Option(help="The header in which that proxy names who has logged in there.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("review")(review)


def review(
    workspace: WorkspaceOption,
    who: Annotated[
        str,
        typer.Option(
            "--who",
            help="Your name, recorded as claimed beside the account that acts; where the workspace has no "
            "users.",
            show_default=False,
        ),
    ] = "",
    host: Annotated[str, typer.Option(help="Another one than this machine's own needs users.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes any free port.", min=0, max=65535)] = 8017,
    url: Annotated[str, typer.Option(help="The address that browsers are told, behind a proxy.")] = "",
    trust_proxy: Annotated[
        list[str] | None,
        typer.Option(help="The address of a reverse proxy; nobody else may connect then."),
    ] = None,
    user_header: HeaderOption = "",
    inbox: InboxOption = None,
) -> int:
    """Serve the review page until Ctrl-C: to its users, or to the person at this machine."""
    from ledger.people import users_at
    from pipeline.asked_reader import AskedReader
    from review.web.serve import ServerOptions, check, serve
    from review.who import at_the_terminal
    from workspace.workspace import Workspace

    options = ServerOptions(host, port, url, tuple(trust_proxy or ()), user_header, _inbox(inbox, workspace))
    with Workspace.open(workspace) as ws:
        with_users = bool(users_at(ws.ledger))
        check(options, with_users=with_users)
        if with_users and who:
            raise UsageError("The workspace has users, who log in.", remedy="Leave out --who.")
        person = None if with_users else at_the_terminal(who or typer.prompt("Your name"))
        try:
            with AskedReader(ws) as reader:
                serve(
                    ws,
                    person,
                    options,
                    started=partial(_say_where, url, proxied=bool(trust_proxy)),
                    reads=reader.wake,
                )
        except KeyboardInterrupt:
            typer.echo("ended")
    return Exit.DONE


def _inbox(folder: Path | None, workspace: Path) -> Inbox | None:
    """Where scans are put, held to what a run holds files to."""
    from pipeline.inbox import check_inbox
    from pipeline.settings import Settings
    from review.uploads import Inbox

    if folder is None:
        return None
    settings = Settings()
    found = check_inbox(str(folder), workspace)
    return Inbox(found, settings.max_bytes, settings.limits(), settings.min_free_mb)


def _say_where(url: str, authenticator: Authenticator, entrance: str, *, proxied: bool) -> None:
    """Say where the page is, and what is to be thought of with it."""
    from review.web.access import Access

    if isinstance(authenticator, Access):
        typer.echo(f"{authenticator.who.name} (account {authenticator.who.account}) reviews at\n  {entrance}")
        typer.echo("The address is a password: whoever has it decides in your name. Ctrl-C ends the server.")
        return
    typer.echo(f"The users of this workspace log in at\n  {entrance}\nCtrl-C ends the server.")
    if url.startswith("https:") and not proxied:
        typer.echo(
            "All browsers seem to come from one address here, so wrong passwords of one lock all out for a while: "
            "give --trust-proxy ADDRESS of the proxy.",
            err=True,
        )
    if url.startswith("http:"):
        typer.echo("Without TLS, passwords cross the network in the clear.", err=True)
