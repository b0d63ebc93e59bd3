"""The commands `user token`: what programs show in place of a password."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import JsonOption, WorkspaceOption
from model.api_token import Scope
from model.errors import Exit

if TYPE_CHECKING:
    from model.api_token import ApiToken

SCHEMA = "chamra/user-token/1"

_token = typer.Typer(
    name="token", no_args_is_help=True, help="Tokens for programs: whose, for what, until when.",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to those about users."""
    app.add_typer(_token)


@_token.command("add")
def add(
    login: Annotated[str, typer.Argument(help="The user for whom the program asks.", show_default=False)],
    workspace: WorkspaceOption,
    scope: Annotated[
        list[Scope],
        typer.Option("--scope", help="What it is for; may be given several times.", show_default=False),
    ],
    note: Annotated[str, typer.Option(help="Which program, and why.", show_default=False)],
    days: Annotated[int, typer.Option(help="How long it counts.", min=1, max=366)] = 90,
    as_json: JsonOption = False,
) -> int:
    """Give a user a token, which is printed this once; never for more than the user may."""
    from ledger.people import users_at
    from review.tokens import give
    from review.who import who_manages
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        who = who_manages(users_at(ws.ledger))
        secret, made = give(ws, login, scope, days, note, who, datetime.now(UTC))
    return _say([made], as_json, secret)


@_token.command("list")
def list_tokens(workspace: WorkspaceOption, as_json: JsonOption = False) -> int:
    """List the tokens that were given and not taken back."""
    from ledger.tokens import Tokens
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        found = list(Tokens(ws.ledger).now().values())
    return _say(found, as_json)


@_token.command("revoke")
def revoke(
    token: Annotated[str, typer.Argument(help="The token, as `list` names it.", show_default=False)],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> int:
    """Take a token back, at once."""
    from ledger.people import users_at
    from review.tokens import end
    from review.who import who_manages
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        ended = end(ws, token, who_manages(users_at(ws.ledger)))
    return _say([ended], as_json)


def _say(tokens: list[ApiToken], as_json: bool, secret: str | None = None) -> int:
    from ledger.tokens import counts
    from reports.letters import safe_text

    now = datetime.now(UTC)
    if as_json:
        rows = [_row(one, now) for one in tokens]
        typer.echo(json.dumps({"schema": SCHEMA, "tokens": rows, "secret": secret}, ensure_ascii=False))
        return Exit.DONE
    for one in tokens:
        ended = "" if counts(one, now) else ", which is past"
        typer.echo(
            f"{one.id}: {one.login}, {', '.join(sorted(one.scopes))}, until {one.until}{ended}; {safe_text(one.note)}"
        )
    if secret is not None:
        typer.echo(secret)
    elif not tokens:
        typer.echo("no tokens")
    return Exit.DONE


def _row(one: ApiToken, now: datetime) -> dict[str, Any]:
    from ledger.tokens import counts

    return {
        "id": one.id, "login": one.login, "scopes": sorted(one.scopes), "until": one.until, "note": one.note,
        "counts": counts(one, now),
    }  # fmt: skip
