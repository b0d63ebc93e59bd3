"""In the process that sees one page through and nothing else: bounded, and the first to go where memory is short.

It trusts what it is asked, which is its parent's own (`pipeline.isolated`), and records what it finds by itself.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from pipeline.admit import DocumentPlan
from pipeline.isolated import READY, IsolatedPage
from pipeline.progress import PageDone
from pipeline.run import open_run
from pipeline.see_page import see_page
from workspace.workspace import Workspace

_OWN_MB = 2048
"""Address space for the program with its libraries, models and dictionaries, MiB; a page may take as much as a process
that opens files besides."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_FIRST_TO_GO = "1000"


def main() -> None:
    """Answer on standard output what is asked on standard input, both as `pickle` has it; before that, `READY`."""
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no answer
    asked: IsolatedPage = pickle.load(sys.stdin.buffer)
    _bound(asked.recipe.settings.max_memory_mb)
    with os.fdopen(answers, "wb") as out:
        out.write(READY)
        out.flush()
        out.write(_packed(_answer(asked)))


def _answer(asked: IsolatedPage) -> PageDone | Exception:
    made = asked.recipe
    try:
        with (
            Workspace.open(made.workspace) as ws,
            open_run(ws, made.reader, made.settings, made.dictionaries, password=made.password) as run,
        ):
            return see_page(run, DocumentPlan(asked.document, asked.name, (asked.number,)), asked.number)
    except Exception as error:  # noqa: BLE001  whatever it is, who asked knows what to do about it
        return error


def _packed(answer: PageDone | Exception) -> bytes:
    """The answer packed; an error that cannot be, or cannot be unpacked, as its words."""
    try:
        packed = pickle.dumps(answer)
        pickle.loads(packed)
    except Exception:  # noqa: BLE001  an error of any library, made as it pleases
        return pickle.dumps(RuntimeError(f"{type(answer).__name__}: {answer}"))
    return packed


def _bound(memory_mb: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    with suppress(OSError):  # where that may not be written, the kernel chooses by size
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    size = (_OWN_MB + memory_mb) * 1024 * 1024
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    if most != resource.RLIM_INFINITY:
        size = min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
