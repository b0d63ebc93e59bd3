"""Pages that somebody asked for in the browser are read beside the server: by a child, one at a time.

The wish stands in the ledger. A child that is killed, or a server that is, leaves it there: it is seen to when the
server starts again, or by any other run.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from review.rework import pages_asked_for
from workspace.workspace import Workspace

_STOP_SECONDS = 10.0


class AskedReader:
    """Runs `chamra retry --asked` on a workspace when it begins and whenever it is woken, if anything is asked for."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._command = [sys.executable, "-m", "cli.app", "retry", "-w", str(ws.path), "--asked", "--json"]
        self._woken = Event()
        self._woken.set()
        self._ended = False
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._work, name="asked-reader", daemon=True)

    def wake(self) -> None:
        """Something is asked for. Who wakes it while a child works gets another one behind it."""
        self._woken.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._woken.set()
        child = self._child
        if child is not None:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(_STOP_SECONDS)
            child.kill()

    def _work(self) -> None:
        while True:
            self._woken.wait()
            self._woken.clear()
            if self._ended:
                return
            if not pages_asked_for(self._ws):
                continue
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._child.wait()
            self._child = None
