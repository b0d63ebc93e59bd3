"""A single-machine installation under one process: Prefect server, worker with its deployments, review page.

Each part is a child in a session of its own. A part that ends is started again, later and later; at the end all are
asked to stop, the worker first, and killed only if they do not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from prefect.exceptions import PrefectException
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.notify import make_automation
from flows.place import ROOT
from flows.reconcile import mark_dead_runs
from flows.server import answers
from model.errors import MissingProgram, UsageError

POOL = "chamra"
_WORKER = "worker"
_START_SECONDS = 180.0
_STOP_SECONDS = 60.0
_LONGEST_WAIT = 300.0
_LOOK_SECONDS = 1.0
_SOUND_SECONDS = 60.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Installation:
    """What is to run: the workspace, the inbox, the folder for backups (may be empty), the ports, who reviews where the
    workspace has no users (empty: no review page then), and how many flow runs at once."""

    workspace: Path
    inbox: Path
    backup: str = ""
    port: int = 4200
    review_port: int = 8017
    who: str = ""
    url: str = ""
    runs: int = 2

    @property
    def api(self) -> str:
        """The address of the server's API."""
        return f"http://127.0.0.1:{self.port}/api"

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """The environment of every part, made from this process's `own`."""
        made = dict(own)
        made |= {
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_API_HOST": "127.0.0.1",
            "PREFECT_SERVER_API_PORT": str(self.port),
            "CHAMRA_WORKSPACE": str(self.workspace.resolve()),
            "CHAMRA_INBOX": str(self.inbox.resolve()),
            "CHAMRA_BACKUP": self.backup,
            "CHAMRA_REVIEW_URL": self.url or f"http://127.0.0.1:{self.review_port}",
        }
        # Prefect keeps everything for ever otherwise: 20 KB a page.
        made.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs")
        made.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD", str(30 * 24 * 3600))
        return made


_ASKS_NOBODY = ("https_proxy=http://127.0.0.1:9", "HTTPS_PROXY=http://127.0.0.1:9")
"""Prefect's server asks its maker's repository which kinds of workers there are, and takes its own list where nobody
answers. No setting keeps it from that, so what it asks of anybody else goes to a port of this machine where nobody
listens."""


@dataclass(slots=True)
class _Child:
    """A child process that shall run, and when it is started again if it does not."""

    name: str
    command: Sequence[str | Path]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0


@dataclass(slots=True)
class Service:
    """The parts of an installation while they run. `say` is told what happens, in plain lines."""

    installation: Installation
    say: Say
    stopping: threading.Event = field(default_factory=threading.Event)
    _parts: list[_Child] = field(default_factory=list)
    _environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Start everything, keep it running until `stopping` is set, and stop it.

        Raises:
            UsageError: the server's port is taken.
            MissingProgram: the server does not come up.
        """
        self._environment = self.installation.environment(os.environ)
        if answers(self.installation.api):
            raise UsageError(
                f"A Prefect server answers at {self.installation.api} already.",
                remedy="Stop it, or choose another port with --port.",
            )
        try:
            self._start_server()
            self._deploy()
            self._start_rest()
            while not self.stopping.wait(_LOOK_SECONDS):
                for part in self._parts:
                    self._look_after(part)
        finally:
            self._stop()

    def _start_server(self) -> None:
        command: list[str | Path] = [
            "env",
            *_ASKS_NOBODY,
            _program("prefect"),
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.installation.port),
        ]
        server = self._start(_Child("Prefect server", command))
        end = time.monotonic() + _START_SECONDS
        while not answers(self.installation.api):
            if self.stopping.wait(_LOOK_SECONDS):
                return
            if server.process is None or server.process.poll() is not None or time.monotonic() > end:
                raise MissingProgram(
                    "The Prefect server does not come up.",
                    remedy=f"See what it says: {' '.join(str(one) for one in command)}",
                )
        self.say(f"Prefect server: {self.installation.api.removesuffix('/api')}")

    def _deploy(self) -> None:
        """Make the work pool and the deployments, as they stand in `prefect.yaml`; they are there in the end."""
        if self.stopping.is_set():
            return
        pool = ["work-pool", "create", POOL, "--type", "process", "--overwrite"]
        self._call("prefect", *pool)
        self._call("prefect", "work-pool", "set-concurrency-limit", POOL, str(self.installation.runs))
        self._call("prefect", "--no-prompt", "deploy", "--all")
        self.say("deployments: made as in prefect.yaml")
        try:
            with temporary_settings({PREFECT_API_URL: self.installation.api}):
                told = make_automation()
        except (httpx.HTTPError, PrefectException) as error:
            raise MissingProgram(f"The automation that tells people was not made: {error}.") from error
        self.say(
            "people are told of failures"
            if told
            else "nobody is told of failures: neither CHAMRA_MAIL_TO nor CHAMRA_WEBHOOK is set"
        )

    def _start_rest(self) -> None:
        if self.stopping.is_set():
            return
        self._start_worker(_Child(_WORKER, [_program("prefect"), "worker", "start", "--pool", POOL]))
        one = self.installation
        if one.who or one.url:
            entrance = ["--who", one.who] if one.who else ["--url", one.url, "--trust-proxy", "127.0.0.1"]
            place = ["-w", str(one.workspace.resolve()), "--port", str(one.review_port)]
            self._start(_Child("review page", [_program("chamra"), "review", *place, *entrance]))
        self._call("prefect", "deployment", "run", "scan-inbox/inbox")
        self.say(f"scans that are put into {one.inbox.resolve()} are read within about five minutes")
        self.say("running; Ctrl-C or SIGTERM stops it")

    def _start_worker(self, part: _Child) -> None:
        """Start the worker. None lives, so every run that has not ended is dead, and would hold its place for ever."""
        try:
            with temporary_settings({PREFECT_API_URL: self.installation.api}):
                for name in mark_dead_runs(POOL):
                    self.say(f"run {name} had died without a word; marked as crashed")
        except (httpx.HTTPError, PrefectException) as error:
            self.say(f"runs that died were not looked for: {error}")
        self._start(part)

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [_program(program), *arguments], env=self._environment, cwd=ROOT,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())[-300:]
            raise MissingProgram(
                f"`{program} {' '.join(arguments)}` failed: {said}.", remedy="Run it by hand."
            )

    def _start(self, part: _Child) -> _Child:
        if part not in self._parts:
            self._parts.append(part)
        part.process = subprocess.Popen(
            part.command, env=self._environment, cwd=ROOT, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno(), stderr=sys.stderr.fileno(),
        )  # fmt: skip
        part.started = time.monotonic()
        return part

    def _look_after(self, part: _Child) -> None:
        """Start a part again that has ended: after a second, and twice as long each time that it ends soon."""
        now = time.monotonic()
        if part.process is not None:
            status = part.process.poll()
            if status is None:
                return
            part.failures = 1 if now - part.started > _SOUND_SECONDS else part.failures + 1
            part.due = now + min(_LONGEST_WAIT, 2.0 ** (part.failures - 1))
            _signal(
                part.process, signal.SIGKILL
            )  # its runs, if it was killed: the next one would not know of them
            part.process = None
            self.say(f"{part.name} ended with status {status}; it is started again in {part.due - now:.0f} s")
        elif now >= part.due:
            (self._start_worker if part.name == _WORKER else self._start)(part)

    def _stop(self) -> None:
        """The worker first, so that its runs still can say to the server how they end."""
        for part in reversed(self._parts):
            process = part.process
            if process is None or process.poll() is not None:
                continue
            _signal(process, signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.say(f"{part.name} does not stop and is killed")
            _signal(process, signal.SIGKILL)  # what it may have left in its session
            process.wait()
            self.say(f"{part.name}: stopped")


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _program(name: str) -> Path:
    """A program of this installation, whatever the search path says."""
    return Path(sys.executable).parent / name


def unit(installation: Installation, account: str) -> str:
    """A systemd unit that runs the installation as this account, from the start of the machine on."""
    one = installation
    places = " ".join(_quoted(str(path.resolve())) for path in (one.workspace, one.inbox))
    command = [str(_program("chamra")), "up", "-w", str(one.workspace.resolve()), "--inbox", str(one.inbox.resolve()),
               "--port", str(one.port), "--review-port", str(one.review_port), "--runs", str(one.runs)]  # fmt: skip
    for option, value in (("--backup", one.backup), ("--who", one.who), ("--url", one.url)):
        command += [option, value] if value else []
    return f"""[Unit]
Description=Chamra: Prefect server, worker and review page
After=network-online.target
Wants=network-online.target
# Not before the disk or share is there: a workspace is never made anew where one should be.
RequiresMountsFor={places}

[Service]
Type=exec
User={account}
ExecStart={" ".join(_quoted(part) for part in command)}
WorkingDirectory={ROOT}
# Settings such as CHAMRA_JOBS=4, a line each; may be missing.
EnvironmentFile=-/etc/chamra.env
Environment=OMP_THREAD_LIMIT=1
Restart=on-failure
RestartSec=10
# Only the first process is asked to stop; it stops the others in their order.
KillMode=mixed
TimeoutStopSec=180
NoNewPrivileges=true
PrivateTmp=true

[Install]
WantedBy=multi-user.target
"""


def _quoted(text: str) -> str:
    """A word of a unit file: quoted where it must be, with its per cent signs and dollars doubled."""
    text = text.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$")
    plain = text and all(one.isalnum() or one in "/._-:%$+=@," for one in text)
    return text if plain else '"' + text.replace('"', '\\"') + '"'
