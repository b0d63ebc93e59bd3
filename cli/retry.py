"""`chamra retry`: try again what failed or was refused."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.digitise import show_summary
from cli.options import DictionaryOption, JsonOption, WorkspaceOption


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("retry")(retry)


def retry(
    workspace: WorkspaceOption,
    documents: Annotated[
        list[str] | None, typer.Argument(help="Only these documents, by name or id.", show_default=False)
    ] = None,
    reader: Annotated[str, typer.Option(help="Who reads.")] = "auto",
    jobs: Annotated[int | None, typer.Option(min=1, help="Pages read at the same time.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="CHAMRA_PDF_PASSWORD", help="The password of encrypted PDFs.")
    ] = None,
    dictionary: DictionaryOption = None,
    asked: Annotated[
        bool, typer.Option("--asked", help="Only the pages that somebody has asked for in the browser.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Read anew the pages that failed or are missing, and take the files in quarantine that can be taken now."""
    from cli.terminal import showing_progress
    from pipeline.retry import read_asked_for
    from pipeline.retry import retry as try_again
    from pipeline.run import open_run
    from pipeline.settings import Settings
    from pipeline.summary import exit_status
    from workspace.workspace import Workspace

    settings = Settings() if jobs is None else Settings().model_copy(update={"jobs": jobs})
    with (
        showing_progress(quiet=as_json) as listener,
        Workspace.open(workspace) as ws,
        open_run(ws, reader, settings, dictionary or [], password=password, listener=listener) as run,
    ):
        chosen = [ws.find_document(one) for one in documents or ()]
        result = read_asked_for(run) if asked else try_again(run, chosen)
    show_summary(result, as_json)
    return exit_status(result)
