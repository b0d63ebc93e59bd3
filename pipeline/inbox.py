"""Which files of an inbox are new and complete. Plain functions, no Prefect."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from ledger.ledger import utc_now
from model.errors import UsageError
from pipeline.admit import too_large
from pipeline.beneath import open_file
from pipeline.inbox_memory import InboxMemory
from pipeline.settled import left_to_do
from workspace.sources import printable
from workspace.workspace import Workspace

Fingerprint = tuple[int, int, int, int]
"""Size in bytes, time of change in nanoseconds, inode and device."""

DONE_MARKER = ".done"
"""What a marker's name has behind the name of the file that it says is complete."""

_LINK = "is a link, which is not followed: put the file itself there"
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", "~")


@dataclass(frozen=True, slots=True)
class InboxFiles:
    """`ready` are files to take now; `waiting` are left for a later scan, and why; `troubles` are files and folders
    that cannot be taken as they are, and why; `copies` have the content of the other file that is named; `contents` are
    all files that were looked into, the first of each content, by its SHA-256."""

    ready: tuple[Path, ...] = ()
    waiting: tuple[tuple[Path, str], ...] = ()
    troubles: tuple[tuple[Path, str], ...] = ()
    copies: tuple[tuple[Path, Path], ...] = ()
    contents: Mapping[str, Path] = field(default_factory=dict)


def scanning_alone(workspace: Workspace) -> AbstractContextManager[bool]:
    """True for the one scan that may work on this workspace now, on whichever machine. The lease dies with its process.

    Raises:
        NoSpace: the workspace may not be written.
    """
    return workspace.taking("scan of the inbox")


def check_inbox(inbox: str, workspace: Path) -> Path:
    """The inbox as a folder.

    Raises:
        UsageError: it is named nowhere, is not there, may not be read, or lies in the workspace.
    """
    if not inbox.strip():
        raise UsageError("No inbox is named.", remedy="Set CHAMRA_INBOX where the deployments are made.")
    folder = Path(inbox)
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise UsageError(
            f"The inbox {printable(inbox)} cannot be read: {error.strerror}.",
            remedy="Mount it, make it, or give this account the right to read it; nothing was taken.",
        ) from error
    if folder.resolve() == workspace.resolve() or workspace.resolve() in folder.resolve().parents:
        raise UsageError(
            f"The inbox {printable(inbox)} lies in the workspace.", remedy="Choose a folder outside of it."
        )
    return folder


def new_files(
    workspace: Workspace,
    inbox: Path,
    settle_seconds: float,
    *,
    most: int = 500,
    largest: int = 4 * 1024**3,
    sleep: Callable[[float], None] = time.sleep,
) -> InboxFiles:
    """The files of `inbox`, at any depth, that leave something to do: new ones, and those to be tried again.

    A file is ready when its size, time and inode are the same at two looks `settle_seconds` apart, or at once where
    a file of its name and `.done` lies beside it. Hidden files and names that end as unfinished copies do are left
    alone, and so is the workspace. Links are not followed: they may lead anywhere. Of files with the same content one
    is taken, of all at most so many, and none of more than `largest` bytes.
    """
    memory = InboxMemory(workspace)
    troubles: list[tuple[Path, str]] = []
    first: dict[Path, Fingerprint | None] = {}
    for path in _candidates(inbox, workspace.path.resolve(), largest, troubles):
        fingerprint = _fingerprint(path)
        content = memory.content(path, fingerprint)
        if content is None or not _settled(workspace, memory, content):
            first[path] = fingerprint
        else:
            memory.saw(path, content)
    if any(not _is_marked(path) for path in first):
        sleep(settle_seconds)
    ready: dict[str, Path] = {}
    waiting: list[tuple[Path, str]] = []
    for path, before in first.items():
        content = _stable_content(inbox, path, before, waiting, troubles)
        if content is None:
            continue
        memory.note(path, before, content)
        if _settled(workspace, memory, content):
            continue
        if len(ready) < most or content in ready:
            ready.setdefault(content, path)
        else:
            waiting.append((path, "its turn comes with the next scan"))
    memory.save()
    return InboxFiles(
        tuple(ready.values()), tuple(waiting), tuple(troubles), memory.copies(), memory.contents()
    )


def _stable_content(
    inbox: Path,
    path: Path,
    before: Fingerprint | None,
    waiting: list[tuple[Path, str]],
    troubles: list[tuple[Path, str]],
) -> str | None:
    """The SHA-256 of a file that is as it was before; otherwise why not goes on one of the lists."""
    try:
        content = _sha256(inbox, path, before)
    except FileNotFoundError:
        content = None
    except OSError as error:
        troubles.append((path, f"cannot be read: {error.strerror}"))
        return None
    after = _fingerprint(path)
    if after is None:
        waiting.append((path, "went away"))
    elif content is None or after != before:
        waiting.append((path, "still changing"))
    elif after[0] == 0:
        troubles.append((path, "is empty"))
    else:
        return content
    return None


def _settled(workspace: Workspace, memory: InboxMemory, content: str) -> bool:
    """True when there is nothing to do for this content now, and its report is written where it has one."""
    if memory.is_settled(content):
        return True
    left = left_to_do(workspace.ledger, content, utc_now)
    if left.now or (memory.is_document(content) and not memory.has_report(content)):
        return False
    if left.later is None:
        memory.settle(content)
    return True


def _candidates(inbox: Path, workspace: Path, largest: int, troubles: list[tuple[Path, str]]) -> list[Path]:
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        troubles.append((Path(error.filename), f"cannot be read: {error.strerror}"))

    for folder, below, names in os.walk(inbox, onerror=unreadable):
        here = Path(folder)
        # Nothing that is asked of a name here raises, whatever this account may not do in the folder.
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".") and os.path.realpath(here / name) != str(workspace)
        )
        troubles += [(here / name, _LINK) for name in below if os.path.islink(here / name)]  # noqa: PTH114
        found += [
            here / name
            for name in names
            if not name.startswith(".") and not name.endswith((*_UNFINISHED, DONE_MARKER))
        ]
    return sorted(path for path in found if _may_be_taken(path, largest, troubles))


def _may_be_taken(path: Path, largest: int, troubles: list[tuple[Path, str]]) -> bool:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False  # it went away
    except OSError as error:
        troubles.append((path, f"cannot be looked at: {error.strerror}"))
        return False
    if stat.S_ISLNK(status.st_mode):
        troubles.append((path, _LINK))
    elif not stat.S_ISREG(status.st_mode):
        troubles.append((path, "is no file but a device, a pipe or a socket"))
    elif status.st_size > largest:
        troubles.append((path, too_large(status.st_size, largest)))
    return stat.S_ISREG(status.st_mode) and status.st_size <= largest


def _is_marked(path: Path) -> bool:
    try:
        return path.with_name(path.name + DONE_MARKER).exists()
    except OSError:  # the marker's name would be too long
        return False


def _fingerprint(path: Path) -> Fingerprint | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return _identity(status)


def _identity(status: os.stat_result) -> Fingerprint:
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev


def _sha256(inbox: Path, path: Path, before: Fingerprint | None) -> str | None:
    """The content of the file that was looked at before; None where another one has its name."""
    with os.fdopen(open_file(path, inbox), "rb") as file:
        if _identity(os.fstat(file.fileno())) != before:
            return None
        return hashlib.file_digest(file, "sha256").hexdigest()
