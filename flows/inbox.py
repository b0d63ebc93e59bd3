"""The flow `scan-inbox`: takes new files of a folder, each content once, when they have stopped changing.

Runs that are late or overlap are harmless: one scan works at a time, and a file's content decides
whether it is new, not its name or time.
"""

from __future__ import annotations

import logging
import os
from contextlib import closing
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger

from flows.digitise import digitise
from flows.names import to_parameter
from flows.reconcile import mark_crashed_runs, this_run_is_alive
from flows.runs import run_options, settings_of, sharing_runs
from flows.states import ended, outcome
from flows.workers import task_runner
from pipeline.inbox import InboxFiles, check_inbox, new_files, scanning_alone
from pipeline.inbox_folders import by_collection
from pipeline.inbox_state import note_scan
from pipeline.quarantine import set_aside
from pipeline.settings import Settings
from pipeline.summary import RunSummary, run_summary, trouble
from workspace.sources import printable
from workspace.workspace import Workspace

Logger = logging.Logger | logging.LoggerAdapter[Any]


@flow(name="scan-inbox", persist_result=False, retries=0)
def scan_inbox(inbox: str, workspace: str, options: dict[str, Any] | None = None) -> RunSummary | None:
    """Digitise what is new in `inbox`; nothing when another scan is at work or nothing is new.

    Failed where pages failed, files were refused, or something in the inbox cannot be read that could be before.
    """
    logger = get_run_logger()
    place = Path(workspace)
    with closing(Workspace.open(place)) as opened, scanning_alone(opened) as alone:
        if not alone:
            logger.info("another scan of this workspace is at work")
            return None
        folder = check_inbox(inbox, place)
        with this_run_is_alive(place):
            for name in mark_crashed_runs(place):
                logger.warning("run %s had died without a word; marked as crashed", name)
            settings = Settings()
            found = new_files(
                opened, folder, settings.settle_seconds, most=settings.inbox_files, largest=settings.max_bytes
            )
            news = note_scan(opened, folder, found)
            _tell(logger, found)
            summary = _read(found, folder, place, options or run_options())
            set_aside(opened, [Path(row["path"]) for row in summary["refused"]] if summary else [])
    words = "; ".join(filter(None, (summary and trouble(summary), *news)))
    return ended(words, summary)


def _tell(logger: Logger, found: InboxFiles) -> None:
    for path, reason in found.troubles:
        logger.warning("%s %s", printable(str(path)), reason)
    for path, reason in found.waiting:
        logger.info("%s: %s", printable(str(path)), reason)
    for path, other in found.copies:
        logger.info("%s has the content of %s", printable(str(path)), printable(str(other)))


def _read(found: InboxFiles, inbox: Path, workspace: Path, options: dict[str, Any]) -> RunSummary | None:
    """Read what is ready, the files of each collection as it is said of its folder."""
    if not found.ready:
        return None
    whole = run_summary([], [])
    with sharing_runs(os.environ.get("CHAMRA_PDF_PASSWORD")):
        for collection, paths in by_collection(workspace, inbox, found.ready):
            settings = options.get("settings", {}) | collection.settings
            chosen = options | {
                "reader": collection.reader or options.get("reader", "auto"),
                "settings": settings,
            }
            flow = digitise.with_options(task_runner=task_runner(settings_of(chosen)))
            sources = [to_parameter(path) for path in paths]
            place = to_parameter(inbox)
            state = flow(sources, str(workspace), None, chosen, place, collection.plain(), return_state=True)
            part = outcome(state)
            whole["documents"] += part["documents"]
            whole["refused"] += part["refused"]
    return whole
