"""Kills of the parts of `chamra up`: the Prefect server, its worker, the process of a flow run."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from benchmarks.kills_run import BIN, PAGES, SOURCE, blobs_of, draw, judge
from benchmarks.kills_tally import KillTally
from workspace.workspace import Workspace

_MARKS = {
    "server": (b"server\0start",),
    "worker": (b"worker\0start",),
    "flow": (b"prefect.engine", b"prefect.flow_engine", b"_workspace_runtime"),
}
"""What stands in the command line of each."""
_WAIT = 300.0
"""Seconds in which a victim must be there; on a busy machine a flow run is long in coming."""
_PATIENCE = 900.0
"""Seconds in which everything must be read after the last kill."""


class ServiceUnderTest:
    """An installation of its own in a folder."""

    def __init__(self, home: Path) -> None:
        self.home, self.inbox, self.workspace = home, home / "inbox", home / "workspace"
        self.inbox.mkdir(parents=True)
        draw(home / SOURCE)
        Workspace.open(self.workspace, create=True).close()
        port = _free_port()
        self.environment = {
            **os.environ, "PREFECT_HOME": str(home / "prefect"), "CHAMRA_SETTLE_SECONDS": "0.5", "CHAMRA_JOBS": "2",
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        }  # fmt: skip
        words: list[str | Path] = [
            BIN / "chamra",
            "up",
            "-w",
            self.workspace,
            "--inbox",
            self.inbox,
            "--port",
            str(port),
        ]
        with (home / "log").open("w") as log:
            self.process = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log)
        self.wait(lambda: "running; Ctrl-C" in (home / "log").read_text(), "the installation")

    def wait(self, holds: object, what: str) -> None:
        """Until it holds."""
        end = time.monotonic() + _PATIENCE
        while not holds():  # type: ignore[operator]
            if time.monotonic() > end:
                raise TimeoutError(f"waited for {what}: {(self.home / 'log').read_text()[-2000:]}")
            time.sleep(0.5)

    def put(self, number: int) -> None:
        """One more document, which is the same with another tail."""
        (self.inbox / f"{number}.pdf").write_bytes((self.home / SOURCE).read_bytes() + b"\n" * number)

    def scan(self) -> None:
        """Ask for a scan; a server that is away says no, and the next one is asked."""
        words: list[str | Path] = [BIN / "prefect", "deployment", "run", "scan-inbox/inbox"]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(words, env=self.environment, check=False, capture_output=True, timeout=120)

    def find(self, kind: str) -> int | None:
        """The process of a part, None where there is none."""
        found = None
        home = f"PREFECT_HOME={self.home / 'prefect'}".encode()
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (entry / "cmdline").read_bytes()
                if any(mark in words for mark in _MARKS[kind]) and home in (entry / "environ").read_bytes():
                    found = int(entry.name)  # the youngest, where one has started another
        return found

    def stop(self) -> None:
        """Stop all of it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(180)


def kill_service(
    place: Path, kinds: list[str], tallies: Mapping[str, KillTally], dice: random.Random
) -> Iterator[None]:
    """One kill of each of these kinds, each while a document is being read."""
    if not kinds:
        return
    service = ServiceUnderTest(place)
    try:
        for number, kind in enumerate(kinds, start=1):
            service.put(number)
            service.scan()
            time.sleep(dice.uniform(0, 20))
            end = time.monotonic() + _WAIT
            while (victim := service.find(kind)) is None and time.monotonic() < end:
                time.sleep(0.05)
            if victim is not None:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                tallies[kind].kills += 1
            yield
        wanted = len(kinds) * PAGES
        begun = 0.0

        def is_read() -> bool:
            nonlocal begun
            if time.monotonic() - begun > 30:
                begun = time.monotonic()
                service.scan()
            return len(blobs_of(service.workspace)) >= wanted

        with suppress(TimeoutError):
            service.wait(is_read, "all pages")
    finally:
        service.stop()
    _judge_all(service, len(kinds), [tallies[kind] for kind in dict.fromkeys(kinds)])


def _judge_all(service: ServiceUnderTest, documents: int, tallies: list[KillTally]) -> None:
    """All documents have the same pages, so all must have been read alike, and as a run reads that nobody disturbed."""
    alone = service.home / "alone"
    words: list[str | Path] = [
        BIN / "chamra",
        "digitise",
        *sorted(service.inbox.iterdir()),
        "-w",
        alone,
        "--json",
    ]
    environment = {key: value for key, value in os.environ.items() if key != "PREFECT_API_URL"}
    subprocess.run(words, check=False, capture_output=True, env=environment)
    judge(service.workspace, blobs_of(alone), tallies)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
