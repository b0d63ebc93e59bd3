"""Start the flow `digitise` from the command line, on the server that is set or on an embedded one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.digitise import digitise
from flows.names import to_parameter
from flows.runs import run_options, sharing_runs
from flows.server import server_errors
from flows.states import outcome
from flows.workers import task_runner
from pipeline.progress import Listener
from pipeline.settings import Settings
from pipeline.summary import RunSummary
from workspace.workspace import Workspace


def digitise_with_prefect(
    sources: Sequence[Path],
    workspace: Path,
    *,
    reader: str,
    pages: str | None,
    password: str | None,
    settings: Settings,
    dictionaries: Sequence[Path],
    listener: Listener,
) -> RunSummary:
    """Run the flow in this process. The password stays in this process's memory: parameters are stored."""
    options = run_options(reader, settings, dictionaries)
    place = str(workspace.resolve())
    parameters = [to_parameter(source) for source in sources]
    with server_errors(), sharing_runs(password, listener):
        Workspace.open(workspace, create=True).close()
        flow = digitise.with_options(task_runner=task_runner(settings))
        return outcome(flow(parameters, place, pages, options, return_state=True))
