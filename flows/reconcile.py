"""Flow runs whose process was killed: Prefect shows them as running for ever, so we mark them.

Every run of ours holds a lock on a file named after it while it lives. A lock dies with its process,
so a file that nobody holds belongs to a run that ended without a word.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import StateType
from prefect.context import get_run_context
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

_MESSAGE = "The process of this run ended without a word: killed, or the machine stopped."


@contextmanager
def this_run_is_alive(workspace: Path) -> Iterator[None]:
    """Hold the lock that says that the current flow run's process lives."""
    context = get_run_context()
    folder = workspace / "runs"
    folder.mkdir(exist_ok=True)
    path = folder / str(context.flow_run.id)  # type: ignore[union-attr]
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def mark_crashed_runs(workspace: Path) -> list[str]:
    """Mark every dead run of this workspace, and its tasks, as crashed. Returns the names of the runs."""
    marked: list[str] = []
    for path in sorted((workspace / "runs").glob("*")):
        with path.open("r+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            with get_client(sync_client=True) as client:
                name = _mark(client, UUID(path.name))
            if name:
                marked.append(name)
            path.unlink(missing_ok=True)
    return marked


def mark_dead_runs(pool: str) -> list[str]:
    """Mark every run of this work pool that has not ended as crashed. Only for whoever knows that no worker of the pool
    and no process of one lives: such a run would hold a place in the pool for ever. Returns the names of the runs."""
    unfinished = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=unfinished))
            ),
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[pool])),
        )
        return [name for run in runs if (name := _mark(client, run.id))]


def _mark(client: SyncPrefectClient, flow_run: UUID) -> str | None:
    try:
        run = client.read_flow_run(flow_run)
    except ObjectNotFound:
        return None  # it ran against another server, or that server's database is gone
    if run.state is None or run.state.is_final():
        return None
    tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run])))
    for task in tasks:
        if task.state is None or not task.state.is_final():
            client.set_task_run_state(task.id, Crashed(message=_MESSAGE), force=True)
    client.set_flow_run_state(flow_run, Crashed(message=_MESSAGE), force=True)
    return run.name
