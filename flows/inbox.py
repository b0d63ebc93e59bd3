"""The flow `scan-inbox`: takes new files of a folder, each content once, when they have stopped changing.

Runs that are late or overlap are harmless: one scan works at a time, and a file's content decides
whether it is new, not its name or time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger

from flows.digitise import digitise
from flows.reconcile import mark_crashed_runs, this_run_is_alive
from flows.runs import run_options
from pipeline.inbox import new_files, scanning_alone
from pipeline.settings import Settings
from pipeline.summary import RunSummary
from workspace.workspace import Workspace


@flow(name="scan-inbox", persist_result=False, retries=0)
def scan_inbox(inbox: str, workspace: str, options: dict[str, Any] | None = None) -> RunSummary | None:
    """Digitise what is new in `inbox`. None when another scan is at work or nothing is new."""
    logger = get_run_logger()
    place = Path(workspace)
    opened = Workspace.open(place, create=True)
    with scanning_alone(place) as alone:
        if not alone:
            logger.info("another scan of this workspace is at work")
            return None
        with this_run_is_alive(place):
            for name in mark_crashed_runs(place):
                logger.warning("run %s had died without a word; marked as crashed", name)
            found = new_files(opened, Path(inbox), Settings().settle_seconds)
            for path, reason in found.waiting:
                logger.info("%s: %s", path, reason)
            if not found.ready:
                return None
            return digitise([str(path) for path in found.ready], workspace, None, options or run_options())
