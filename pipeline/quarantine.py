"""The quarantine: a folder of the workspace with every file that could not be taken, and its reason beside it.

It is made from the ledger and the newest scan, so it may be emptied; the originals stay where they lie.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ledger.disk import make_directory, replace_file
from pipeline.finish import short_stem
from review.inbox_view import inbox_scans
from review.refused import RefusedFile, refused_files
from workspace.workspace import Workspace

FOLDER = "quarantine"
_REASON = ".reason.txt"
_MOST_BYTES = 120
_LARGEST = 256 * 1024 * 1024
"""A larger file is not copied: its reason says so."""


def set_aside(workspace: Workspace, sources: Sequence[Path]) -> None:
    """Bring the quarantine up to date; `sources` are files that may have been refused, to be copied there.

    What was taken since, or is no trouble any more, leaves it.
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
        if entry.name.removesuffix(_REASON) not in wanted:
            entry.unlink(missing_ok=True)
    for name, reason in wanted.items():
        if not (folder / (name + _REASON)).exists():
            replace_file(
                folder / (name + _REASON), reason.encode("utf-8", "replace"), workspace.path / "incoming"
            )
    for source in sources:
        _copy(workspace, source, refused, folder)


def quarantine_name(refused: RefusedFile) -> str:
    """The name of a refused file in the quarantine."""
    suffix = Path(refused.name).suffix
    ending = suffix if suffix.isascii() and len(suffix) <= 8 else ""
    return f"{refused.content[:12]}-{short_stem(refused.name, _MOST_BYTES)}{ending}".replace("/", "_")


def _copy(workspace: Workspace, source: Path, refused: dict[str, RefusedFile], folder: Path) -> None:
    with suppress(FileNotFoundError, PermissionError):
        if source.stat().st_size > _LARGEST:
            return
        data = source.read_bytes()
        one = refused.get(hashlib.sha256(data).hexdigest())
        if one is not None and not (folder / quarantine_name(one)).exists():
            replace_file(folder / quarantine_name(one), data, workspace.path / "incoming")
