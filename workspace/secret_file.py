"""What a workspace keeps to itself: bytes from which follows what nobody is to foresee. Nothing exports them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ledger.disk import disk_errors, sync_directory, write_all
from model.errors import WorkspaceError

NAME = "secret"
_SIZE = 32


def workspace_secret(folder: Path) -> bytes:
    """The secret of the workspace in this folder; it is made when it is asked for first, whoever asks.

    Raises:
        WorkspaceError: the file is damaged.
        NoSpace: it may not be read or made.
    """
    path = folder / NAME
    with disk_errors(path):
        if not path.exists():
            _make(path)
        found = path.read_bytes()
    if len(found) != _SIZE:
        raise WorkspaceError(
            f"{path} is damaged.",
            remedy="Move it away: another one is made, and nothing that is recorded depends on it.",
        )
    return found


def _make(path: Path) -> None:
    """Write a new secret beside and link it in: of two that are made at once, one stays, and it is whole."""
    new = path.parent / "incoming" / f"{NAME}.{secrets.token_hex(8)}"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        write_all(descriptor, secrets.token_bytes(_SIZE))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()
    sync_directory(path.parent)
