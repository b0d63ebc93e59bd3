"""Signed notes, as transparency logs and their witnesses write them (C2SP signed-note and tlog-cosignature).

A text that ends in a line feed, an empty line, and a line for each signature: `— NAME BASE64`, the first four bytes of
which say by which key. A key is named `NAME+HASH+BASE64`.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4
"""Kinds of keys: of a log that signs the text, and of a witness that signs it with the time."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key with the name that it signs under."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Which key it is, in four bytes."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes((self.kind,)) + self.public).digest()[:4]

    def __str__(self) -> str:
        public = base64.b64encode(bytes((self.kind,)) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """A signature under a note: the name, which key, and the proof; a witness's has the time before it."""

    name: str
    key: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text with the signatures under it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        lines = (
            f"— {one.name} {base64.b64encode(one.key + one.proof).decode()}\n" for one in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"

    def signed_by(self, key: NoteKey) -> bool:
        """True when that key has signed the text."""
        return any(_holds(self.text, one, key) for one in self.signatures)

    def cosigned_at(self, key: NoteKey) -> int | None:
        """When that witness has signed, in seconds since 1970; None where it has not."""
        for one in self.signatures:
            if key.kind == WITNESS and _holds(self.text, one, key):
                return int.from_bytes(one.proof[:8], "big")
        return None


def note_from(text: str) -> Note:
    """A note taken apart.

    Raises:
        ValueError: it is none.
    """
    body, gap, under = text.rpartition("\n\n")
    if not gap or not under.endswith("\n"):
        raise ValueError("not a signed note")
    signatures = []
    for line in under.splitlines():
        dash, name, value = line.split(" ")
        data = base64.b64decode(value, validate=True)
        if dash != "—" or not name or len(data) <= 4:
            raise ValueError("not a signature of a note")
        signatures.append(NoteSignature(name, data[:4], data[4:]))
    return Note(f"{body}\n", tuple(signatures))


def note_key_from(text: str) -> NoteKey:
    """A key from its name.

    Raises:
        ValueError: it is none, or of a kind that is not known here.
    """
    name, _, rest = text.strip().partition("+")
    claimed, _, value = rest.partition("+")
    data = base64.b64decode(value, validate=True)
    if len(data) != 33 or data[0] not in (LOG, WITNESS):
        raise ValueError("not a key of a log or a witness")
    key = NoteKey(name, data[0], data[1:])
    if key.id.hex() != claimed:
        raise ValueError("the key is not the one that its name says")
    return key


def key_of(secret: Ed25519PrivateKey, name: str, kind: int) -> NoteKey:
    """The public key of a secret one."""
    return NoteKey(name, kind, secret.public_key().public_bytes_raw())


def signed(text: str, secret: Ed25519PrivateKey, name: str) -> Note:
    """A note signed by a log."""
    key = key_of(secret, name, LOG)
    return Note(text, (NoteSignature(name, key.id, secret.sign(text.encode())),))


def cosigned(note: Note, secret: Ed25519PrivateKey, name: str, when: int) -> Note:
    """The note with the signature of a witness under it, too; `when` in seconds since 1970."""
    key = key_of(secret, name, WITNESS)
    proof = when.to_bytes(8, "big") + secret.sign(_with_time(note.text, when))
    return Note(note.text, (*note.signatures, NoteSignature(name, key.id, proof)))


def _holds(text: str, signature: NoteSignature, key: NoteKey) -> bool:
    if (signature.name, signature.key) != (key.name, key.id):
        return False
    proof, message = signature.proof, text.encode()
    if key.kind == WITNESS:
        message, proof = _with_time(text, int.from_bytes(proof[:8], "big")), proof[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(proof, message)
    except InvalidSignature:
        return False
    return True


def _with_time(text: str, when: int) -> bytes:
    return f"cosignature/v1\ntime {when}\n{text}".encode()
