"""Commands about the ledger as a log that others watch: checkpoint, prove, consistency, cosign, witnessed."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from cli.given_file import given_bytes
from cli.options import DocumentArgument, JsonOption, WorkspaceOption
from cli.told import tell
from model.counted import counted
from model.errors import BadInput, Exit, UsageError

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write it here instead of standard output.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to those about the ledger."""
    app.command("checkpoint")(checkpoint)
    app.command("prove")(prove)
    app.command("consistency")(consistency)
    app.command("cosign")(cosign_checkpoint)
    app.command("witnessed")(witnessed)


def checkpoint(workspace: WorkspaceOption, output: OutputOption = None) -> int:
    """Write how large the ledger is and the root of the tree over it, signed by the log's key; names that key."""
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        made = ws.checkpoint()
    _write(str(made.note).encode(), output)
    typer.echo(f"key of the log: {made.key}", err=True)
    return Exit.DONE


def prove(document: DocumentArgument, workspace: WorkspaceOption, output: OutputOption = None) -> int:
    """Prove that every record about a document stands in the ledger, to somebody who does not have the others."""
    from ledger.canonical import canonical_json
    from review.ledger_part import ledger_part
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        part = ledger_part(ws, ws.find_document(document))
    records = [json.loads(line) for line in part.records.splitlines()]
    _write(canonical_json(json.loads(part.proofs) | {"records": records}) + b"\n", output)
    return Exit.DONE


def consistency(
    old: Annotated[Path, typer.Argument(help="A checkpoint that was kept.", show_default=False)],
    workspace: WorkspaceOption,
    output: OutputOption = None,
) -> int:
    """Prove that the ledger goes on from an earlier checkpoint: that nothing before it was changed or taken out."""
    from ledger.note import note_from
    from ledger.proofs import consistency_object, verified_consistency, written
    from workspace.workspace import Workspace

    with Workspace.open(workspace) as ws:
        made = ws.checkpoint()
        try:
            note = note_from(given_bytes(old).decode("utf-8"))
            found = consistency_object(note, list(ws.ledger.hashes(upto=made.checkpoint.size)), made)
        except ValueError as error:
            raise BadInput(f"{old}: {error}.", remedy="Give a checkpoint of this ledger.") from error
    try:
        before, _, _ = verified_consistency(found)
    except ValueError as error:
        typer.echo(f"The ledger does NOT go on from {old}: {error}.", err=True)
        return Exit.NEEDS_A_PERSON
    _write(written(found), output)
    typer.echo(f"records 1-{before.size} are those of {old}; there are {made.checkpoint.size} now", err=True)
    return Exit.DONE


def cosign_checkpoint(
    given: Annotated[
        Path,
        typer.Argument(help="What `consistency` wrote; the first time, a checkpoint.", show_default=False),
    ],
    seen: Annotated[
        Path, typer.Option("--seen", help="What this witness has seen last; keep it.", show_default=False)
    ],
    key: Annotated[
        Path,
        typer.Option("--key", help="The witness's own key; made where there is none.", show_default=False),
    ],
    name: Annotated[str, typer.Option("--name", help="The witness's name.", show_default=False)],
    log_key: Annotated[
        str | None,
        typer.Option(
            "--log-key", help="The first time: the log's key, as `checkpoint` names it.", show_default=False
        ),
    ] = None,
    output: OutputOption = None,
) -> int:
    """As a witness: sign a checkpoint too, if its ledger goes on from the one that was seen last."""
    from ledger.note import WITNESS, key_of, note_key_from
    from ledger.proofs import read
    from ledger.witness import cosign, keep_seen, read_seen
    from workspace.log import secret_key

    if not name or set(name) & set(" +\n"):
        raise UsageError("A witness's name has no space and no +.")
    before, data = read_seen(seen), given_bytes(given)
    try:
        body: object = data.decode("utf-8") if before is None else read(data)
        log = None if log_key is None else note_key_from(log_key)
    except ValueError as error:
        raise BadInput(f"{given}: {error}.", remedy="Give what `chamra ledger consistency` wrote.") from error
    secret = secret_key(key)
    now = cosign(body, log, before, secret, name, int(time.time()))
    keep_seen(seen, now)
    _write(str(now.note).encode(), output)
    typer.echo(f"key of the witness: {key_of(secret, name, WITNESS)}", err=True)
    return Exit.DONE


def witnessed(
    given: Annotated[
        Path, typer.Argument(help="What `cosign` wrote, as a witness gave it back.", show_default=False)
    ],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> int:
    """Keep a checkpoint that a witness has signed: evidence packages are then proven by it."""
    from ledger.note import note_from
    from workspace.log import keep_cosigned, log_key_path
    from workspace.workspace import Workspace

    try:
        note = note_from(given_bytes(given).decode("utf-8"))
    except ValueError as error:
        raise BadInput(f"{given}: {error}.", remedy="Give what `chamra ledger cosign` wrote.") from error
    with Workspace.open(workspace) as ws:
        names = [one.name for one in note.signatures[1:]]
        kept = {
            str(path): keep_cosigned(ws.ledger, ws.id, log_key_path(ws.path), path, note).checkpoint.size
            for path in ws.anchors
        }
    lines = (
        f"{path}: {counted(size, 'record')}, signed by {', '.join(names)}" for path, size in kept.items()
    )
    rows = [{"anchors": path, "records": size} for path, size in kept.items()]
    tell("ledger-witnessed", {"signers": names, "kept": rows}, lines, as_json=as_json)
    return Exit.DONE


def _write(data: bytes, output: Path | None) -> None:
    from reports.atomic import write_atomically

    if output is None:
        typer.echo(data.decode("utf-8"), nl=False)
    else:
        write_atomically(output, data)
        typer.echo(str(output))
