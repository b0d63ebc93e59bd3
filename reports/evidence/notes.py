"""Trees of hashes (RFC 9162) and signed notes (C2SP signed-note, tlog-cosignature), verified with Python alone.

In an evidence package this stands within `verify.py`, which is one file.
"""

from __future__ import annotations

import base64
import hashlib

from reports.evidence.ed25519 import ed25519


def root_of(leaf: bytes, index: int, size: int, path: list[str]) -> bytes:
    """The root of the tree in which this leaf stands at that index (RFC 9162, 2.1.3.2)."""
    found, last = hashlib.sha256(b"\x00" + leaf).digest(), size - 1
    for step in map(bytes.fromhex, path):
        right = index % 2 or index == last
        found = hashlib.sha256(b"\x01" + (step + found if right else found + step)).digest()
        while right and index and index % 2 == 0:
            index, last = index // 2, last // 2
        index, last = index // 2, last // 2
    if last:
        raise ValueError("a path of the proofs is too short")
    return found


def note_signatures(note: str) -> list[tuple[str, bytes]]:
    """Who has signed a note, and what they have put under it (C2SP signed-note)."""
    lines = [line.split(" ") for line in note.rpartition("\n\n")[2].splitlines()]
    return [(name, base64.b64decode(value)) for _, name, value in lines]


def note_proofs(note: str, key: str, kind: int) -> list[bytes]:
    """What stands under a note in the name of a key of this kind: 1 a log's, 4 a witness's."""
    name, _, rest = key.partition("+")
    public = base64.b64decode(rest.partition("+")[2])
    known = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    found = [proof[4:] for signer, proof in note_signatures(note) if (signer, proof[:4]) == (name, known)]
    return [public[1:], *found] if public[:1] == bytes((kind,)) else []


def note_text(note: str, key: str) -> str:
    """The text of a note that the log's key has signed."""
    text = note.rpartition("\n\n")[0] + "\n"
    public, *proofs = note_proofs(note, key, 1) or [b""]
    if any(ed25519(public, text.encode(), proof) for proof in proofs):
        return text
    raise ValueError("a note is not signed by the key of the log")


def seen_at(text: str, public: bytes, proof: bytes) -> int:
    """When a witness has signed this text, in seconds since 1970; 0 where it has not."""
    when = int.from_bytes(proof[:8], "big")
    return when if ed25519(public, f"cosignature/v1\ntime {when}\n{text}".encode(), proof[8:]) else 0
