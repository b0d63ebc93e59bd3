"""Durable writes, and what the operating system says when it refuses one, in our words."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from model.errors import NoSpace, WorkspaceError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)

STALE_SECONDS = 3600.0
"""A temporary file this old belongs to a process that is gone: no write of ours takes an hour."""


def write_for_few() -> None:
    """From now on this process makes nothing that others than the account and its group may read: what is made of a
    document is as secret as the document. Whether the group may write is left to the umask that was set."""
    os.umask(os.umask(0o077) | 0o007)


def no_space(path: Path) -> NoSpace:
    """The disk is full while `path` was to be written."""
    return NoSpace(
        f"The disk or the quota is full: {path} could not be written.",
        remedy="Free some space and run the same command again; what was finished is kept.",
    )


def not_allowed(path: Path) -> NoSpace:
    """`path` may not be written or read by this account."""
    return NoSpace(
        f"No permission to use {path}.",
        remedy="Give this account the right to read and write there, or choose another workspace with -w.",
    )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses at `path` into an error with a remedy.

    Raises:
        NoSpace: the disk or quota is full, the file system is read-only, or permission is missing.
        WorkspaceError: any other failure of the disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise no_space(path) from error
        if error.errno in _FORBIDDEN:
            raise not_allowed(path) from error
        raise WorkspaceError(
            f"{path}: {error.strerror or error}.", remedy="Check the disk and run the command again."
        ) from error


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(path: Path) -> None:
    """Make a directory and its parents, durably; nothing happens where it exists."""
    if path.is_dir():
        return
    make_directory(path.parent)
    with suppress(FileExistsError):
        path.mkdir()
    sync_directory(path.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: one `write` may take fewer, above all on a disk that is nearly full."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Whoever changes a file of this folder by reading and replacing it waits for the one before them."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def append_line(path: Path, line: bytes) -> None:
    """Append a line to a file; it is durable when this returns, and written again where the power fails in between.

    Raises:
        NoSpace: the file may not be written or the disk is full.
    """
    with disk_errors(path):
        new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            # A line that was cut by a loss of power must not swallow this one.
            torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            write_all(descriptor, b"\n" * torn + line + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            sync_directory(path.parent)


@contextmanager
def temporary_file(directory: Path, data: bytes | Iterable[bytes], mode: int = 0o444) -> Iterator[Path]:
    """A new durable file with this content, whole or piece by piece, for the caller to link or rename; gone at the end.

    The name is unique; the mode, less what the umask takes, is by default read for all, so that a
    workspace in a shared folder can be read by everyone who may.
    """
    with _fresh_file(directory / _unique(), mode) as (path, descriptor):
        for piece in (data,) if isinstance(data, bytes) else data:
            write_all(descriptor, piece)
        os.fsync(descriptor)
        yield path


def replace_file(path: Path, data: bytes | Iterable[bytes], directory: Path, mode: int = 0o444) -> None:
    """Put `data` at `path` at once or not at all, durably; `directory` takes the temporary file."""
    with temporary_file(directory, data, mode) as temporary:
        temporary.replace(path)
        sync_directory(path.parent)


@contextmanager
def replacing_file(path: Path, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A file to write piece by piece, which takes the name `path` when the block ends well, or not at all.

    Its content is safe on the disk before it gets the name. The temporary file lies hidden beside `path`, so
    that any folder will do; the mode is what the umask leaves of it.
    """
    with _fresh_file(path.parent / f".{_unique()}.part", mode) as (temporary, descriptor):
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            yield file
        os.fsync(descriptor)
        temporary.replace(path)
        # A folder that may be written but not read cannot be synced; the file has its name all the same.
        with suppress(OSError):
            sync_directory(path.parent)


@contextmanager
def _fresh_file(path: Path, mode: int) -> Iterator[tuple[Path, int]]:
    """A new file under this name, open for writing; closed at the end, and gone unless it was renamed."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        yield path, descriptor
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)


def _unique() -> str:
    return f"{os.getpid()}-{secrets.token_hex(8)}"


def sweep_stale(directory: Path, now: float | None = None) -> None:
    """Remove temporary files that a killed process left, once they are old enough to be nobody's."""
    limit = (time.time() if now is None else now) - STALE_SECONDS
    with suppress(OSError):
        for path in directory.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()
