"""Which pages are in hand, on the disk: what a process was at work on when it died is still marked.

A mark says that a process ended in the middle of a page, be it through the page, through a kill of everybody or through
a loss of memory that others have caused. So it blames nobody: it says which pages are worked on apart (`isolated`).
Marks outlive processes; they need not outlive a loss of power, which is no page's doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.disk import disk_errors
from model.errors import ProcessDied, ProcessNotReady


class Begun:
    """The marks of pages that are in hand on this machine: empty files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with disk_errors(folder):
            folder.mkdir(exist_ok=True)

    @contextmanager
    def page(self, document: str, number: int) -> Iterator[bool]:
        """Mark a page, of which the caller holds the lease, for this block; True where a process has died over it.

        However the block ends, the mark goes, unless by `ProcessDied` or `ProcessNotReady`, or with this process.

        Raises:
            NoSpace: it cannot be marked.
        """
        path = self._folder / f"{document}-{number}"
        with disk_errors(path):
            died = path.exists()
            path.touch()
        try:
            yield died
        except (ProcessDied, ProcessNotReady):
            raise
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        path.unlink(missing_ok=True)
