"""The review page as a process of its own, which can be killed and started again at the same address."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]

# Whoever runs the tests may ignore Ctrl-C, as `nohup make test &` and cron do, and children inherit that.
_PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from cli.app import main
main()
"""


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
        environment = os.environ | {
            "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(self._state), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        command = [
            sys.executable, "-c", _PROGRAM, "review", "-w", str(self._workspace), "--who", "สมชาย",
            "--port", str(self._port),
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        said = ""
        assert self._process.stdout is not None
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/\S+", said)):
            line = self._process.stdout.readline()
            assert line, f"the server did not start: {said}"
            said += line
        self.url, self._port = found[0], int(found[1])

    def kill(self) -> None:
        """Kill it as a power cut would: at once, at whatever line it is."""
        self._process.kill()
        self._end()

    def interrupt(self) -> int:
        """Stop it as Ctrl-C does, and say how it ended."""
        self._process.send_signal(signal.SIGINT)
        return self._end()

    def _end(self) -> int:
        with self._process:
            return self._process.wait(timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.kill()
