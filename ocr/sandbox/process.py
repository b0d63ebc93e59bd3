"""The worker process that opens what strangers have made: start it, ask it, kill it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from ocr.sandbox import serve
from ocr.sandbox.limits import Limits
from ocr.sandbox.protocol import ANSWER

MAX_HEADER = 4096
MAX_GLYPH_PAGE = 64 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[2]
_START = f"""
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from {serve.__name__} import serve
serve(sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6]))
"""


class WorkerDied(Exception):
    """The worker ended, or was killed, before it had answered. The message says how, in words."""


class WorkerRefused(Exception):
    """The worker answered that it cannot. `code` and `facts` as in `ocr.sandbox.protocol.Refusal`, checked."""

    def __init__(self, code: str, facts: dict[str, float | str]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def ask_once(
    module: str, about: str, data: bytes | IO[bytes], limits: Limits, most: int = 0
) -> tuple[dict[str, Any], bytearray]:
    """What a worker of its own answers about these bytes, or about this file, which the request names by `path`.

    Raises:
        WorkerRefused, WorkerDied: as `Worker.request` does.
    """
    with tempfile.TemporaryFile() if isinstance(data, bytes) else nullcontext(data) as file:
        if isinstance(data, bytes):
            file.write(data)
            file.flush()
        worker = Worker(module, about, limits, file.fileno())
        try:
            return worker.request({"path": f"/dev/fd/{file.fileno()}"}, most=most)
        finally:
            worker.close()


class Worker:
    """One worker process. It is killed with its whole process group, at the latest by `close`.

    `module` is the one whose handler answers, `about` what that is made for, `pass_fd` the descriptor of the one file
    that it may read. The worker's environment is empty: a password there is no business of its.
    """

    def __init__(self, module: str, about: str, limits: Limits, pass_fd: int) -> None:
        self._limits = limits
        self._diagnostics: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        command = [sys.executable, "-I", "-c", _START, json.dumps(_paths()), module, about]
        command += [str(limits.memory_mb), str(limits.seconds), str(pass_fd)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._diagnostics,
            pass_fds=(pass_fd,),
            start_new_session=True,
            cwd="/",
            env={},
        )

    @property
    def pid(self) -> int:
        """The process id, which is its process group's id too."""
        return self._process.pid

    def request(
        self, request: dict[str, Any], seconds: float | None = None, most: int = 0
    ) -> tuple[dict[str, Any], bytearray]:
        """The answer's object and payload, within the limits' time or within `seconds` if that is less. The payload may
        have as many bytes as a page image, or as `most` if that is more.

        Raises:
            WorkerRefused: the worker says that it cannot.
            WorkerDied: it ended, took longer than the limit or answered nonsense; it is dead then.
        """
        try:
            longest = self._limits.seconds if seconds is None else min(seconds, self._limits.seconds)
            header, payload = self._exchange(json.dumps(request).encode() + b"\n", longest, most)
        except BaseException:
            self.close()
            raise
        if "refused" in header:
            raise WorkerRefused(str(header["refused"]), dict(header.get("facts", {})))
        return header, payload

    def _exchange(self, request: bytes, seconds: float, most: int) -> tuple[dict[str, Any], bytearray]:
        deadline = time.monotonic() + seconds
        self._send(request)
        head, size = ANSWER.unpack(self._receive(ANSWER.size, deadline, seconds))
        if head > MAX_HEADER or size > max(self._limits.pixels, MAX_GLYPH_PAGE, most):
            raise WorkerDied("answered nonsense")
        return _checked(self._receive(head, deadline, seconds)), self._receive(size, deadline, seconds)

    def close(self) -> None:
        """Kill the process group and forget it."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._diagnostics):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        # One that has ended is found out by what it has written, or by how it ended.
        with contextlib.suppress(BrokenPipeError):
            # A request is far smaller than a pipe holds, so this cannot block.
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def _receive(self, size: int, deadline: float, seconds: float) -> bytearray:
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        received = bytearray(size)
        view = memoryview(received)
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        while view:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise WorkerDied(f"took longer than {seconds:g} s and was stopped")
            count = os.readv(pipe, [view])
            if count == 0:
                raise WorkerDied(self._how_it_ended())
            view = view[count:]
        return received

    def _how_it_ended(self) -> str:
        # A closed pipe comes a moment before the exit status.
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "closed its output"
        if status == -signal.SIGXCPU:
            return f"took longer than {self._limits.seconds:g} s and was stopped"
        if status < 0:
            return f"crashed ({signal.Signals(-status).name})"
        self._diagnostics.seek(0)
        lines = self._diagnostics.read(1 << 20).decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "no message")
        return f"ended with status {status}: {_printable(last)}"


def _paths() -> list[str]:
    """Where this process finds code, and so does the worker; not the folder that it happens to be started in."""
    return [str(_ROOT), *(path for path in sys.path if path)]


def _checked(data: bytearray) -> dict[str, Any]:
    try:
        header = json.loads(data)
    except ValueError as error:
        raise WorkerDied("answered nonsense") from error
    if not isinstance(header, dict) or not isinstance(header.get("facts", {}), dict):
        raise WorkerDied("answered nonsense")
    return header


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)[:200]
