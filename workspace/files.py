"""Where blobs and recipes lie: a folder. What lies elsewhere (`workspace/objects.py`) does the same in its own way."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from ledger.disk import (
    disk_errors,
    make_directory,
    replace_file,
    sweep_stale,
    sync_directory,
    temporary_file,
)

Pieces = Callable[[], Iterable[bytes]]
"""Content, piece by piece, as often as it is asked for."""

PIECE = 1 << 20
"""Bytes that are held at once of content that may be larger than memory."""

FOLDERS = ("blobs", "recipes")
"""What a store keeps, each file in a folder of the first two letters of its name."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """How a file looks without being opened: its size in bytes, when it was written (seconds since 1970), and a `mark`
    that another content would hardly have."""

    size: int
    when: float
    mark: str


class Files(Protocol):
    """Files under keys such as `blobs/ab/abcd...`: each is there whole or not at all, and its content never changes.

    Every method raises `NoSpace` where it is full or may not be used, `WorkspaceError` where it does not answer.
    """

    name: str
    """What to call it in messages; no secrets."""
    root: Path | None
    """The folder, where it is one of this machine or of a share."""

    def where(self, key: str) -> str:
        """What to call the file of this key in messages."""

    def read(self, key: str) -> bytes | None:
        """The content, None where there is no such file."""

    def pieces(self, key: str) -> Iterator[bytes] | None:
        """The content piece by piece, None where there is no such file."""

    def write(self, key: str, content: Pieces) -> None:
        """Put this content there, at once or not at all, durably, whatever was there before."""

    def create(self, key: str, content: bytes) -> bool:
        """Put this content there unless there is a file; False where there is. Of two at once one is told True."""

    def look(self, key: str) -> FileLook | None:
        """How the file looks, None where there is none."""

    def listing(self, folder: str) -> Iterator[tuple[str, FileLook]]:
        """The keys below a folder and how their files look, in order."""

    def move(self, old: str, new: str) -> None:
        """Give a file another key; it looks as if it was written now."""

    def remove(self, key: str) -> None:
        """Remove a file; nothing where there is none."""

    def alone(self) -> AbstractContextManager[None]:
        """One at a time, as far as that can be had here."""


class FolderFiles:
    """Files in a folder, of this machine or of a share that many machines mount."""

    def __init__(self, root: Path, *, writable: bool = True) -> None:
        self.root: Path | None = root
        self.name = str(root)
        self._root = root
        self._incoming = root / "incoming"
        if writable:
            with disk_errors(root):
                for directory in (*(root / one for one in FOLDERS), self._incoming):
                    make_directory(directory)
            sweep_stale(self._incoming)

    def path(self, key: str) -> Path:
        """Where the file of a key lies, if it is there."""
        return self._root / key

    def where(self, key: str) -> str:
        """Its path."""
        return str(self.path(key))

    def read(self, key: str) -> bytes | None:
        """The content, None where there is no such file."""
        path = self.path(key)
        with disk_errors(path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def pieces(self, key: str) -> Iterator[bytes] | None:
        """The content piece by piece, None where there is no such file."""
        path = self.path(key)
        with disk_errors(path):
            try:
                file = path.open("rb")
            except FileNotFoundError:
                return None
        return _pieces(file)

    def write(self, key: str, content: Pieces) -> None:
        """Put this content there by a temporary file that is made durable and then renamed."""
        path = self.path(key)
        with disk_errors(path):
            make_directory(path.parent)
            replace_file(path, content(), self._incoming)

    def create(self, key: str, content: bytes) -> bool:
        """The same by a hard link, which only one can make."""
        path = self.path(key)
        with disk_errors(path):
            make_directory(path.parent)
            with temporary_file(self._incoming, content) as temporary:
                try:
                    path.hardlink_to(temporary)
                except FileExistsError:
                    return False
                sync_directory(path.parent)
        return True

    def look(self, key: str) -> FileLook | None:
        """Size, time, and time in nanoseconds with the inode as mark."""
        return _look(self.path(key))

    def listing(self, folder: str) -> Iterator[tuple[str, FileLook]]:
        """Hidden files are none of ours; what lies behind a link to another disk is."""
        for path in sorted(files_below(self._root / folder)):
            found = _look(path)
            if found is not None:
                yield str(path.relative_to(self._root)), found

    def move(self, old: str, new: str) -> None:
        """Rename it."""
        path = self.path(new)
        with disk_errors(path):
            make_directory(path.parent)
            self.path(old).replace(path)
            with suppress(OSError):
                path.touch()

    def remove(self, key: str) -> None:
        """Unlink it."""
        with disk_errors(self.path(key)):
            self.path(key).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process of this machine at a time."""
        path = self._root / "recipes" / ".lock"
        with disk_errors(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder, at any depth, that are not hidden; folders may be links to other disks. Nothing where
    there is no such folder.

    Raises:
        NoSpace: this account may not read a folder there, so nobody knows what it holds.
        WorkspaceError: a folder there cannot be read, such as one whose disk is not mounted.
    """
    seen = set[tuple[int, int]]()
    todo = [folder] if folder.exists() else []
    while todo:
        here = todo.pop()
        with disk_errors(here):
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue  # a link that leads back
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                found = [one for one in entries if not one.name.startswith(".")]
        for one in found:
            path = here / one.name
            if one.is_dir():
                todo.append(path)
            elif one.is_symlink() and not path.exists():
                with disk_errors(path):
                    path.stat()  # whatever it leads to is away
            else:
                yield path


def sha256_of(pieces: Iterable[bytes]) -> str:
    """The SHA-256 of content that comes piece by piece."""
    seen = hashlib.sha256()
    for piece in pieces:
        seen.update(piece)
    return seen.hexdigest()


def _look(path: Path) -> FileLook | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return FileLook(status.st_size, status.st_mtime, f"{status.st_mtime_ns} {status.st_ino}")


def _pieces(file: BufferedReader) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
