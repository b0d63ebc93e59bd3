"""The quarantine: a folder of the workspace with every file that could not be taken, and its reason beside it.

It is made from the ledger and the newest scan, so it may be emptied; the originals stay where they lie.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from ledger.disk import disk_errors, make_directory, replace_file
from pipeline.finish import short_stem
from review.inbox_view import inbox_scans
from review.refused import RefusedFile, refused_files
from workspace.workspace import Workspace

FOLDER = "quarantine"
_REASON = ".reason.txt"
_OURS = re.compile(r"[0-9a-f]{12}-")
"""How the names begin that are given here."""
_MOST_BYTES = 120
_LARGEST = 256 * 1024 * 1024
"""A larger file is not copied: its reason says so."""


def set_aside(workspace: Workspace, inbox: Mapping[str, Path]) -> None:
    """Bring the quarantine up to date; `inbox` has files by the SHA-256 of their content, of which those that were
    refused are copied there, also where an earlier copy came to nothing.

    What was taken since, or is no trouble any more, leaves it; what somebody else has put there stays.

    Raises:
        NoSpace: the disk is full or may not be written.
    """
    folder = workspace.path / FOLDER
    wanted: dict[str, str] = {}
    refused = {one.content: one for one in refused_files(workspace.ledger)}
    for one in refused.values():
        wanted[quarantine_name(one)] = f"{one.name}\n{one.reason}\nsince {one.when}\nSHA-256 {one.content}\n"
    for scan in inbox_scans(workspace.path):
        for path, reason in scan.troubles:
            key = hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:12]
            wanted[f"{key}-{short_stem(Path(path).name, _MOST_BYTES)}"] = (
                f"{path}\n{reason}\nseen {scan.when}\n"
            )
    if not wanted and not folder.exists():
        return
    make_directory(folder)
    for entry in folder.iterdir():
        # What somebody or a file server has put there besides is theirs.
        ours = _OURS.match(entry.name) and not entry.is_dir()
        if ours and entry.name.removesuffix(_REASON) not in wanted:
            with disk_errors(entry):
                entry.unlink(missing_ok=True)
    for name, reason in wanted.items():
        if not (folder / (name + _REASON)).exists():
            _put(workspace, folder / (name + _REASON), reason.encode("utf-8", "replace"))
    for one in refused.values():
        if one.content in inbox and not (folder / quarantine_name(one)).exists():
            _copy(workspace, inbox[one.content], one, folder)


def quarantine_name(refused: RefusedFile) -> str:
    """The name of a refused file in the quarantine."""
    suffix = Path(refused.name).suffix
    ending = suffix if suffix.isascii() and len(suffix) <= 8 else ""
    return f"{refused.content[:12]}-{short_stem(refused.name, _MOST_BYTES)}{ending}".replace("/", "_")


def _copy(workspace: Workspace, source: Path, one: RefusedFile, folder: Path) -> None:
    try:
        if source.stat().st_size > _LARGEST:
            return
        data = source.read_bytes()
    except OSError:  # it went away, or may not be read: its reason lies there all the same
        return
    if hashlib.sha256(data).hexdigest() == one.content:
        _put(workspace, folder / quarantine_name(one), data)


def _put(workspace: Workspace, path: Path, data: bytes) -> None:
    with disk_errors(path):
        replace_file(path, data, workspace.path / "incoming")
