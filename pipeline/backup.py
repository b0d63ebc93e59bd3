"""Backup and restore of a workspace, each as one step, into and from a folder on other storage.

The ledger is exported first and gets its name last: a record names only blobs that lie there already, so a backup made
while people work is whole, up to the newest record in it. A second backup into the same folder copies what is new.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ledger.canonical import canonical_json
from ledger.chain import Link
from ledger.checkpoint import checkpoints_beside
from ledger.disk import disk_errors, make_directory, replace_file, replacing_file
from ledger.export_file import export_lines, read_lines, workspace_of
from ledger.ledger import utc_now
from ledger.timestamp import timestamps_beside
from ledger.verify import verify
from model.errors import BadInput, RecordsLost, UsageError
from pipeline.inbox_folders import FILE as INBOX_FOLDERS
from workspace.files import FOLDERS, PIECE, Files, FolderFiles, files_below, sha256_of
from workspace.folder import SETTINGS, claim_store, read_settings, with_blobs_at
from workspace.log import NAME as LOG_KEY
from workspace.password_file import NAME as PASSWORDS
from workspace.store import is_kept
from workspace.workspace import Workspace

LEDGER_EXPORT = "ledger.jsonl"
PREVIOUS = "ledger.previous.jsonl"
MANIFEST = "backup.json"
ANCHORS = "anchors"
SIGNERS = "signers"
_FILES = (SETTINGS, PASSWORDS, LOG_KEY, INBOX_FOLDERS)
"""What lies in the folder of a workspace besides and cannot be made from the rest."""

_LONGEST_RECORD = 1 << 24
"""Bytes of an export in whose end its newest record stands."""


@dataclass(frozen=True, slots=True)
class BackupDone:
    """What a backup holds: the newest record, how many blobs, and how many files were copied this time."""

    seq: int
    head: str
    blobs: int
    copied: int


@dataclass(frozen=True, slots=True)
class RestoreDone:
    """What was restored: the newest record, how many blobs, the blobs that are missing or damaged there, and, in words,
    which record is `lost` that an anchor beside the place names."""

    seq: int
    head: str
    blobs: int
    bad: tuple[str, ...]
    lost: str = ""


def back_up(workspace: Workspace, folder: Path) -> BackupDone:
    """Bring the backup in this folder up to date, or make one there.

    Raises:
        UsageError: the folder lies in the workspace, or holds the backup of another one.
        RecordsLost: the backup that was there has records that the ledger has not; it stays as it was.
        NoSpace: it is full or may not be written; the backup that was there before stays as it was.
    """
    inside = workspace.path.resolve()
    if folder.resolve() == inside or inside in folder.resolve().parents:
        raise UsageError(f"{folder} lies in the workspace.", remedy="Choose a folder on other storage.")
    with disk_errors(folder):
        make_directory(folder.absolute())
        _check_owner(workspace, folder)
        _check_newer(workspace, folder)
        fresh = folder / f".{LEDGER_EXPORT}.new"
        with replacing_file(fresh) as sink:
            sink.writelines(export_lines(workspace.ledger.rows()))
        copied = sum(_copy_kept(workspace.store.files, folder, tree) for tree in FOLDERS)
        copied += _copy_tree(workspace.path / "dictionaries", folder / "dictionaries", replace=True)
        copied += sum(_copy_file(workspace.path / name, folder / name, replace=True) for name in _FILES)
        for number, path in enumerate(workspace.anchors):
            for own, copy in _beside(path, folder / ANCHORS / f"{number}.log"):
                copied += _copy_file(own, copy, replace=True)
        copied += _copy_file(workspace.signers, folder / SIGNERS, replace=True)
        head = _head(fresh)
        manifest = {"schema": "chamra/backup/1", "workspace": workspace.id, "seq": head.seq, "head": head.sha256,
                    "when": utc_now().isoformat(timespec="seconds")}  # fmt: skip
        with suppress(FileNotFoundError):
            os.replace(folder / LEDGER_EXPORT, folder / PREVIOUS)  # noqa: PTH105  atomic
        fresh.replace(folder / LEDGER_EXPORT)
        replace_file(folder / MANIFEST, json.dumps(manifest).encode(), folder)
    return BackupDone(head.seq, head.sha256, _blobs_in(folder), copied)


def restore_backup(folder: Path, target: Path, blobs: str = "") -> RestoreDone:
    """Make a workspace in the folder `target`, which must not be there yet, from a backup; its blobs come into that
    folder, or into the store at the URL `blobs`, wherever they lay before.

    Every blob is compared with its name, the ledger with the anchors of the backup.

    Raises:
        UsageError: there is something at `target`, or no backup in `folder`.
        BadInput: the ledger of the backup does not hold.
        NoSpace: the disk is full or may not be written.
    """
    export = folder / LEDGER_EXPORT
    if not export.is_file() or not (folder / SETTINGS).is_file():
        raise UsageError(f"{folder} holds no backup.", remedy="Name the folder that `chamra backup` wrote.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} is there already.", remedy="Restore into a new folder; nothing was changed."
        )
    _check_ledger(export, sorted((folder / ANCHORS).glob("*.log")))
    with disk_errors(target):
        make_directory(target.absolute())
        make_directory(target.absolute() / "incoming")
        settings = with_blobs_at(read_settings(folder) or {}, blobs)
        files = claim_store(blobs, settings["id"]) if blobs else FolderFiles(target)
        count, bad = _put_back(folder, files)
        _copy_tree(folder / "dictionaries", target / "dictionaries")
        for name in _FILES[1:]:
            _copy_file(folder / name, target / name)
        # The settings come last: they say that the rest is whole.
        replace_file(target / SETTINGS, canonical_json(settings) + b"\n", target / "incoming")
        with export.open("rb") as lines:
            head = Workspace.restore_ledger(target, read_lines(lines))
        with Workspace.open(target, readonly=True) as restored:
            # What lies beside the place has outlived the workspace, and may be newer than the backup.
            for number, path in enumerate(restored.anchors):
                for own, copy in _beside(path, folder / ANCHORS / f"{number}.log"):
                    _copy_missing(copy, own)
            _copy_missing(folder / SIGNERS, restored.signers)
            lost = restored.lost()
    return RestoreDone(head.seq, head.sha256, count, tuple(bad), lost)


def _blobs_in(folder: Path) -> int:
    return sum(is_kept(str(path.relative_to(folder))) for path in files_below(folder / "blobs"))


def _beside(own: Path, copy: Path) -> Iterator[tuple[Path, Path]]:
    """An anchor file, and the checkpoints and time stamps beside it: where they lie, and where in the backup."""
    yield own, copy
    yield checkpoints_beside(own), checkpoints_beside(copy)
    yield timestamps_beside(own), timestamps_beside(copy)


def _check_owner(workspace: Workspace, folder: Path) -> None:
    with suppress(FileNotFoundError):
        known = json.loads((folder / SETTINGS).read_bytes())
        if known.get("id") != workspace.id:
            raise UsageError(
                f"{folder} holds the backup of another workspace.", remedy="Choose another folder."
            )


def _check_newer(workspace: Workspace, folder: Path) -> None:
    """A ledger that was put back from an older copy must not take the place of a newer one in its backup."""
    kept = _last_link(folder / LEDGER_EXPORT)
    head = workspace.ledger.head(lenient=True).seq
    if kept is None or (
        kept.seq <= head and workspace.ledger.at(kept.seq, lenient=True).sha256 == kept.sha256
    ):
        return
    raise RecordsLost(
        f"{folder} holds {kept.seq} records, and the ledger of {head} does not have them all.",
        remedy="Restore that backup into a new folder, or put another one into another folder; nothing was changed.",
    )


def _last_link(export: Path) -> Link | None:
    """The newest record of an export; None where there is none that can be understood."""
    with suppress(FileNotFoundError), export.open("rb") as file:
        file.seek(-min(file.seek(0, os.SEEK_END), _LONGEST_RECORD), os.SEEK_END)
        for row in read_lines(file.read().splitlines(keepends=True)[-1:]):
            return Link(row["seq"], row["sha256"]) if row["sha256"] else None
    return None


def _check_ledger(export: Path, anchors: list[Path]) -> None:
    with export.open("rb") as lines:
        identity = workspace_of(lines)
        lines.seek(0)
        found = verify(read_lines(lines), identity, anchors)
    if not found.holds:
        faults = [*found.faults, *(fault for one in found.anchors for fault in one.faults)]
        raise BadInput(
            f"The ledger of the backup does not hold: {faults[0].reason}.",
            remedy=f"Nothing was restored. {PREVIOUS} beside it is the one of the backup before.",
        )


def _head(export: Path) -> Link:
    link = Link()
    with export.open("rb") as lines:
        for row in read_lines(lines):
            link = Link(row["seq"], row["sha256"])
    return link


def _copy_tree(source: Path, target: Path, *, replace: bool = False) -> int:
    return sum(
        _copy_file(path, target / path.relative_to(source), replace=replace) for path in files_below(source)
    )


def _copy_kept(files: Files, folder: Path, tree: str) -> int:
    """Copy the blobs or the recipes of a store; what lies in the backup with the same size stays."""
    copied = 0
    for key, look in files.listing(tree):
        if not is_kept(key):
            continue
        target = folder / key
        if target.exists() and target.stat().st_size == look.size:
            continue
        pieces = files.pieces(key)
        if pieces is not None:  # it went into the trash meanwhile
            make_directory(target.absolute().parent)
            with replacing_file(target, 0o444) as sink:
                sink.writelines(pieces)
            copied += 1
    return copied


def _put_back(folder: Path, files: Files) -> tuple[int, list[str]]:
    """Put the blobs and the recipes of a backup into a store; what is sound there is never replaced by what is damaged
    here. Returns how many blobs lie in the backup, and the names of those that are now not what their names say."""
    bad: list[str] = []
    count = 0
    for tree in FOLDERS:
        for path in sorted(files_below(folder / tree)):
            key = str(path.relative_to(folder))
            if not is_kept(key):
                continue
            count += tree == "blobs"
            sound = tree != "blobs" or sha256_of(_pieces_of(path)) == path.name
            look = files.look(key)
            if look is None or (sound and look.size != path.stat().st_size):
                files.write(key, partial(_pieces_of, path))
            if tree == "blobs" and sha256_of(files.pieces(key) or ()) != path.name:
                bad.append(path.name)
    return count, bad


def _copy_missing(source: Path, target: Path) -> None:
    if not target.exists():
        _copy_file(source, target)


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _copy_file(source: Path, target: Path, *, replace: bool = False) -> int:
    """Copy a file, whole or not at all; one of that name and size that is there stays unless it may change."""
    try:
        status = source.stat()
    except FileNotFoundError:
        return 0
    if not replace and target.exists() and target.stat().st_size == status.st_size:
        return 0
    make_directory(target.absolute().parent)
    with source.open("rb") as data, replacing_file(target) as sink:
        shutil.copyfileobj(data, sink)
    shutil.copymode(source, target)
    return 1
