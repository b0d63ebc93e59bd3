"""Scans that come through the review page: into the inbox, within the bounds of any file, and on record."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.disk import disk_errors, sync_directory, write_all
from ledger.events.scan_uploaded import ScanUploaded
from ledger.events.source_registered import SourceRegistered
from model.decision import Who
from model.errors import BadInput, NoSpace, UsageError
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.source.kinds import JPEG, PDF, PNG, TIFF
from ocr.source.rasterise import open_source
from workspace.workspace import Workspace

_ENDINGS = {PDF: (".pdf",), TIFF: (".tif", ".tiff"), PNG: (".png",), JPEG: (".jpg", ".jpeg")}
_LONGEST_NAME = 180  # bytes; a file system allows 255, and a number and an ending may be added
_MODE = 0o660  # for the account and its group, as far as the umask allows
_MIB = 1024 * 1024
_MOST_OF_A_NAME = 1000


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where scans are put. `most_bytes` and `limits` are what a run holds files to, `min_free_mb` what must be left on
    the disk."""

    folder: Path
    most_bytes: int = 4 * 1024**3
    limits: Limits = DEFAULT_LIMITS
    min_free_mb: int = 200


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What was put into the inbox: the name that it has there, and what it is. `known` says that the workspace has a
    document of the same content, and that nothing was put anywhere."""

    name: str
    sha256: str
    size: int
    pages: int
    known: bool


class Incoming:
    """A file on its way: under a name that no scan of the inbox looks at. Written by one thread at a time."""

    def __init__(self, inbox: Inbox, path: Path, descriptor: int) -> None:
        self.path = path
        self.size = 0
        self._most = inbox.most_bytes
        self._descriptor = descriptor
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of what has come so far."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            UsageError: they are more than a file may have.
            NoSpace: the disk is full.
        """
        self.size += len(data)
        if self.size > self._most:
            raise UsageError(f"A file may have {self._most // _MIB} MiB.", remedy="Split it.")
        with disk_errors(self.path):
            write_all(self._descriptor, data)
        self._hash.update(data)

    def finish(self) -> None:
        """See to it that all of it is on the disk."""
        with disk_errors(self.path):
            os.fsync(self._descriptor)


@contextmanager
def incoming(inbox: Inbox, size: int) -> Iterator[Incoming]:
    """A file of so many bytes on its way into the inbox; what was not taken is removed.

    Raises:
        UsageError: it would have too many.
        NoSpace: there is no room for it, or the inbox may not be written.
    """
    if size > inbox.most_bytes:
        raise UsageError(f"A file may have {inbox.most_bytes // _MIB} MiB.", remedy="Split it.")
    path = inbox.folder / f".upload-{secrets.token_hex(8)}.part"
    with disk_errors(path):
        if shutil.disk_usage(inbox.folder).free < size + inbox.min_free_mb * _MIB:
            raise NoSpace("There is no room for this file.", remedy="An operator makes some.")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)
    try:
        yield Incoming(inbox, path, descriptor)
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)


def take(ws: Workspace, inbox: Inbox, file: Incoming, name: str, who: Who) -> Uploaded:
    """Put a file that has come whole into the inbox, under its name or one like it, and record who did. The file is
    opened in a process of its own, as a run does.

    Raises:
        UsageError: it has no name, or is no scan that a run would take.
        NoSpace, LedgerError: it cannot be put there, or recorded.
    """
    file.finish()
    called = _sound(name)
    try:
        with open_source(file.path, limits=inbox.limits, name=called) as source:
            pages, kind = source.page_count, source.kind
    except BadInput as error:
        raise UsageError(error.message, remedy=error.remedy) from error
    if ws.ledger.newest(SourceRegistered, document=file.sha256) is not None:
        return Uploaded(called, file.sha256, file.size, pages, known=True)
    stem, ending = Path(called).stem, Path(called).suffix
    if ending.lower() not in _ENDINGS[kind]:
        stem, ending = called, _ENDINGS[kind][0]
    # On record before it can be taken: what a run finds has been told of.
    with ws.ledger.writing() as batch:
        batch.append(ScanUploaded(file.sha256, called, file.size, pages, who))
    put = _put(file.path, inbox.folder, stem, ending)
    return Uploaded(put, file.sha256, file.size, pages, known=False)


def _sound(name: str) -> str:
    """A name that a file may have in the inbox: the last part of a path, visible, and not too long.

    Raises:
        UsageError: nothing is left of it.
    """
    last = name[:_MOST_OF_A_NAME].replace("\\", "/").rpartition("/")[2]
    kept = "".join(one if one.isprintable() and not "\ud800" <= one <= "\udfff" else "_" for one in last)
    kept = kept.strip().lstrip(".").strip()
    stem, ending = Path(kept).stem, Path(kept).suffix
    short = stem.encode()[: _LONGEST_NAME - len(ending.encode())].decode("utf-8", "ignore").strip()
    if not short or len(ending.encode()) > 16:
        raise UsageError("A scan has a name.", remedy="Name it, and send it again.")
    return short + ending


def _put(path: Path, folder: Path, stem: str, ending: str) -> str:
    """Give a file its name in the inbox, which no other file has, and no other file's place."""
    with disk_errors(folder):
        for number in range(1, 1000):
            name = f"{stem}{f' ({number})' if number > 1 else ''}{ending}"
            try:
                os.link(path, folder / name)
            except FileExistsError:
                continue
            sync_directory(folder)
            return name
    raise UsageError("The inbox has many files of this name.", remedy="Send it under another name.")
