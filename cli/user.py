"""The command `user`: who may log in to the review page, and what they may do there."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import user_key, user_token
from cli.options import JsonOption, WorkspaceOption
from model.errors import Exit, UsageError
from model.user import Role

if TYPE_CHECKING:
    from model.user import User

SCHEMA = "chamra/user/1"

_user = typer.Typer(
    name="user", no_args_is_help=True, help="Users of the review page: passwords and roles.",
)  # fmt: skip

LoginArgument = Annotated[str, typer.Argument(help="What the user types to log in.", show_default=False)]
RoleOption = Annotated[
    list[Role], typer.Option("--role", help="A role; may be given several times.", show_default=False)
]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    user_key.register(_user)
    user_token.register(_user)
    app.add_typer(_user)


@_user.command("add")
def add(
    login: LoginArgument,
    workspace: WorkspaceOption,
    name: Annotated[str, typer.Option(help="The name that goes on record.", show_default=False)],
    role: RoleOption,
    account: Annotated[
        str, typer.Option(help="The account of the operating system that is this person's, for ever.")
    ] = "",
    password_stdin: StdinOption = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They come through a sign-on proxy alone.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Add a user; asks for the password twice."""
    from ledger.people import users_at
    from review import users
    from review.who import who_manages
    from workspace.workspace import Workspace

    if no_password and password_stdin:
        raise UsageError("--no-password and --password-stdin exclude each other.")
    with Workspace.open(workspace) as ws:
        who = who_manages(users_at(ws.ledger))
        password = None if no_password else _password(login, password_stdin)
        made = users.add(ws, login, name, role, password, who, account=account)
    return _say(made, "added", as_json)


@_user.command("list")
def list_users(workspace: WorkspaceOption, as_json: JsonOption = False) -> int:
    """List every user, those who are kept out as well."""
    from ledger.people import users_at
    from reports.letters import safe_text
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        found = tuple(users_at(ws.ledger).values())
    if as_json:
        typer.echo(json.dumps({"schema": SCHEMA, "users": [_row(one) for one in found]}, ensure_ascii=False))
        return Exit.DONE
    for one in found:
        more = [f"account {one.account}"] if one.account else []
        more += [] if one.credential else ["no password"]
        more += [] if one.enabled else ["DISABLED"]
        typer.echo(f"{one.login}: {safe_text(one.name)}; {'; '.join([', '.join(sorted(one.roles)), *more])}")
    if not found:
        typer.echo("no users: `chamra review` serves the person at this machine alone")
    return Exit.DONE


@_user.command("role")
def role(
    login: LoginArgument, workspace: WorkspaceOption, role: RoleOption, as_json: JsonOption = False
) -> int:
    """Give a user these roles and no others."""
    from ledger.people import users_at
    from review import users
    from review.who import who_manages
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        made = users.set_roles(ws, login, role, who_manages(users_at(ws.ledger)))
    return _say(made, "holds these roles now", as_json)


@_user.command("disable")
def disable(login: LoginArgument, workspace: WorkspaceOption, as_json: JsonOption = False) -> int:
    """Keep a user out, at once; what they decided stands."""
    return _enable(login, workspace, as_json, False)


@_user.command("enable")
def enable(login: LoginArgument, workspace: WorkspaceOption, as_json: JsonOption = False) -> int:
    """Let a user in again."""
    return _enable(login, workspace, as_json, True)


@_user.command("password")
def password(
    workspace: WorkspaceOption,
    login: Annotated[
        str | None, typer.Argument(help="Whose password; one's own if not given.", show_default=False)
    ] = None,
    password_stdin: StdinOption = False,
    as_json: JsonOption = False,
) -> int:
    """Give a user another password, which they must change when they log in; or change one's own.

    Asks for it twice; for one's own, for the current one first. The user's sessions end.
    """
    from ledger.people import users_at
    from review import users
    from review.who import who_am_i, who_manages
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        known = users_at(ws.ledger)
        if login is not None:
            made = users.set_password(ws, login, _password(login, password_stdin), who_manages(known))
            return _say(made, "has a new password, to be changed at the next login", as_json)
        user, who = who_am_i(known)
        current = _current(password_stdin)
        users.refuse_wrong(ws, user, current)
        made = users.set_own_password(ws, user, current, _password(user.login, password_stdin), who)
    return _say(made, "has a new password", as_json)


def _enable(login: str, workspace: WorkspaceOption, as_json: bool, enabled: bool) -> int:
    from ledger.people import users_at
    from review import users
    from review.who import who_manages
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        made = users.set_enabled(ws, login, enabled, who_manages(users_at(ws.ledger)))
    return _say(made, "may log in" if enabled else "is kept out", as_json)


def _current(from_stdin: bool) -> str:
    """One's own password as it is now."""
    return _line() if from_stdin else str(typer.prompt("Your password now", hide_input=True))


def _password(login: str, from_stdin: bool) -> str:
    """A password from the terminal, typed twice and not shown, or the first line of standard input."""
    if not from_stdin:
        return str(typer.prompt(f"Password for {login}", hide_input=True, confirmation_prompt=True))
    return _line()


def _line() -> str:
    line = sys.stdin.buffer.readline(4096)
    try:
        return line.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError("The password is not UTF-8.") from error


def _say(user: User, what: str, as_json: bool) -> int:
    from reports.letters import safe_text

    if as_json:
        typer.echo(json.dumps({"schema": SCHEMA, "users": [_row(user)]}, ensure_ascii=False))
    else:
        typer.echo(f"{user.login} ({safe_text(user.name)}): {what}; {', '.join(sorted(user.roles))}")
    return Exit.DONE


def _row(user: User) -> dict[str, Any]:
    return {
        "login": user.login, "name": user.name, "roles": sorted(user.roles), "account": user.account,
        "enabled": user.enabled, "password": bool(user.credential),
    }  # fmt: skip
