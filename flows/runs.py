"""One open `Run` for each workspace and set of options in this process, shared by flow and tasks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.settings import Settings
from pipeline.steps import Run
from workspace.workspace import Workspace

_runs: dict[tuple[str, str], Run] = {}
_lock = Lock()


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


def shared_run(workspace: str, options: dict[str, Any]) -> Run:
    """The run of this process for this workspace and these options, made at the first call."""
    key = (workspace, json.dumps(options, sort_keys=True))
    with _lock:
        if key not in _runs:
            _runs[key] = Run(
                Workspace.open(Path(workspace), create=True),
                options.get("reader", "auto"),
                Settings(**options.get("settings", {})),
                [Path(path) for path in options.get("dictionaries", ())],
            )
        return _runs[key]


def close_runs() -> None:
    """End the child processes of every run of this process."""
    with _lock:
        for run in _runs.values():
            run.close()
        _runs.clear()
