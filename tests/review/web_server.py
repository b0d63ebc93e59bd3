"""The review page as a process of its own, which can be killed and started again at the same address."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from cli.app import main

ROOT = Path(__file__).resolve().parents[2]

# A server takes more than a second to load the program, and nearly every test has one of its own: they are forked from
# a process that has loaded it and done nothing else.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["cli.app", "pipeline.asked_reader", "review.web.serve"])


def _run(arguments: list[str], environment: dict[str, str], said: Connection) -> None:
    """Be the program with these arguments, which says what it says to `said`."""
    # Whoever runs the tests may ignore Ctrl-C, as `nohup make test &` and cron do, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for descriptor in (1, 2):
        os.dup2(said.fileno(), descriptor)
    said.close()
    sys.argv = ["chamra", *arguments]
    main()


class ServerProcess:
    """`chamra review` on a workspace; `url` is its entrance."""

    def __init__(self, workspace: Path, state: Path) -> None:
        self._workspace = workspace
        self._state = state
        self._port = 0
        self.url = ""
        self.start()

    def start(self) -> None:
        """Start it, at the same port as before."""
        arguments = ["review", "-w", str(self._workspace), "--who", "สมชาย", "--port", str(self._port)]
        environment = os.environ | {"XDG_STATE_HOME": str(self._state)}
        self._said, says = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_run, args=(arguments, environment, says))
        self._process.start()
        self._running = True
        says.close()
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/\S+\n", said)):
            heard = os.read(self._said.fileno(), 4096)
            assert heard, f"the server did not start: {said}"
            said += heard.decode(errors="replace")
        self.url, self._port = found[0].strip(), int(found[1])

    def kill(self) -> None:
        """Kill it as a power cut would: at once, at whatever line it is."""
        self._process.kill()
        self._end()

    def interrupt(self) -> int:
        """Stop it as Ctrl-C does, and say how it ended."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGINT)
        return self._end()

    def _end(self) -> int:
        self._process.join(timeout=30)
        ended = self._process.exitcode
        assert ended is not None, "the server did not end"
        self._process.close()
        self._said.close()
        self._running = False
        return ended

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._running:
            self.kill()
