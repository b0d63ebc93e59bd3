"""Commands about the ledger itself: export, verify, restore, timestamp-request."""

from __future__ import annotations

import json
import secrets
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import ledger_proofs
from cli.given_file import must_be_there
from cli.options import JsonOption, WorkspaceOption
from cli.told import tell
from model.counted import counted
from model.errors import Exit, UsageError

if TYPE_CHECKING:
    from ledger.verify import Verification

ledger_app = typer.Typer(
    help="The ledger as a file that anybody can verify: export, verify, restore.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    ledger_proofs.register(ledger_app)
    app.add_typer(ledger_app, name="ledger")


@ledger_app.command("export")
def export(
    workspace: WorkspaceOption,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it here instead of standard output.")
    ] = None,
) -> int:
    """Write every record of the ledger as JSON Lines (docs/ledger.md)."""
    from ledger.export_file import export_lines
    from reports.atomic import atomic_file
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws, ExitStack() as stack:
        sink = sys.stdout.buffer if output is None else stack.enter_context(atomic_file(output))
        sink.writelines(export_lines(ws.ledger.rows()))
    if output is not None:
        typer.echo(str(output))
    return Exit.DONE


@ledger_app.command("verify")
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(help="An export; the workspace's ledger if not given.", show_default=False),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", "-w", help="Verify this workspace's ledger.", show_default=False),
    ] = None,
    anchors: Annotated[
        list[Path] | None,
        typer.Option(
            "--anchors", help="Compare with this anchor file; the workspace's own ones if not given."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Verify the chain of a ledger, and that it is the one that was anchored."""
    from ledger.verify import verification_object

    if (file is None) == (workspace is None):
        raise UsageError("Give either an export to verify or a workspace with -w.")
    missing = [path for path in anchors or () if not path.is_file()]
    if missing:
        raise UsageError(f"There is no anchor file {missing[0]}.", remedy="Check the name.")
    found = _of_file(file, anchors or []) if file else _of_workspace(workspace or Path(), anchors)
    if as_json:
        typer.echo(json.dumps(verification_object(found), ensure_ascii=False))
    else:
        _show(found)
    return Exit.DONE if found.holds else Exit.NEEDS_A_PERSON


@ledger_app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="An export.", show_default=False)],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> int:
    """Make the ledger of a workspace that has lost it from an export, in the file or database it names."""
    from ledger.export_file import read_lines
    from workspace.workspace import Workspace

    must_be_there(file)
    with file.open("rb") as lines:
        head = Workspace.restore_ledger(workspace, read_lines(lines))
    values = {"records": head.seq, "head": head.sha256}
    line = f"restored {counted(head.seq, 'record')}, head {head.sha256}"
    tell("ledger-restore", values, [line], as_json=as_json)
    return Exit.DONE


@ledger_app.command("timestamp-request")
def timestamp(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> int:
    """Write a request (RFC 3161) for a time stamp of the ledger's head; docs/ledger.md says where to send it."""
    from ledger.timestamp import timestamp_request
    from reports.atomic import write_atomically
    from workspace.workspace import Workspace

    with Workspace.open(workspace, readonly=True) as ws:
        head = ws.ledger.head()
    write_atomically(file, timestamp_request(head.sha256, secrets.randbits(64)))
    line = f"{file}: asks for a time stamp of record {head.seq}, {head.sha256}"
    values = {"file": str(file), "record": head.seq, "head": head.sha256}
    tell("ledger-timestamp-request", values, [line], as_json=as_json)
    return Exit.DONE


@ledger_app.command("timestamp")
def stamp_head(
    workspace: WorkspaceOption,
    answer: Annotated[
        Path | None,
        typer.Option(
            "--answer", help="Keep this answer to `timestamp-request` instead of asking.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Have the authority of CHAMRA_TSA stamp the ledger's head (RFC 3161); its answer is verified and kept."""
    from review.stamp import keep_answer, stamp
    from workspace.workspace import Workspace

    if answer is not None:
        must_be_there(answer)
    with Workspace.open(workspace) as ws:
        done = stamp(ws) if answer is None else keep_answer(ws, answer.read_bytes())
    when = done.timestamp.when
    line = f"record {done.seq} was there at {when:%Y-%m-%d %H:%M:%S} UTC, says {done.timestamp.authority}"
    values = {"record": done.seq, "when": when.isoformat(), "authority": done.timestamp.authority}
    tell("ledger-timestamp", values, [line], as_json=as_json)
    return Exit.DONE


def _of_file(file: Path, anchors: list[Path]) -> Verification:
    from ledger.export_file import read_lines, workspace_of
    from ledger.verify import verify as verify_rows

    must_be_there(file)
    with file.open("rb") as lines:
        workspace = workspace_of(lines)
        lines.seek(0)
        return verify_rows(read_lines(lines), workspace, anchors, brought=True)


def _of_workspace(folder: Path, anchors: list[Path] | None) -> Verification:
    from ledger.verify import verify as verify_rows
    from workspace.workspace import Workspace

    with Workspace.open(folder, readonly=True) as ws:
        brought = anchors is not None
        return verify_rows(ws.ledger.rows(), ws.id, anchors or ws.anchors, brought=brought)


def _show(found: Verification) -> None:
    typer.echo(
        f"Ledger of {counted(found.head.seq, 'record')}, workspace {found.workspace}, head {found.head.sha256}"
    )
    for one in found.anchors:
        if one.newest is not None:
            later = found.head.seq - one.newest.seq
            typer.echo(
                f"{one.path}: agrees up to record {one.newest.seq}; {counted(later, 'record')} came after it"
            )
        elif not one.faults:
            typer.echo(f"{one.path}: has no anchor yet")
    for fault in [*found.faults, *(fault for one in found.anchors for fault in one.faults)]:
        place = f"record {fault.seq}: " if fault.seq else ""
        typer.echo(f"ERROR {place}{fault.reason}")
    typer.echo("The chain holds." if found.holds else "It does NOT hold.")
