"""The real server of the review page in a process that is cheap to start again after it was killed."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from review import passwords
from review.web.serve import ServerOptions, serve
from workspace.workspace import Workspace

# The modules are loaded once, in a process that forks; a start takes a fraction of a second.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.review.killable"])


def _run(workspace: Path, state: Path, port: int, ready: Connection) -> None:
    os.environ["XDG_STATE_HOME"] = str(state)
    passwords._MEMORY_KIB, passwords._PASSES = 64, 1
    with Workspace.open(workspace) as ws:
        serve(
            ws,
            None,
            ServerOptions(port=port),
            started=lambda door, entrance: ready.send(entrance),
            reads=lambda: None,
        )


class Killable:
    """A server with users at one port, killed and started as often as wanted."""

    def __init__(self, workspace: Path, state: Path) -> None:
        self._workspace = workspace
        self._state = state
        self.port = 0
        self.start()

    def start(self) -> None:
        """Start it, at the same port as before."""
        ours, theirs = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(
            target=_run, args=(self._workspace, self._state, self.port, theirs), daemon=True
        )
        self._process.start()
        assert ours.poll(60), "the server did not start"
        self.port = int(ours.recv().rstrip("/").rpartition(":")[2])

    def kill(self) -> None:
        """Kill it as a power cut would: at once, at whatever line it is."""
        self._process.kill()
        self._process.join(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
