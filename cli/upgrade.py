"""`chamra upgrade`: a workspace of an older format brought to that of this program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonOption, WorkspaceOption
from cli.told import tell
from model.errors import Exit

if TYPE_CHECKING:
    from ledger.upgrade import UpgradeDone


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("upgrade")(upgrade)


def upgrade(
    workspace: WorkspaceOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Bring a workspace that an older Chamra wrote to the format of this one; make a backup before."""
    from workspace.workspace import Workspace

    done = Workspace.upgrade(workspace, dry_run=dry_run)
    values = {
        "dry_run": dry_run,
        "found": done.found,
        "newest": done.newest,
        "needed": done.needed,
        "copy": str(done.copy or ""),
    }
    tell("upgrade", values, _lines(done, dry_run), as_json=as_json)
    return Exit.DONE


def _lines(done: UpgradeDone, dry_run: bool) -> Iterator[str]:
    if not done.needed:
        yield f"The ledger has the schema {done.found}, the newest: nothing to do."
        return
    would = "would be" if dry_run else "is"
    yield f"The ledger's schema {done.found} {would} {done.newest} now; no record {would} touched."
    if done.copy is not None:
        yield f"It lies as it was in {done.copy}."
    if dry_run:
        yield "Make a backup first: `chamra backup`."
