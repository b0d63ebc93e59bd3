"""`chamra review` on a workspace, as a person would start it, and Debian's Chromium for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")

_PATIENCE = 30  # seconds to end in


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: the address at which a browser comes in, and its process."""

    url: str
    process: int

    def processor_ms(self) -> float:
        """How long it has kept a processor busy, in milliseconds; as coarse as the system counts (10 ms)."""
        fields = Path(f"/proc/{self.process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def review_server(workspace: Path, state: Path, who: str = "B") -> Iterator[Served]:
    """The server of a workspace; `state` is the folder of what the account keeps.

    Raises:
        RuntimeError: the server did not start; it says what it said.
    """
    command = [sys.executable, "-m", "cli.app", "review", "-w", str(workspace), "--who", who, "--port", "0"]
    environment = os.environ | {"XDG_STATE_HOME": str(state), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            yield Served(_address(server), server.pid)
        finally:
            server.terminate()
            try:
                server.wait(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()


def _address(server: subprocess.Popen[str]) -> str:
    said = ""
    while not (found := re.search(r"http://127\.0\.0\.1:\d+/\S+", said)):
        line = server.stdout.readline() if server.stdout else ""
        if not line:
            raise RuntimeError(f"the server did not start: {said}")
        said += line
    return found[0]
