"""`chamra digitise`: read documents, propose corrections, report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DaskOption, DictionaryOption, JsonOption, WithExtensions, WorkspaceOption
from model.counted import counted
from model.visible import in_a_row

if TYPE_CHECKING:
    from pipeline.progress import Listener
    from pipeline.settings import Settings
    from pipeline.summary import RunSummary


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("digitise", cls=WithExtensions)(digitise)


class QualityChoice(StrEnum):
    """How much work is put into a page image."""

    STANDARD = "standard"
    BEST = "best"


def digitise(
    sources: Annotated[list[Path], typer.Argument(help="PDF, TIFF, PNG or JPEG files.", show_default=False)],
    workspace: WorkspaceOption,
    pages: Annotated[
        str | None, typer.Option(help="Only these pages of each file, such as 1-3,7,12-.")
    ] = None,
    reader: Annotated[str, typer.Option(help="Who reads: {engines}.")] = "auto",
    reading: Annotated[
        Path | None,
        typer.Option(help="Take what another engine has read: a file in one of these forms: {imports}."),
    ] = None,
    quality: Annotated[
        QualityChoice | None,
        typer.Option(help="best: every reader reads every line; takes several times as long."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Pages read at the same time.")] = None,
    dask: DaskOption = None,
    password: Annotated[
        str | None, typer.Option(envvar="CHAMRA_PDF_PASSWORD", help="The password of an encrypted PDF.")
    ] = None,
    dictionary: DictionaryOption = None,
    prefect: Annotated[
        bool,
        typer.Option("--prefect", help="As a Prefect flow run; the default when PREFECT_API_URL is set."),
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Read documents, propose corrections, write a diff report for each."""
    from cli.terminal import showing_progress
    from pipeline.settings import Settings
    from pipeline.summary import exit_status

    given = {"jobs": jobs, "quality": quality and quality.value, "dask": dask}
    settings = Settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    if reading is not None:
        from pipeline.import_reader import import_reader

        reader = import_reader(reading, sources, reader, settings, password)
    _say_if_made(workspace)
    as_flow = prefect or settings.dask or os.environ.get("PREFECT_API_URL")
    run = _prefect_runner() if as_flow else _run_here
    with showing_progress(quiet=as_json) as listener:
        result = run(
            sources,
            workspace,
            reader=reader,
            pages=pages,
            password=password,
            settings=settings,
            dictionaries=dictionary or [],
            listener=listener,
        )
    show_summary(result, as_json)
    return exit_status(result)


def _say_if_made(workspace: Path) -> None:
    """A workspace is never made in silence: one that is not mounted would otherwise be made anew, unnoticed."""
    from workspace.folder import SETTINGS

    if not (workspace / SETTINGS).exists():
        typer.echo(f"chamra: making a new workspace at {workspace}.", err=True)


def _run_here(
    sources: list[Path],
    workspace: Path,
    *,
    reader: str,
    pages: str | None,
    password: str | None,
    settings: Settings,
    dictionaries: list[Path],
    listener: Listener,
) -> RunSummary:
    from pipeline.local import digitise_here
    from pipeline.run import open_run
    from workspace.workspace import Workspace

    with (
        Workspace.open(workspace, create=True) as ws,
        open_run(ws, reader, settings, dictionaries, password=password, listener=listener) as run,
    ):
        return digitise_here(run, sources, pages)


def _prefect_runner() -> Callable[..., RunSummary]:
    # The command tells its own progress; a scheduled run keeps Prefect's log.
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    from flows.launch import digitise_with_prefect

    return digitise_with_prefect


def show_summary(result: RunSummary, as_json: bool) -> None:
    """Print what a run came to."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    for document in result["documents"]:
        outcomes = [page["outcome"] for page in document["pages"]]
        counts = ", ".join(
            f"{outcomes.count(kind)} {kind}"
            for kind in ("read", "kept", "failed", "left")
            if kind in outcomes
        )
        proposals = sum(page["proposals"] for page in document["pages"])
        flags = sum(page["flags"] for page in document["pages"])
        typer.echo(f"{in_a_row(document['name'])}  {document['id'][:12]}")
        typer.echo(f"  pages: {counts or 'none'}; {counted(proposals, 'proposal')}, {counted(flags, 'flag')}")
        for page in document["pages"]:
            if page["outcome"] == "failed":
                typer.echo(f"  page {page['number']} FAILED: {in_a_row(page['reason'])}")
        left = outcomes.count("left")
        if left:
            typer.echo(f"  stopped: {counted(left, 'page')} left; `chamra retry` goes on", err=True)
        if document["problem"]:
            typer.echo(f"chamra: {in_a_row(document['problem'])}", err=True)
        if document["report"]:
            typer.echo(f"  report: {in_a_row(document['report'])}")
    for row in result["refused"]:
        typer.echo(f"chamra: {in_a_row(row['reason'])}", err=True)
