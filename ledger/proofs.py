"""Proofs about a ledger for somebody who does not have it: that records stand in it, that it goes on from another.

As plain values for JSON, so that they can be sent and kept; what comes in is trusted in nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical_json
from ledger.checkpoint import Checkpoint, SignedCheckpoint, checkpoint_from, origin_of
from ledger.merkle import Tree, consistent, record_leaf
from ledger.note import LOG, Note, NoteKey, note_from, note_key_from, signed
from ledger.signing.statement import sha256_of
from model.counted import counted

INCLUSION = "chamra/inclusion/1"
CONSISTENCY = "chamra/consistency/1"


def inclusion_object(
    numbers: Collection[int], hashes: Sequence[str], checkpoint: SignedCheckpoint
) -> dict[str, Any]:
    """That the records with these numbers stand in the ledger of a checkpoint; `hashes` are those of all records."""
    tree = Tree(record_leaf(one) for one in hashes)
    return {
        "schema": INCLUSION, "key": str(checkpoint.key), "checkpoint": str(checkpoint.note),
        "proofs": [
            {"seq": seq, "sha256": hashes[seq - 1], "path": list(tree.inclusion(seq - 1).path)}
            for seq in sorted(numbers)
        ],
    }  # fmt: skip


def all_about(
    document: str, numbers: Collection[int], checkpoint: Checkpoint, secret: Ed25519PrivateKey
) -> Note:
    """That these are the numbers of all records about a document, up to a checkpoint: a proof of inclusion says nothing
    of what was left out, so the log signs for it."""
    listed = sha256_of(canonical_json(sorted(numbers)).decode("ascii"))
    name = origin_of(checkpoint.workspace)
    return signed(f"{name}/documents/{document}\n{checkpoint.size}\n{listed}\n", secret, name)


def consistency_object(old: Note, hashes: Sequence[str], new: SignedCheckpoint) -> dict[str, Any]:
    """That the ledger of the new checkpoint goes on from that of the old one.

    Raises:
        ValueError: the old one is no checkpoint, or of a larger ledger.
    """
    size = checkpoint_from(old.text).size
    if not 0 < size <= len(hashes):
        raise ValueError(f"the ledger has {counted(len(hashes), 'record')}, and the checkpoint says {size}")
    proof = Tree(record_leaf(one) for one in hashes).consistency(size)
    return {
        "schema": CONSISTENCY, "key": str(new.key), "old": str(old), "new": str(new.note), "proof": list(proof)
    }  # fmt: skip


def verified_consistency(body: object) -> tuple[Checkpoint, Note, NoteKey]:
    """The old checkpoint, the new note, and the key of the log, of a proof that holds.

    Raises:
        ValueError: it does not hold, or is none.
    """
    if not isinstance(body, dict) or body.get("schema") != CONSISTENCY:
        raise ValueError("not a proof of consistency")
    try:
        key = note_key_from(body["key"])
        old, new = note_from(body["old"]), note_from(body["new"])
        before, after = checkpoint_from(old.text), checkpoint_from(new.text)
        holds = consistent((before.size, before.root), (after.size, after.root), body["proof"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a proof of consistency") from error
    if key.kind != LOG or not new.signed_by(key) or before.workspace != after.workspace:
        raise ValueError("the new checkpoint is not signed by the log")
    if not holds:
        raise ValueError("the new ledger does not go on from the old one")
    return before, new, key


def written(value: object) -> bytes:
    """A proof as it is sent and kept."""
    return canonical_json(value) + b"\n"


def read(data: bytes) -> object:
    """A proof as it came.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("not a proof") from error
