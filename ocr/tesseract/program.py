"""Tesseract's process: what it is given of our environment, and what it may use of the machine."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from ocr.sandbox.limits import Limits

_HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TMPDIR")
"""What finding and running it takes; passwords in the environment are no business of its."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: its status, negative for a signal, and what it said on standard error, in one line."""

    status: int
    said: str


def environment() -> dict[str, str]:
    """The environment that it runs in. One thread a process: pages in parallel beat threads within a page by far."""
    kept = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    return kept | {"OMP_THREAD_LIMIT": "1"}


def run(arguments: Sequence[str], limits: Limits) -> Ended:
    """Run it and wait for its end.

    Raises:
        FileNotFoundError: it is not installed.
        TimeoutError: it took longer than it may, and is dead.
        OSError: it cannot be started.
    """
    with subprocess.Popen(
        ["tesseract", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        _bound(process.pid, limits.memory_mb)
        try:
            _, said = process.communicate(timeout=limits.recognise_seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        finally:
            if process.poll() is None:
                process.kill()
    return Ended(process.returncode, " ".join(said.decode("utf-8", "replace").split()))


def _bound(pid: int, memory_mb: int) -> None:
    """Bound its address space from outside: code of ours between fork and start would run in a process of many
    threads."""
    size = memory_mb * 1024 * 1024
    with suppress(ProcessLookupError):  # it has ended already
        resource.prlimit(pid, resource.RLIMIT_AS, (size, size))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
