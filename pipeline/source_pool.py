"""Open source files, shared by the worker threads of a run.

Opening a file starts a child process; borrowing one that is idle spares that for every further page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from ocr.source.limits import Limits
from ocr.source.rasterise import Source, open_source


class SourcePool:
    """Sources that are open in this process. At most `keep` idle ones stay open, so that a run over
    thousands of files holds no more child processes than it has workers. Close it when the run ends."""

    def __init__(self, limits: Limits, keep: int) -> None:
        self._limits = limits
        self._keep = keep
        self._idle: deque[tuple[Path, Source]] = deque()
        self._passwords: dict[Path, str] = {}
        self._lock = Lock()

    def remember_password(self, path: Path, password: str) -> None:
        """Open `path` with this password from now on. Kept in memory only, never written or passed on."""
        self._passwords[path] = password

    @contextmanager
    def borrow(self, path: Path, name: str) -> Iterator[Source]:
        """A source for `path` that nobody else uses meanwhile; errors call it `name`."""
        source = self._take(path)
        if source is None:
            source = open_source(path, password=self._passwords.get(path), limits=self._limits, name=name)
        try:
            yield source
        finally:
            self._give_back(path, source)

    def close(self) -> None:
        """End the child processes of what is idle."""
        with self._lock:
            idle = [source for _, source in self._idle]
            self._idle.clear()
        for source in idle:
            source.close()

    def _take(self, path: Path) -> Source | None:
        with self._lock:
            for place, source in self._idle:
                if place == path:
                    self._idle.remove((place, source))
                    return source
        return None

    def _give_back(self, path: Path, source: Source) -> None:
        """Keep it for the next page; the one that was idle longest makes room."""
        with self._lock:
            self._idle.append((path, source))
            longest = self._idle.popleft()[1] if len(self._idle) > self._keep else None
        if longest is not None:
            longest.close()
