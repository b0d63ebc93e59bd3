"""Files of other kinds than text that commands take."""

from __future__ import annotations

from pathlib import Path

from model.errors import UsageError


def must_be_there(path: Path) -> None:
    """Pass where this is a file.

    Raises:
        UsageError: it is none.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", remedy="Check the name.")


def given_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        UsageError: there is none.
        NoSpace, WorkspaceError: it may not be read.
    """
    from ledger.disk import disk_errors

    must_be_there(path)
    with disk_errors(path):
        return path.read_bytes()
