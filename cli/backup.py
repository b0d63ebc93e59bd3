"""`chamra backup` and `chamra restore`: a workspace onto other storage and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.told import tell
from model.counted import counted
from model.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    folder: Annotated[Path, typer.Argument(help="A folder on other storage.", show_default=False)],
    workspace: WorkspaceOption,
    as_json: JsonOption = False,
) -> int:
    """Bring the backup in a folder up to date, while people work; the first time it is made."""
    from pipeline.backup import back_up
    from workspace.workspace import Workspace

    with Workspace.open_to_look(workspace) as ws:
        done = back_up(ws, folder)
    line = (
        f"{folder}: {_whole(done.seq, done.blobs)}; {counted(done.copied, 'file')} copied; head {done.head}"
    )
    values = {
        "folder": str(folder),
        "records": done.seq,
        "blobs": done.blobs,
        "copied": done.copied,
        "head": done.head,
    }
    tell("backup", values, [line], as_json=as_json)
    return Exit.DONE


def restore(
    folder: Annotated[Path, typer.Argument(help="What `chamra backup` wrote.", show_default=False)],
    workspace: WorkspaceOption,
    blobs: Annotated[
        str, typer.Option(help="Put the blobs into this store (s3://BUCKET/PREFIX, file:///FOLDER).")
    ] = "",
    as_json: JsonOption = False,
) -> int:
    """Make a new workspace from a backup, each blob and the ledger verified; then run `chamra audit` on it."""
    from pipeline.backup import restore_backup

    done = restore_backup(folder, workspace, blobs)
    line = f"{workspace}: {_whole(done.seq, done.blobs)}; head {done.head}"
    values = {"workspace": str(workspace), "records": done.seq, "blobs": done.blobs, "head": done.head}
    tell("restore", values | {"bad": list(done.bad)}, [line], as_json=as_json)
    for name in done.bad:
        typer.echo(f"chamra: blob {name} is not what its name says.", err=True)
    if done.lost:
        typer.echo(f"chamra: {done.lost} What came after record {done.seq} is not in this backup.", err=True)
    return Exit.NEEDS_A_PERSON if done.bad or done.lost else Exit.DONE


def _whole(records: int, blobs: int) -> str:
    return f"{counted(records, 'record')}, {counted(blobs, 'blob')}"
