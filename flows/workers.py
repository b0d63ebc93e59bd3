"""Who works on the pages of a flow: threads of its process, processes of this machine, or Dask workers anywhere."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from model.errors import MissingProgram, UsageError, WorkspaceError
from pipeline.read_page import reading_key
from pipeline.run import Run
from pipeline.settings import Settings
from workspace.store import recipe_key

Runner: TypeAlias = TaskRunner[PrefectFuture[Any]]

HERE = "here"
"""Instead of a scheduler's address: processes of this machine."""

_CONNECT_SECONDS = 10
_LOGGING = {"distributed": "warning", "distributed.nanny": "error"}


def task_runner(settings: Settings) -> Runner:
    """Who works, as the settings say: `settings.jobs` threads, as many processes, or the workers of a scheduler.

    Raises:
        UsageError: `settings.dask` is no address.
        MissingProgram: no scheduler answers there, or it has no worker.
    """
    if not settings.dask:
        return cast("Runner", ThreadPoolTaskRunner(max_workers=settings.jobs))
    import dask  # noqa: PLC0415  takes a second with what follows, and most runs do without

    dask.config.set({"distributed.logging": _LOGGING})
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415

    if settings.dask == HERE:
        processes = {"n_workers": settings.jobs, "threads_per_worker": 1, "processes": True}
        runner = DaskTaskRunner(
            cluster_kwargs={**processes, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
        )
    else:
        _must_have_workers(settings.dask)
        runner = DaskTaskRunner(address=settings.dask)
    return cast("Runner", runner)


def _must_have_workers(address: str) -> None:
    from distributed import Client  # noqa: PLC0415

    if "://" not in address:
        raise UsageError(
            f"{address!r} is no address of a Dask scheduler.",
            remedy=f"Give tcp://HOST:8786, or {HERE} for processes of this machine.",
        )
    try:
        with Client(  # type: ignore[no-untyped-call]
            address, timeout=_CONNECT_SECONDS, set_as_default=False
        ) as client:
            workers = client.scheduler_info()["workers"]
    except (OSError, ValueError) as error:
        raise MissingProgram(
            f"No Dask scheduler answers at {address}.", remedy="Start it; docs/operator.md says how."
        ) from error
    if not workers:
        raise MissingProgram(
            f"The Dask scheduler at {address} has no worker.", remedy=f"Start one: `dask worker {address}`."
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page's task comes from: the machine, and what the run there reads and corrects with."""

    machine: str
    stands_on: str

    @classmethod
    def of(cls, run: Run) -> Origin:
        """This process, with this run."""
        known = run.knowledge
        reading = reading_key(run.reading, "", 0)
        stands_on = recipe_key(reading=reading, ruleset=known.ruleset, dictionaries=known.dictionaries)
        return cls(socket.gethostname(), stands_on)


def must_be_alike(run: Run, origin: Origin) -> None:
    """Refuse to work with another program, model or dictionary than the run that asks, or on a ledger that machines
    cannot share.

    Raises:
        WorkspaceError: a page read here would not be the page that the asking run would have read.
    """
    own = Origin.of(run)
    if own.stands_on != origin.stands_on:
        raise WorkspaceError(
            f"The worker on {own.machine} has another version of the program, of its models, dictionaries or Tesseract "
            f"than {origin.machine}; it reads nothing.",
            remedy="Install the same version on both, with the same dictionaries, and start the worker again.",
        )
    if run.workspace.ledger.is_file and own.machine != origin.machine:
        raise WorkspaceError(
            f"The ledger {run.workspace.ledger.name} is a file, and {own.machine} is not the machine that asks for the "
            f"page, {origin.machine}: SQLite is not made for network file systems.",
            remedy="Keep the ledger in PostgreSQL where several machines work (docs/ledger.md).",
        )
