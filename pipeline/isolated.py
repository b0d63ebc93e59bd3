"""A page over which a process has died is worked on by a process of its own, with limits: if that dies too, it is the
page, and the run goes on.

Reading a page takes libraries of machine code, in which anything may happen. To work on every page apart would cost a
process and the loading of dictionaries and models each time; so only a page that stands marked (`pipeline.begun`) is.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from model.errors import ProcessDied, ProcessNotReady
from ocr.engine import PageReader
from pipeline.progress import PageDone
from pipeline.settings import Settings

_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from pipeline.isolated_page import main
main()
"""
READY = b"ready\n"
"""What the process answers first: it has understood what is asked and is bounded; what ends it now is the page."""
_RECOGNITIONS = 4
"""Times that a page is recognised at most, in whole or in strips."""


@dataclass(frozen=True, slots=True)
class RunRecipe:
    """With what `pipeline.run.open_run` made a run, so that another process can make the same."""

    workspace: Path
    reader: str | PageReader
    settings: Settings
    dictionaries: tuple[Path, ...]
    password: str | None


@dataclass(frozen=True, slots=True)
class IsolatedPage:
    """One page that another process is asked to see through; its answer is a `PageDone` or an exception."""

    recipe: RunRecipe
    document: str
    name: str
    number: int


class Isolated:
    """Works on single pages in processes of their own, for one run."""

    def __init__(self, recipe: RunRecipe) -> None:
        self._recipe = recipe
        self._at_work: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()

    def packed(self, document: str, name: str, number: int) -> bytes:
        """The page as it is asked for; empty where the reader is an object that cannot go to another process."""
        try:
            return pickle.dumps(IsolatedPage(self._recipe, document, name, number))
        except (pickle.PicklingError, AttributeError, TypeError):
            return b""

    def see(self, packed: bytes, page: str) -> PageDone:
        """See a page through that `packed` has packed, and that errors call `page`; raises what `see_page` raises.

        Raises:
            ProcessDied: its process died, or took longer than its readers may take together.
            ProcessNotReady: it did so before it had taken up the page.
        """
        settings = self._recipe.settings
        seconds = settings.page_seconds + _RECOGNITIONS * settings.recognise_seconds
        command = [sys.executable, "-c", _START, json.dumps([path for path in sys.path if path])]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        with self._lock:
            self._at_work.add(process)
        try:
            answer, _ = process.communicate(packed, timeout=seconds)
            how = _how_it_ended(process.returncode)
        except subprocess.TimeoutExpired as late:
            answer, how = late.output or b"", f"took longer than {seconds:g} s and was stopped"
        finally:
            _kill(process)
            process.communicate()
            with self._lock:
                self._at_work.discard(process)
        if not answer.startswith(READY):
            raise ProcessNotReady(
                f"{page}: a process died while it worked on it, and one of its own could not be started: it "
                f"{how or 'gave no answer'}.",
                remedy="See what the machine lacks, then run `chamra retry`.",
                transient=True,
            )
        if how:
            raise ProcessDied(
                f"{page}: a process died while it worked on it, and one that worked on nothing else {how}.",
                remedy="Scan the page again, read it with another reader, or leave it out with a reason.",
                transient=True,
            )
        done: PageDone | Exception = pickle.loads(answer[len(READY) :])
        if isinstance(done, Exception):
            raise done
        return done

    def kill(self) -> None:
        """End the processes that are at work."""
        with self._lock:
            for process in self._at_work:
                _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _how_it_ended(status: int) -> str:
    """In words; nothing where it ended well."""
    if status < 0:
        return f"crashed ({signal.Signals(-status).name})"
    return f"ended with status {status}" if status else ""


def recipe(
    workspace: Path,
    reader: str | PageReader,
    settings: Settings,
    dictionaries: Sequence[Path],
    password: str | None,
) -> RunRecipe:
    """The recipe of a run with one job."""
    return RunRecipe(
        workspace, reader, settings.model_copy(update={"jobs": 1}), tuple(dictionaries), password
    )
