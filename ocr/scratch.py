"""Temporary folders of pages in hand: locked while they are used, so that what a killed process left can be told."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "chamra-scratch-"
_MARK = ".made-by-chamra"
"""A file in each of these folders: whatever else somebody keeps under such a name is none of ours."""
_YOUNG_SECONDS = 60.0
"""A folder this young may not be locked yet."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder for this block, in the folder for temporary files."""
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
        lock = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (Path(name) / _MARK).touch()
            yield Path(name)
        finally:
            os.close(lock)


def sweep_scratch(now: float | None = None) -> int:
    """Remove the folders of processes that were killed, told by their locks, and say how many. Others' are left."""
    limit = (time.time() if now is None else now) - _YOUNG_SECONDS
    swept = 0
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            status = path.lstat()
            if status.st_uid != os.getuid() or status.st_mtime > limit:
                continue
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if (path / _MARK).is_file():
                    shutil.rmtree(path)
                else:
                    path.rmdir()  # empty: whoever made it was killed at once
                swept += 1
            finally:
                os.close(lock)
    return swept
