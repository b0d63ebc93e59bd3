"""Open source files, shared by the worker threads of a run.

Opening a file starts a child process; borrowing one that is idle spares that for every further page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from ocr.limits import Limits
from ocr.rasterise import Source, open_source


class SourcePool:
    """Sources that are open in this process, by file. Close it when the run ends."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: defaultdict[Path, list[Source]] = defaultdict(list)
        self._passwords: dict[Path, str] = {}
        self._lock = Lock()

    def remember_password(self, path: Path, password: str) -> None:
        """Open `path` with this password from now on. Kept in memory only, never written or passed on."""
        self._passwords[path] = password

    @contextmanager
    def borrow(self, path: Path, name: str) -> Iterator[Source]:
        """A source for `path` that nobody else uses meanwhile; errors call it `name`."""
        with self._lock:
            source = self._idle[path].pop() if self._idle[path] else None
        if source is None:
            source = open_source(path, password=self._passwords.get(path), limits=self._limits, name=name)
        try:
            yield source
        finally:
            with self._lock:
                self._idle[path].append(source)

    def close(self, path: Path | None = None) -> None:
        """End the child processes of one file, or of all."""
        with self._lock:
            paths = list(self._idle) if path is None else [path]
            sources = [source for key in paths for source in self._idle.pop(key, [])]
        for source in sources:
            source.close()
