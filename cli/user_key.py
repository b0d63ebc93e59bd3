"""The commands `user key`: which key signs for whom, from when to when."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import JsonOption, WorkspaceOption
from model.errors import Exit

if TYPE_CHECKING:
    from ledger.signing.allowed_signers import AllowedSigner, AllowedSigners

SCHEMA = "chamra/user-key/1"

_key = typer.Typer(
    name="key", no_args_is_help=True, help="Keys that sign: the list of allowed signers, outside the workspace.",
)  # fmt: skip

FromOption = Annotated[
    datetime | None,
    typer.Option("--from", help="From this time on (UTC); now if not given.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the commands to those about users."""
    app.add_typer(_key)


@_key.command("add")
def add(
    login: Annotated[
        str,
        typer.Argument(
            help="Whose key: a login, or an account of this machine where there are no users.",
            show_default=False,
        ),
    ],
    file: Annotated[
        Path,
        typer.Argument(
            help="The public key, such as id_ed25519.pub, or a certificate, PEM.", show_default=False
        ),
    ],
    workspace: WorkspaceOption,
    since: FromOption = None,
    until: Annotated[
        datetime | None, typer.Option("--until", help="Until this time (UTC).", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Put a public key on the list: from then on this person signs with it, and without it nobody signs for them."""
    from ledger.signing.allowed_signers import read_signers
    from review.keys import add_key, public_key_in
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        key, comment, ends = public_key_in(file)
        add_key(ws, login, key, comment, since=_utc(since), until=_utc(until) or ends)
        return _say(read_signers(ws.signers), as_json)


@_key.command("list")
def list_keys(workspace: WorkspaceOption, as_json: JsonOption = False) -> int:
    """List every key, those that count no longer as well."""
    from ledger.signing.allowed_signers import read_signers
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        return _say(read_signers(ws.signers), as_json)


@_key.command("revoke")
def revoke(
    fingerprint: Annotated[
        str, typer.Argument(help="The key, as `list` names it: SHA256:...", show_default=False)
    ],
    workspace: WorkspaceOption,
    since: FromOption = None,
    as_json: JsonOption = False,
) -> int:
    """Let a key count no longer; with `--from` since it was lost. What it signed before stands."""
    from ledger.signing.allowed_signers import read_signers
    from review.keys import end_key
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        end_key(ws, fingerprint, _utc(since))
        return _say(read_signers(ws.signers), as_json)


def _utc(when: datetime | None) -> datetime | None:
    return None if when is None else when.replace(tzinfo=UTC)


def _say(signers: AllowedSigners, as_json: bool) -> int:
    from reports.letters import safe_text

    if as_json:
        rows = [_row(one) for one in signers.signers]
        typer.echo(json.dumps({"schema": SCHEMA, "file": signers.name, "keys": rows}, ensure_ascii=False))
        return Exit.DONE
    for one in signers.signers:
        since = f" from {one.since:%Y-%m-%d %H:%M}" if one.since else ""
        until = f" until {one.until:%Y-%m-%d %H:%M}" if one.until else ""
        typer.echo(f"{', '.join(one.accounts)}: {one.key.fingerprint}{since}{until} {safe_text(one.comment)}")
    if not signers.signers:
        typer.echo(f"no keys in {signers.name}: names are claimed, not signed")
    return Exit.DONE


def _row(one: AllowedSigner) -> dict[str, Any]:
    return {
        "accounts": list(one.accounts), "key": one.key.fingerprint, "kind": one.key.kind,
        "from": one.since and one.since.isoformat(), "until": one.until and one.until.isoformat(),
        "comment": one.comment,
    }  # fmt: skip
