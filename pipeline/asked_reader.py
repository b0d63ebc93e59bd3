"""Pages that somebody asked for in the browser are read beside the server: by a child, one at a time.

The wish stands in the ledger. A child that is killed, or a server that is, leaves it there: it is seen to when the
server starts again, or by any other run. While the ledger is away, or a child comes to nothing, it is tried again.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from model.errors import Exit
from review.rework import pages_asked_for
from workspace.workspace import Workspace

_STOP_SECONDS = 10.0
_PAUSE = 5.0
"""Seconds before another try where one came to nothing; twice as long before each further one."""
_LONGEST_PAUSE = 300.0
_ANSWERED = (Exit.DONE, Exit.NEEDS_A_PERSON)
"""Exit statuses of a child that has seen to every page, be it that a page failed again and that is on record."""

_logger = logging.getLogger("chamra.asked")


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
        pause = _PAUSE
        again = False
        while True:
            self._woken.wait(pause if again else None)
            self._woken.clear()
            if self._ended:
                return
            pause = min(2 * pause, _LONGEST_PAUSE) if again else _PAUSE
            try:
                again = not self._see_to_it()
            except Exception as error:  # noqa: BLE001  whatever is the matter now, who asks later is heard
                again = True
                _logger.warning("what is asked for cannot be looked up: %s", error)

    def _see_to_it(self) -> bool:
        """Read what is asked for; False where another try is needed."""
        if not pages_asked_for(self._ws):
            return True
        self._child = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        status = self._child.wait()
        self._child = None
        if status not in _ANSWERED:
            _logger.warning("`chamra retry --asked` ended with status %d", status)
        return status in _ANSWERED
