"""Whether confinement holds here: tried out from inside a worker, by doing what it must not."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from ocr.sandbox.limits import DEFAULT_LIMITS
from ocr.sandbox.process import Worker
from ocr.sandbox.protocol import Answer, Handler, Request

_ANYBODYS = "/etc/passwd"
"""A file that every account may read."""


def what_is_refused() -> dict[str, bool]:
    """What a confined worker of this machine tries, in words, and whether it was refused."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("rb") as file:
        worker = Worker(__name__, folder, DEFAULT_LIMITS, file.fileno())
        try:
            header, _ = worker.request({})
        finally:
            worker.close()
    return {str(what): bool(refused) for what, refused in header["tried"].items()}


def handler(folder: str) -> Handler:
    """Tries to leave the worker; `folder` is one that it may write by its rights."""

    def answer(request: Request) -> Answer:
        del request
        return {"tried": {what: _is_refused(attempt, folder) for what, attempt in _ATTEMPTS.items()}}, b""

    return answer


def _is_refused(attempt: Callable[[str], object], folder: str) -> bool:
    try:
        attempt(folder)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _connect(_: str) -> None:
    with socket.socket() as one:
        one.connect(("127.0.0.1", 9))


_ATTEMPTS: dict[str, Callable[[str], object]] = {
    "reading other files": lambda _: Path(_ANYBODYS).read_bytes(),
    "listing folders": lambda _: os.listdir("/"),  # noqa: PTH208
    "writing files": lambda folder: Path(folder, "written").write_bytes(b"x"),
    "changing rights": lambda folder: Path(folder).chmod(0o700),
    "the network": _connect,
    "starting programs": lambda _: os.posix_spawn("/bin/true", ["true"], {}),
    "signalling others": lambda _: os.kill(os.getppid(), 0),
}
