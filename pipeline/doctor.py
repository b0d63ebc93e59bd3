"""Is an installation sound? Each thing that a run needs, looked at, with what to do where it is not."""

from __future__ import annotations

import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from ledger.ledger import utc_now
from model.counted import counted
from model.errors import ChamraError, NoSpace
from ocr.sandbox.process import WorkerDied
from ocr.sandbox.trial import what_is_refused
from ocr.tesseract.probe import must_work, tesseract
from pipeline.inbox import check_inbox
from pipeline.inbox_folders import folders_said
from pipeline.settings import Settings
from pipeline.space import check_space
from review.status_list import WorkspaceStanding, standing
from workspace.workspace import PUT_BACK, Workspace

_SECONDS = 5.0
_LATE = timedelta(hours=1)


class Health(StrEnum):
    """How something stands."""

    OK = "ok"
    WARN = "warn"  # it works, and somebody should look
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `words` say what was found and what to do."""

    what: str
    health: Health
    words: str


def examine(workspace: Path | None, inbox: str = "", server: str = "", review: str = "") -> Iterator[Check]:
    """Look at Tesseract, the temporary folder and the confinement, and, where they are named, the workspace with what
    waits in it and its inbox, the Prefect server (the address of its API) and the review page."""
    yield _looked("Tesseract", _tesseract)
    yield _looked("temporary folder", _temporary_folder)
    yield _confinement()
    if workspace is not None:
        yield from _workspace(workspace)
        if inbox:
            yield _looked("inbox", lambda: str(check_inbox(inbox, workspace)))
            yield _looked("folders of the inbox", lambda: _folders(workspace))
    if server:
        yield _answers("Prefect server", f"{server.rstrip('/')}/health", "Start it: `chamra up`.")
    if review:
        yield _answers(
            "review page", f"{review.rstrip('/')}/healthz", "Start it: `chamra up`, or `chamra review`."
        )


def _workspace(folder: Path) -> Iterator[Check]:
    try:
        with Workspace.open_to_look(folder) as ws:
            head = ws.ledger.head()
            yield Check(
                "workspace", Health.OK, f"{folder}, {counted(head.seq, 'record')}, newest {head.when}"
            )
            lost = ws.lost()
            anchors = f"{lost} {PUT_BACK}" if lost else "the ledger has every record that they name last"
            yield Check("anchors", Health.FAIL if lost else Health.OK, anchors)
            yield Check("blobs", Health.OK, f"at {ws.store.name}, and it is this workspace's")
            yield _looked("disk", lambda: _disk(ws))
            yield from _documents(standing(ws))
    except (ChamraError, OSError) as error:
        yield Check("workspace", Health.FAIL, str(error))


def _looked(what: str, look: Callable[[], str]) -> Check:
    try:
        return Check(what, Health.OK, look())
    except (ChamraError, OSError) as error:
        return Check(what, Health.FAIL, str(error))


def _tesseract() -> str:
    found = tesseract()
    must_work()
    return f"{found.version}, {' and '.join(name for name, _ in found.models)}, reads a picture of two lines"


def _confinement() -> Check:
    """Whether a process that opens a file from outside could do more than read that file."""
    what = "confinement"
    try:
        tried = what_is_refused()
    except WorkerDied as lost:
        return Check(what, Health.FAIL, f"The process that opens files {lost}.")
    open_doors = [one for one, refused in tried.items() if not refused]
    if not open_doors:
        return Check(what, Health.OK, f"whoever takes over a decoder is refused: {', '.join(tried)}")
    remedy = (
        "Use Linux 6.7 or later with Landlock and seccomp, or open files that you distrust in a container."
    )
    return Check(what, Health.WARN, f"not refused to a decoder: {', '.join(open_doors)}. {remedy}")


def _temporary_folder() -> str:
    place = tempfile.gettempdir()
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 65536)
    free = shutil.disk_usage(place).free // 1024**2
    if free < 100:
        raise NoSpace(f"{place} has {free} MiB free.", remedy="Free some, or set TMPDIR.")
    return f"{place}, {free} MiB free"


def _disk(ws: Workspace) -> str:
    workspace = ws.path
    check_space(ws, (), Settings().min_free_mb)
    if not os.access(workspace, os.W_OK):
        raise NoSpace(
            f"{workspace} may not be written by this account.", remedy="Run as the account that owns it."
        )
    return f"{shutil.disk_usage(workspace).free // 1024**2} MiB free"


def _folders(workspace: Path) -> str:
    said = folders_said(workspace)
    return f"settings of their own: {', '.join(said) or 'none'}"


def _documents(found: WorkspaceStanding) -> Iterator[Check]:
    totals = found.totals
    trouble = [
        f"{count} {what}"
        for count, what in (
            (totals["failed"], "pages failed"),
            (len(found.refused), "files refused"),
            (totals["damaged"], "documents damaged"),
        )
        if count
    ]
    words = f"{counted(totals['documents'], 'document')} of {counted(totals['pages'], 'page')}"
    if trouble:
        yield Check(
            "documents", Health.WARN, f"{words}; {', '.join(trouble)}. `chamra status --failed` says more."
        )
    else:
        yield Check("documents", Health.OK, words)
    for scan in found.scans:
        age = utc_now() - datetime.fromisoformat(scan.when)
        told = f"{scan.inbox}: {scan.ready} taken, {len(scan.waiting)} waiting, {len(scan.troubles)} cannot be read"
        late = age > _LATE
        health = Health.WARN if late or scan.troubles else Health.OK
        yield Check("newest scan", health, f"{told}, {counted(int(age.total_seconds() // 60), 'minute')} ago")


def _answers(what: str, address: str, remedy: str) -> Check:
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            if answer.status == 200:
                return Check(what, Health.OK, address)
            words = f"{address} answers with status {answer.status}."
    except (urllib.error.URLError, OSError, ValueError) as error:
        words = f"{address} does not answer: {error}."
    return Check(what, Health.FAIL, f"{words} {remedy}")
