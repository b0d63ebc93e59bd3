"""Is there room for a run? Asked before it begins: a disk that fills up in its middle serves nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from model.errors import NoSpace
from workspace.workspace import Workspace

_TIMES = 4
"""What a source comes to with its page images, readings and report, against its own size."""

_MIB = 1024 * 1024
_BLOCK = 512


def check_space(workspace: Workspace, sources: Iterable[Path], min_free_mb: int) -> None:
    """Nothing where the disk of the workspace, and of its blobs where those lie in another folder, has what these files
    are likely to need, and `min_free_mb` MiB besides.

    Raises:
        NoSpace: it has less.
    """
    needed = min_free_mb * _MIB
    for path in sources:
        with suppress(OSError):  # what is wrong with a file is said when it is taken
            status = path.stat()
            # A file with holes takes less than its size says, and is hardly one that will be read.
            needed += _TIMES * min(status.st_size, status.st_blocks * _BLOCK)
    for folder in {workspace.path, workspace.store.files.root or workspace.path}:
        _must_have(folder, needed)


def _must_have(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise NoSpace(
            f"The disk of {folder} has {free // _MIB} MiB free, and this run may need {needed // _MIB} MiB.",
            remedy="Free some, take fewer files at once, or lower CHAMRA_MIN_FREE_MB; nothing was begun.",
        )
