"""A run that is being stopped: nobody begins anything, and what the stop has broken is not held against a page."""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress
from pathlib import Path
from threading import Event

from model.errors import Stopped

_GROWTH = 4


class Stopping:
    """Whether the run is being stopped, for all its threads."""

    def __init__(self) -> None:
        self._event = Event()

    def stop(self) -> None:
        """Stop the run: from now on `check` and `pause` raise, and every Tesseract of this process is ended."""
        self._event.set()
        end_tesseracts()

    def check(self) -> None:
        """Nothing, while the run is not being stopped.

        Raises:
            Stopped: it is.
        """
        if self._event.is_set():
            raise Stopped("The run was stopped.", remedy="Run it again: what was finished is kept.")

    def pause(self, seconds: float, attempt: int) -> None:
        """Wait before another try: about `seconds` after the first, four times as long after each further one.

        Raises:
            Stopped: the run is being stopped.
        """
        wait = seconds * _GROWTH ** (attempt - 1) * random.uniform(0.5, 1.5)
        self._event.wait(wait)
        self.check()


def end_tesseracts() -> None:
    """Kill the Tesseract processes that this process has started, and what those have."""
    parents: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            # The name stands in parentheses and may hold anything, so what follows it is looked for from the end.
            head, _, rest = (entry / "stat").read_text(errors="replace").rpartition(")")
            names[int(entry.name)] = head.partition("(")[2]
            parents.setdefault(int(rest.split()[1]), []).append(int(entry.name))
    doomed = [one for one in parents.get(os.getpid(), []) if names[one].startswith("tesseract")]
    while doomed:
        one = doomed.pop()
        doomed += parents.get(one, [])
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
