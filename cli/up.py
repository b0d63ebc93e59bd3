"""`chamra up`: a single-machine installation, by one command."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from cli.options import WorkspaceOption
from model.errors import Exit, UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("up")(up)


def up(
    workspace: WorkspaceOption,
    inbox: Annotated[
        Path,
        typer.Option(envvar="CHAMRA_INBOX", help="The folder into which scans are put.", show_default=False),
    ],
    backup: Annotated[
        str, typer.Option(envvar="CHAMRA_BACKUP", help="A folder on other storage, for the nightly backup.")
    ] = "",
    who: Annotated[
        str, typer.Option(help="Who reviews at this machine, where the workspace has no users.")
    ] = "",
    url: Annotated[
        str, typer.Option(help="The address that browsers are told, behind a proxy; needs users.")
    ] = "",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The Prefect server's.")] = 4200,
    review_port: Annotated[int, typer.Option(min=1, max=65535, help="The review page's.")] = 8017,
    runs: Annotated[int, typer.Option(min=1, help="Flow runs at the same time.")] = 2,
    systemd: Annotated[
        bool, typer.Option("--systemd", help="Print a systemd unit that does this, instead.")
    ] = False,
) -> int:
    """Start server, worker, deployments and review page, keep them running, and stop them when asked to.

    The workspace must be there: `chamra init` makes one.
    """
    from flows.service import Installation, Service, unit
    from pipeline.inbox import check_inbox
    from review.who import account
    from workspace.workspace import Workspace

    Workspace.open(workspace).close()
    check_inbox(str(inbox), workspace)
    if who and url:
        raise UsageError("Give --who for this machine alone, or --url with users, not both.")
    installation = Installation(workspace, inbox, backup, port, review_port, who, url, runs)
    if systemd:
        typer.echo(unit(installation, account()), nl=False)
        return Exit.DONE
    service = Service(installation, lambda line: typer.echo(f"chamra: {line}", err=True))

    def stop(*_: object) -> None:
        service.stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    service.run()
    return Exit.DONE
