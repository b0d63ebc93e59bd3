"""A witness: somebody else who remembers the newest checkpoint of a log and signs a newer one only if it goes on.

What a witness keeps is one small file: its key's name, the key of the log, and the newest note that it has signed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical_json
from ledger.checkpoint import checkpoint_from
from ledger.disk import disk_errors, replacing_file
from ledger.note import LOG, Note, NoteKey, cosigned, note_from, note_key_from
from ledger.proofs import verified_consistency
from model.errors import BadInput, LedgerError

SCHEMA = "chamra/witness/1"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a witness has seen of a log: its key, and the newest note."""

    key: NoteKey
    note: Note


def read_seen(path: Path) -> Seen | None:
    """What a witness has seen; None before the first time.

    Raises:
        BadInput: the file is damaged.
        NoSpace, WorkspaceError: it may not be read.
    """
    with disk_errors(path):
        if not path.exists():
            return None
        data = path.read_bytes()
    try:
        body = json.loads(data)
        seen = Seen(note_key_from(body["key"]), note_from(body["note"]))
        sound = body["schema"] == SCHEMA
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise BadInput(
            f"{path} is not what a witness keeps.", remedy="Restore it: it is all that you remember."
        )
    return seen


def keep_seen(path: Path, seen: Seen) -> None:
    """Remember what was seen, durably."""
    body = {"schema": SCHEMA, "key": str(seen.key), "note": str(seen.note)}
    with disk_errors(path), replacing_file(path, 0o644) as file:
        file.write(canonical_json(body) + b"\n")


def cosign(
    given: object, key: NoteKey | None, seen: Seen | None, secret: Ed25519PrivateKey, name: str, when: int
) -> Seen:
    """Sign a newer checkpoint of the log that was seen before, or the first one of a log.

    `given` is a proof of consistency, or for the first time a note with the `key` that the log is known to have.

    Raises:
        BadInput: it is neither.
        LedgerError: it is of another log, or does not go on from what was seen: the witness does not sign.
    """
    if seen is None:
        if not isinstance(given, str) or key is None:
            raise BadInput("The first time a witness signs a checkpoint, and needs the key of the log.")
        note = _first(given, key)
        return Seen(key, cosigned(note, secret, name, when))
    try:
        before, note, log = verified_consistency(given)
    except ValueError as error:
        raise LedgerError(f"Not signed: {error}.", remedy="Keep what you were given, and ask why.") from error
    if log != seen.key or before != checkpoint_from(seen.note.text):
        raise LedgerError(
            "Not signed: the proof does not begin at the checkpoint that was seen last.",
            remedy="Ask for `chamra ledger consistency` from that one; if it cannot be had, the ledger was rewritten.",
        )
    return Seen(log, cosigned(note, secret, name, when))


def _first(text: str, key: NoteKey) -> Note:
    try:
        note = note_from(text)
        checkpoint_from(note.text)
    except ValueError as error:
        raise BadInput(f"That is no checkpoint: {error}.") from error
    if key.kind != LOG or not note.signed_by(key):
        raise LedgerError("Not signed: the checkpoint is not signed by that log.", remedy="Check the key.")
    return note
