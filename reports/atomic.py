"""What a user asked to have written: there whole or not at all, and errors that speak of the path given."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ledger.disk import replacing_file
from model.errors import ChamraError, NoSpace, UsageError


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name only when everything has been written and is safe on the disk.

    Missing folders are made. A link is followed, and what is not a plain file (`/dev/stdout`, a pipe) is
    written directly.

    Raises:
        NoSpace: the disk is full, or this account may not write there.
        UsageError: the path is a folder, or no file can have that name.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as file:
                yield file
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing_file(target) as file:
            yield file
    except OSError as error:
        raise _in_our_words(path, error) from error


def write_atomically(path: Path, data: bytes | Iterable[str | bytes]) -> None:
    """Write bytes, or pieces one after the other, strings as UTF-8; the errors are those of `atomic_file`."""
    with atomic_file(path) as file:
        if isinstance(data, bytes):
            file.write(data)
        else:
            for piece in data:
                file.write(piece.encode("utf-8") if isinstance(piece, str) else piece)


def _in_our_words(path: Path, error: OSError) -> ChamraError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(
            f"The disk or the quota is full: {path} was not written.", remedy="Free some space and try again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NoSpace(f"No permission to write {path}.", remedy="Choose another place with -o.")
    return UsageError(
        f"{path} cannot be written: {error.strerror or error}.", remedy="Choose another file with -o."
    )
