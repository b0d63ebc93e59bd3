"""Checkpoints: how large the ledger was and the root of the tree over it, signed by the log's own key (C2SP
tlog-checkpoint).

Beside each anchor file lies one of checkpoints, a line for each. A line has the note itself, and the subtrees from
which the next root is reckoned, so that a long ledger is not read through at every signature.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical_json
from ledger.chain import Fault
from ledger.disk import append_line, disk_errors
from ledger.ledger import Ledger
from ledger.merkle import Frontier, record_leaf
from ledger.note import LOG, Note, NoteKey, key_of, note_from, note_key_from, signed

SCHEMA = "chamra/checkpoint/1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger of a workspace had so many records, and the tree over them this root."""

    workspace: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What the log signs."""
        return f"{origin_of(self.workspace)}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its note and the key of the log, as whoever made it says; `frontier` where it is known."""

    checkpoint: Checkpoint
    note: Note
    key: NoteKey
    head: str = ""
    frontier: Frontier | None = None

    @property
    def sound(self) -> bool:
        """True when the log's key has signed it."""
        return self.key.kind == LOG and self.note.signed_by(self.key)


def origin_of(workspace: str) -> str:
    """The name of a workspace's log."""
    return f"chamra/{workspace}"


def checkpoint_from(text: str) -> Checkpoint:
    """The checkpoint in the text of a note.

    Raises:
        ValueError: it is none.
    """
    origin, size, root, *more = text.split("\n")
    if not origin.startswith("chamra/") or not size.isdecimal() or more[-1:] != [""]:
        raise ValueError("not a checkpoint of a ledger")
    return Checkpoint(origin.removeprefix("chamra/"), int(size), base64.b64decode(root, validate=True))


def made_checkpoint(
    ledger: Ledger, workspace: str, size: int, secret: Ed25519PrivateKey, before: SignedCheckpoint | None
) -> SignedCheckpoint:
    """The checkpoint of the first `size` records; reckoned on from an earlier one, where that is its own and sound."""
    name = origin_of(workspace)
    key = key_of(secret, name, LOG)
    frontier = Frontier()
    if before is not None and _may_go_on(ledger, before, key, size) and before.frontier is not None:
        frontier = Frontier(before.frontier.size, list(before.frontier.peaks))
    head = before.head if before is not None else ""
    for head in ledger.hashes(after=frontier.size, upto=size):
        frontier.append(record_leaf(head))
    checkpoint = Checkpoint(workspace, frontier.size, frontier.root())
    return SignedCheckpoint(checkpoint, signed(checkpoint.text, secret, name), key, head, frontier)


def append_checkpoint(path: Path, one: SignedCheckpoint) -> None:
    """Append a checkpoint to a file; it is durable when this returns.

    Raises:
        NoSpace: the file may not be written or the disk is full.
    """
    peaks = [] if one.frontier is None else [peak.hex() for peak in one.frontier.peaks]
    append_line(path, canonical_json({
        "schema": SCHEMA, "workspace": one.checkpoint.workspace, "size": one.checkpoint.size, "head": one.head,
        "peaks": peaks, "key": str(one.key), "note": str(one.note),
    }))  # fmt: skip


def read_checkpoints(path: Path) -> Iterator[tuple[int, SignedCheckpoint | None]]:
    """The checkpoints of a file by line, None where a line is none. One that was cut off and written again is left out.

    Raises:
        NoSpace, WorkspaceError: the file may not be read.
    """
    with disk_errors(path):
        data = path.read_bytes() if path.exists() else b""
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else b""
        if line and not (following and following.startswith(line)):
            yield number, _line(line)


def newest_checkpoint(path: Path, workspace: str) -> SignedCheckpoint | None:
    """The largest checkpoint of this workspace in a file."""
    found = [one for _, one in read_checkpoints(path) if one is not None]
    ours = (one for one in found if one.checkpoint.workspace == workspace)
    return max(ours, key=lambda one: one.checkpoint.size, default=None)


def checkpoints_beside(anchors: Path) -> Path:
    """Where the checkpoints lie that belong to an anchor file."""
    return anchors.with_name(f"{anchors.name}.checkpoints")


def verify_checkpoints(
    found: Sequence[SignedCheckpoint], workspace: str, hashes: Iterable[str], key: NoteKey | None = None
) -> list[Fault]:
    """What is wrong with checkpoints of a ledger whose records have these hashes; `key` is the log's that is trusted,
    by default the one that each names."""
    faults: list[Fault] = []
    wanted: dict[int, set[bytes]] = {}
    for one in found:
        size = one.checkpoint.size
        trusted = one if key is None else SignedCheckpoint(one.checkpoint, one.note, key)
        if one.checkpoint.workspace != workspace:
            faults.append(Fault(size, "a checkpoint is about another workspace"))
        elif not trusted.sound:
            faults.append(Fault(size, "a checkpoint is not signed by the key of the log"))
        else:
            wanted.setdefault(size, set()).add(one.checkpoint.root)
    frontier = Frontier()
    for sha256 in hashes:
        frontier.append(record_leaf(sha256))
        if any(root != frontier.root() for root in wanted.pop(frontier.size, ())):
            faults.append(Fault(frontier.size, "the ledger up to here is another than its checkpoint says"))
    return faults + [Fault(size, "the ledger ends before its checkpoint") for size in wanted]


def _may_go_on(ledger: Ledger, before: SignedCheckpoint, key: NoteKey, size: int) -> bool:
    """True when the tree of an earlier checkpoint is that of the ledger's beginning, as far as the log itself knows."""
    frontier = before.frontier
    return (
        frontier is not None
        and before.key == key
        and before.sound
        and frontier.size == before.checkpoint.size <= size
        and frontier.root() == before.checkpoint.root
        and next(ledger.hashes(after=frontier.size - 1, upto=frontier.size), "") == before.head
    )


def _line(line: bytes) -> SignedCheckpoint | None:
    try:
        body: dict[str, Any] = json.loads(line)
        note = note_from(body["note"])
        checkpoint = checkpoint_from(note.text)
        frontier = Frontier(body["size"], [bytes.fromhex(one) for one in body["peaks"]])
        sound = body["schema"] == SCHEMA and body["size"] == checkpoint.size
        sound = sound and body["workspace"] == checkpoint.workspace
        one = SignedCheckpoint(checkpoint, note, note_key_from(body["key"]), body["head"], frontier)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return one if sound else None
