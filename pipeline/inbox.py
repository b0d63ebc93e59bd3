"""Which files of an inbox are new and complete. Plain functions, no Prefect."""

from __future__ import annotations

import fcntl
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ledger.disk import disk_errors, replace_file
from ledger.event import Entry, Event
from ledger.events.added import Added
from ledger.events.answered import Answered
from ledger.events.decided import Decided
from ledger.events.defect_found import DefectFound
from ledger.events.findings_recorded import FindingsRecorded
from ledger.events.inspected import Inspected
from ledger.events.ledger_opened import LedgerOpened
from ledger.events.page_failed import PageFailed
from ledger.events.page_read import PageRead
from ledger.events.policy_stated import PolicyStated
from ledger.events.reanchored import Reanchored
from ledger.events.returned import Returned
from ledger.events.revoked import Revoked
from ledger.events.sample_drawn import SampleDrawn
from ledger.events.signed_off import SignedOff
from ledger.events.source_refused import SourceRefused
from ledger.events.source_registered import SourceRegistered
from ledger.events.spot_checked import SpotChecked
from ledger.events.text_published import TextPublished
from ledger.events.user_changed import UserChanged
from ledger.fold import Fold
from ledger.ledger import Ledger
from model.errors import NoSpace
from workspace.workspace import Workspace

Fingerprint = tuple[int, int, int]
"""Size in bytes, time of change in nanoseconds, inode."""


@dataclass(frozen=True, slots=True)
class InboxFiles:
    """`ready` are files to take now; `waiting` are files that are left for a later scan, and why."""

    ready: tuple[Path, ...]
    waiting: tuple[tuple[Path, str], ...]


@contextmanager
def scanning_alone(workspace: Path) -> Iterator[bool]:
    """True for the one scan that may work on this workspace now. The lock dies with its process."""
    try:
        lock = (workspace / "inbox.lock").open("w")
    except OSError as error:
        raise NoSpace(
            f"{workspace}: {error.strerror}.", remedy="The scan needs to write its lock there."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def new_files(
    workspace: Workspace, inbox: Path, settle_seconds: float, sleep: Callable[[float], None] = time.sleep
) -> InboxFiles:
    """The files of `inbox`, at any depth, whose content the workspace has not seen.

    A file is ready when its size, time and inode are the same at two looks `settle_seconds` apart. Hidden
    files and names that end as unfinished copies do are left alone. Content that was refused before is
    not tried again. Of files with the same content one is taken.
    """
    seen = _SeenContents(workspace.path / "inbox-seen.json")
    first = {}
    for path in _candidates(inbox):
        fingerprint = _fingerprint(path)
        if not is_settled(workspace.ledger, seen.content(path, fingerprint)):
            first[path] = fingerprint
    if first:
        sleep(settle_seconds)
    ready: dict[str, Path] = {}
    waiting: list[tuple[Path, str]] = []
    for path, before in first.items():
        content = _sha256(path) if _fingerprint(path) == before else None
        after = _fingerprint(path)
        if after is None:
            waiting.append((path, "went away"))
        elif content is None or after != before:
            waiting.append((path, "still changing"))
        else:
            seen.note(path, after, content)
            if not is_settled(workspace.ledger, content):
                ready.setdefault(content, path)
    seen.save()
    return InboxFiles(tuple(ready.values()), tuple(waiting))


class _SeenContents:
    """Which content a file had, so that an inbox of thousands is not hashed every minute. Only a cache:
    the ledger says what was taken, and a lost or damaged cache costs time and nothing else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            known = json.loads(path.read_bytes())
        except (OSError, ValueError):
            known = {}
        self._known: dict[str, list[object]] = known if isinstance(known, dict) else {}

    def content(self, path: Path, fingerprint: Fingerprint | None) -> str | None:
        """The SHA-256 that the file had when it last looked like this."""
        entry = self._known.get(str(path))
        if not isinstance(entry, list) or fingerprint is None or entry[:-1] != list(fingerprint):
            return None
        return str(entry[-1])

    def note(self, path: Path, fingerprint: Fingerprint, content: str) -> None:
        """Remember a file's content."""
        self._known[str(path)] = [*fingerprint, content]

    def save(self) -> None:
        """Keep what is known of files that are still there."""
        known = {path: entry for path, entry in self._known.items() if Path(path).exists()}
        with disk_errors(self._path):
            replace_file(self._path, json.dumps(known).encode(), self._path.parent / "incoming")


def is_settled(ledger: Ledger, document: str | None) -> bool:
    """True when nothing is left to do for this content: every page asked for was seen through or has
    failed, or the file was refused. False too for a file whose run was killed halfway."""
    if document is None:
        return False
    found = _DocumentProgress()
    for entry in ledger.events(Event, document=document):
        PROGRESS(found, entry)
    return found.refused or (bool(found.asked) and found.asked <= found.done)


@dataclass(slots=True)
class _DocumentProgress:
    """How far a document has come: whether it was refused, the pages asked for, those that are through."""

    refused: bool = False
    asked: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)


def _refused(found: _DocumentProgress, _: Entry[SourceRefused]) -> None:
    found.refused = True


def _registered(found: _DocumentProgress, entry: Entry[SourceRegistered]) -> None:
    found.asked.update(entry.event.requested)


def _through(found: _DocumentProgress, entry: Entry[FindingsRecorded | PageFailed]) -> None:
    found.done.add(entry.event.page)


PROGRESS: Fold[_DocumentProgress] = Fold(
    "progress of a document",
    {
        SourceRefused: _refused,
        SourceRegistered: _registered,
        FindingsRecorded: _through,
        PageFailed: _through,
    },
    ignored={
        LedgerOpened, PageRead, Decided, Added, Reanchored, SpotChecked, PolicyStated, SignedOff, Revoked,
        Returned, Answered, TextPublished, SampleDrawn, DefectFound, Inspected, UserChanged,
    },
)  # fmt: skip
"""What each event says of whether anything is left to do for a file."""


def record_refused(ledger: Ledger, path: Path, data: bytes, reason: str) -> None:
    """Record once that a file of this content could not be taken, so that nothing vanishes in silence."""
    event = SourceRefused(hashlib.sha256(data).hexdigest(), path.name, reason)
    with ledger.writing() as batch:
        before = batch.events(SourceRefused, document=event.document)
        if all(one.event.reason != reason for one in before):
            batch.append(event)


def _candidates(inbox: Path) -> list[Path]:
    unfinished = (".part", ".partial", ".crdownload", ".tmp", "~")
    return sorted(
        path
        for path in inbox.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(inbox).parts)
        and not path.name.endswith(unfinished)
    )


def _fingerprint(path: Path) -> Fingerprint | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
