"""The checkpoints of a workspace, and the key that signs them: a file of its own, made when it is first needed.

The key says that this installation has made a checkpoint, no more: whoever may read it can make one. What a checkpoint
is worth comes from where it was kept, and from witnesses that have signed it too.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.checkpoint import (
    SignedCheckpoint,
    append_checkpoint,
    checkpoint_from,
    checkpoints_beside,
    made_checkpoint,
    newest_checkpoint,
)
from ledger.disk import disk_errors, temporary_file
from ledger.ledger import Ledger
from ledger.note import Note
from model.errors import BadInput, WorkspaceError

NAME = "log.key"

SETTING = "CHAMRA_LOG_KEY"
"""Variable of the environment: the file with the key, where it does not lie in the workspace."""

_MODE = 0o660  # for the account and its group, as far as the umask allows; never for others


def log_key_path(folder: Path) -> Path:
    """Where the key of the workspace in this folder lies."""
    return Path(os.environ.get(SETTING) or folder / NAME)


def secret_key(path: Path) -> Ed25519PrivateKey:
    """The key in a file, a new one where there is none.

    Raises:
        WorkspaceError: the file is damaged.
        NoSpace: it may not be read, or not be made.
    """
    with disk_errors(path):
        if not path.exists():
            made = Ed25519PrivateKey.generate()
            pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            # Two processes that need it at once agree on the one that is there first.
            with temporary_file(path.parent, pem, _MODE) as temporary, suppress(FileExistsError):
                path.hardlink_to(temporary)
        data = path.read_bytes()
    with suppress(ValueError):
        found = load_pem_private_key(data, None)
        if isinstance(found, Ed25519PrivateKey):
            return found
    raise WorkspaceError(
        f"{path} holds no Ed25519 key.",
        remedy="Restore it from a backup, or move it away: a new one is made.",
    )


def write_checkpoint(ledger: Ledger, workspace: str, key: Path, anchors: Path, size: int) -> SignedCheckpoint:
    """The checkpoint of the first `size` records, written beside an anchor file that does not have one so large yet.

    Raises:
        WorkspaceError: the key is damaged.
        NoSpace: the key may not be read, or the file not be written.
    """
    path = checkpoints_beside(anchors)
    known = newest_checkpoint(path, workspace)
    if known is not None and known.checkpoint.size >= size:
        return known
    made = made_checkpoint(ledger, workspace, size, secret_key(key), known)
    append_checkpoint(path, made)
    return made


def keep_cosigned(ledger: Ledger, workspace: str, key: Path, anchors: Path, note: Note) -> SignedCheckpoint:
    """Keep a checkpoint that witnesses have signed beside an anchor file: evidence packages are proven by it.

    Raises:
        BadInput: it is no checkpoint of this ledger that the log's key has signed, or nobody else has signed it.
        WorkspaceError, NoSpace: as `write_checkpoint`.
    """
    secret = secret_key(key)
    try:
        given = checkpoint_from(note.text)
    except ValueError as error:
        raise BadInput(f"That is no checkpoint: {error}.") from error
    made = made_checkpoint(ledger, workspace, given.size, secret, None)
    if given != made.checkpoint or not note.signed_by(made.key):
        raise BadInput(
            "That is no checkpoint of this ledger.", remedy="Give what a witness of this log has signed."
        )
    if len(note.signatures) < 2:
        raise BadInput("No witness has signed that checkpoint.", remedy="`chamra ledger cosign` signs one.")
    kept = replace(made, note=note)
    append_checkpoint(checkpoints_beside(anchors), kept)
    return kept
