"""The flow `scan-inbox`: takes new files of a folder, each content once, when they have stopped changing.

Runs that are late or overlap are harmless: one scan works at a time, and a file's content decides
whether it is new, not its name or time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State

from flows.digitise import digitise
from flows.names import to_parameter
from flows.reconcile import mark_crashed_runs, this_run_is_alive
from flows.runs import run_options, settings_of, sharing_runs
from flows.states import ended, outcome
from flows.workers import task_runner
from model.errors import NoSpace, Stopped, WorkspaceError
from model.visible import in_a_row
from pipeline.inbox import InboxFiles, check_inbox, new_files, scanning_alone
from pipeline.inbox_folders import Collection, by_collection, folders_said
from pipeline.inbox_state import note_scan
from pipeline.quarantine import set_aside
from pipeline.settings import Settings
from pipeline.summary import RunSummary, run_summary, trouble
from workspace.sources import printable
from workspace.workspace import Workspace

_OF_ALL = (NoSpace, WorkspaceError, Stopped)
"""What would end the reading of every folder."""

Logger = logging.Logger | logging.LoggerAdapter[Any]


@flow(name="scan-inbox", persist_result=False, retries=0)
def scan_inbox(inbox: str, workspace: str, options: dict[str, Any] | None = None) -> RunSummary | None:
    """Digitise what is new in `inbox`; nothing when another scan is at work or nothing is new.

    Failed where pages failed, files were refused, something in the inbox cannot be read that could be before, or a
    folder has settings with which nothing can be read; the other folders are read all the same.

    Raises:
        UsageError: what is said of folders cannot be meant; nothing was taken.
    """
    logger = get_run_logger()
    place = Path(workspace)
    with closing(Workspace.open(place)) as opened, scanning_alone(opened) as alone:
        if not alone:
            logger.info("another scan of this workspace is at work")
            return None
        folder = check_inbox(inbox, place)
        said = folders_said(place)
        with this_run_is_alive(place):
            for name in mark_crashed_runs(place):
                logger.warning("run %s had died without a word; marked as crashed", name)
            settings = Settings()
            found = new_files(
                opened, folder, settings.settle_seconds, most=settings.inbox_files, largest=settings.max_bytes
            )
            news = note_scan(opened, folder, found)
            _tell(logger, found)
            groups = by_collection(said, folder, found.ready)
            summary, troubles = _read(groups, folder, place, options or run_options())
            for words in troubles:
                logger.error(in_a_row(words))
            set_aside(opened, found.contents)
    words = "; ".join(filter(None, (summary and trouble(summary), *troubles, *news)))
    return ended(words, summary)


def _tell(logger: Logger, found: InboxFiles) -> None:
    for path, reason in found.troubles:
        logger.warning("%s %s", _said(path), reason)
    for path, reason in found.waiting:
        logger.info("%s: %s", _said(path), reason)
    for path, other in found.copies:
        logger.info("%s has the content of %s", _said(path), _said(other))


def _said(path: Path) -> str:
    """A path as one line of a log, whatever stands in it."""
    return in_a_row(printable(str(path)))


def _read(
    groups: Sequence[tuple[Collection, list[Path]]], inbox: Path, workspace: Path, options: dict[str, Any]
) -> tuple[RunSummary | None, list[str]]:
    """Read the files of each collection as it is said of its folder. Gives what that came to, and in words what ended
    the reading of a folder."""
    if not groups:
        return None, []
    whole, troubles = run_summary([], []), list[str]()
    with sharing_runs(os.environ.get("CHAMRA_PDF_PASSWORD")):
        for collection, paths in groups:
            state = _read_collection(collection, paths, inbox, workspace, options)
            try:
                part = outcome(state)
            except _OF_ALL:
                raise
            except Exception as error:
                if state.is_crashed() or state.is_cancelled():
                    raise
                troubles.append(
                    f"folder {printable(collection.name) or '.'}: {str(error) or type(error).__name__}"
                )
                continue
            whole["documents"] += part["documents"]
            whole["refused"] += part["refused"]
    return whole, troubles


def _read_collection(
    collection: Collection, paths: Sequence[Path], inbox: Path, workspace: Path, options: dict[str, Any]
) -> State[RunSummary]:
    chosen = options | {
        "reader": collection.reader or options.get("reader", "auto"),
        "settings": options.get("settings", {}) | collection.settings,
    }
    flow = digitise.with_options(task_runner=task_runner(settings_of(chosen)))
    sources = [to_parameter(path) for path in paths]
    place = to_parameter(inbox)
    return flow(sources, str(workspace), None, chosen, place, collection.plain(), return_state=True)
