"""Open source files, shared by the worker threads of a run.

Opening a file starts a child process; borrowing one that is idle spares that for every further page.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from ocr.sandbox.limits import Limits
from ocr.source.rasterise import Source, open_source


class SourcePool:
    """Sources that are open in this process. At most `keep` idle ones stay open, so that a run over
    thousands of files holds no more child processes than it has workers. Close it when the run ends.

    `password` opens the files that are encrypted; it stays in memory.
    """

    def __init__(self, limits: Limits, keep: int, password: str | None = None) -> None:
        self._limits = limits
        self._keep = keep
        self._password = password
        self._idle: deque[tuple[Path, Source]] = deque()
        self._at_work: set[Source] = set()
        self._closed = False
        self._lock = Lock()

    def open(self, path: Path, name: str = "") -> Source:
        """A source for the caller alone, who closes it.

        Raises:
            BadInput: as `ocr.source.rasterise.open_source`.
        """
        return open_source(path, password=self._password, limits=self._limits, name=name)

    @contextmanager
    def borrow(self, path: Path, name: str) -> Iterator[Source]:
        """A source for `path` that nobody else uses meanwhile; errors call it `name`."""
        source = self._take(path)
        if source is None:
            source = self.open(path, name)
        with self._lock:
            self._at_work.add(source)
        try:
            yield source
        finally:
            self._give_back(path, source)

    def close(self) -> None:
        """End the child processes of what is idle, and of what is at work as soon as it is given back."""
        with self._lock:
            self._closed = True
            idle = [source for _, source in self._idle]
            self._idle.clear()
        for source in idle:
            source.close()

    def kill(self) -> None:
        """End every child process at once. What was at work fails; the pool is closed."""
        with self._lock:
            pids = [source.worker_pid for source in self._at_work]
        for pid in pids:
            if pid is not None:
                with suppress(ProcessLookupError):
                    os.killpg(pid, signal.SIGKILL)
        self.close()

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
            self._at_work.discard(source)
            self._idle.append((path, source))
            longest = self._idle.popleft()[1] if self._closed or len(self._idle) > self._keep else None
        if longest is not None:
            longest.close()
