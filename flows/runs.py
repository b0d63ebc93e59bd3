"""The run that a flow and its tasks share, whichever threads they work in."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.progress import Listener, silent
from pipeline.run import Run, open_run
from pipeline.settings import Settings
from workspace.workspace import Workspace


def run_options(
    reader: str = "auto", settings: Settings | None = None, dictionaries: Sequence[Path] = ()
) -> dict[str, Any]:
    """What a run is made with, as plain data that may stand in a flow run's parameters: no secrets."""
    chosen = settings or Settings()
    return {
        "reader": reader,
        "settings": chosen.model_dump(),
        "dictionaries": [str(path.resolve()) for path in dictionaries],
    }


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings among the options of `run_options`; what they do not say is as the environment has it."""
    return Settings(**options.get("settings", {}))


class SharedRuns:
    """Open runs, one for each workspace and set of options, made at first need and closed together.

    Each is opened with the password and the listener that are given here: neither is among the options, which
    Prefect stores.
    """

    def __init__(self, password: str | None = None, listener: Listener = silent) -> None:
        self._password = password
        self._listener = listener
        self._open = ExitStack()
        self._runs: dict[tuple[str, str], Run] = {}
        self._lock = Lock()

    def get(self, workspace: str, options: dict[str, Any]) -> Run:
        """The run for this workspace and these options of `run_options`."""
        key = (workspace, json.dumps(options, sort_keys=True))
        with self._lock:
            if key not in self._runs:
                self._runs[key] = self._open.enter_context(
                    open_run(
                        self._open.enter_context(Workspace.open(Path(workspace))),
                        options.get("reader", "auto"),
                        settings_of(options),
                        [Path(path) for path in options.get("dictionaries", ())],
                        password=self._password,
                        listener=self._listener,
                    )
                )
            return self._runs[key]

    def close(self) -> None:
        """End the child processes of every run and let go of the workspaces."""
        with self._lock:
            self._runs.clear()
            self._open.close()


# Prefect copies the context of a flow into the threads of its tasks, so they find what their own flow shares.
_SHARED: ContextVar[SharedRuns | None] = ContextVar("shared runs", default=None)


@contextmanager
def sharing_runs(password: str | None = None, listener: Listener = silent) -> Iterator[SharedRuns]:
    """Own the runs of all flows and tasks that are called in this block; they are closed at its end."""
    runs = SharedRuns(password, listener)
    token = _SHARED.set(runs)
    try:
        yield runs
    finally:
        _SHARED.reset(token)
        runs.close()


def in_dask_worker() -> bool:
    """True in a task that a Dask worker works on."""
    worker = sys.modules.get("distributed.worker")
    if worker is None:
        return False
    try:
        worker.get_worker()
    except ValueError:
        return False
    return True


@cache
def runs_of_dask_worker() -> SharedRuns:
    """What the process of a Dask worker keeps open from page to page, to its end. A password travels with no task: it
    is taken from the worker's own environment."""
    runs = SharedRuns(os.environ.get("CHAMRA_PDF_PASSWORD"))
    Finalize(None, runs.close, exitpriority=1)  # `atexit` calls nothing in a process that Dask has started
    return runs


@contextmanager
def shared_run(workspace: str, options: dict[str, Any]) -> Iterator[Run]:
    """The run for this workspace and these options that is shared here.

    In a process that works for others it is made once and kept. Where nothing is shared otherwise (a flow called by a
    worker) it is made for this block, and for what is called in it.
    """
    with ExitStack() as stack:
        runs = _SHARED.get() or (runs_of_dask_worker() if in_dask_worker() else None)
        if runs is None:
            runs = stack.enter_context(sharing_runs())
        yield runs.get(workspace, options)
