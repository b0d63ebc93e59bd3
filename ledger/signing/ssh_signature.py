"""Signatures and public keys as OpenSSH writes them (PROTOCOL.sshsig, PROTOCOL.u2f).

Two kinds of keys: Ed25519, and ECDSA keys of passkeys and other security keys, whose signatures hold the challenge that
a browser was given. `ssh-keygen -Y verify` verifies the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from ledger.signing.understood import understood

NAMESPACE = "page@chamra"
"""What signatures of pages are for: one for anything else is none."""

OF_FILES = "file@chamra"
"""What signatures of files that leave the house are for."""

ED25519 = "ssh-ed25519"
PASSKEY = "sk-ecdsa-sha2-nistp256@openssh.com"

_WEBAUTHN = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"
_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70
_HASHES = ("sha256", "sha512")

PRESENT, VERIFIED = 0x01, 0x04
"""Flags of a passkey: somebody was there, and it was they (by a PIN, a finger, a face)."""


@dataclass(frozen=True, slots=True)
class SshKey:
    """A public key: its kind, and its bytes as OpenSSH has them."""

    kind: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """The name of the key, as `ssh-keygen -l` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def line(self) -> str:
        """The key as it stands in files."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class SshSignature:
    """A signature taken apart: the public key, what it is for, the hash of the message, and the proof itself."""

    key: SshKey
    namespace: str
    hash_name: str
    proof: bytes

    def holds(self, message: bytes, namespace: str = NAMESPACE) -> bool:
        """True when the key has signed the message, as a page where nothing else is meant; a passkey, with the person
        verified."""
        if self.namespace != namespace or self.hash_name not in _HASHES:
            return False
        signed = to_be_signed(message, namespace, self.hash_name)
        try:
            with understood():
                (_verify_ed25519 if self.key.kind == ED25519 else _verify_passkey)(self, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a browser answers for a passkey: `authenticator` data, `client` data (JSON), and the signature in DER."""

    authenticator: bytes
    client: bytes
    signature: bytes


def key_from(kind: str, blob: bytes) -> SshKey:
    """A public key of a kind that is known here.

    Raises:
        ValueError: it is none.
    """
    parts = _Wire(blob)
    sound = parts.text() == kind
    if kind == ED25519:
        Ed25519PublicKey.from_public_bytes(parts.string())
    elif kind == PASSKEY:
        sound = sound and parts.text() == "nistp256"
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), parts.string())
        parts.text()
    else:
        raise ValueError(f"keys of the kind {kind} are not used here")
    if not sound or not parts.at_end:
        raise ValueError(f"not a key of the kind {kind}")
    return SshKey(kind, blob)


def passkey_from(public_key: bytes, relying_party: str) -> SshKey:
    """The key of a passkey from its public key (SubjectPublicKeyInfo, DER) and the host name that it was made for.

    Raises:
        ValueError: it is no key on the curve P-256.
    """
    with understood():
        point = load_der_public_key(public_key).public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    parts = (PASSKEY.encode(), b"nistp256", point, relying_party.encode())
    return key_from(PASSKEY, b"".join(map(_string, parts)))


def relying_party(key: SshKey) -> str:
    """The host name that a passkey was made for."""
    parts = _Wire(key.blob)
    for _ in range(3):
        parts.string()
    return parts.text()


def to_be_signed(message: bytes, namespace: str = NAMESPACE, hash_name: str = "sha512") -> bytes:
    """What a key signs for a message; a passkey gets it as its challenge."""
    digest = hashlib.new(hash_name, message).digest()
    return _MAGIC + b"".join(map(_string, (namespace.encode(), b"", hash_name.encode(), digest)))


def armored_assertion(key: SshKey, assertion: Assertion) -> str:
    """The answer of a passkey to the challenge `to_be_signed`, as an OpenSSH signature.

    Raises:
        ValueError: it is no answer of a passkey.
    """
    data, client = assertion.authenticator, json.loads(assertion.client)
    if len(data) < 37 or not isinstance(client, dict) or not isinstance(client.get("origin"), str):
        raise ValueError("not an answer of a passkey")
    r, s = decode_dss_signature(assertion.signature)
    pair = _string(_string(_number(r)) + _string(_number(s)))
    origin = client["origin"].encode()
    tail = b"".join(map(_string, (origin, assertion.client, data[37:])))
    proof = _string(_WEBAUTHN.encode()) + pair + data[32:37] + tail
    head = _MAGIC + (1).to_bytes(4, "big")
    return _armored(head + b"".join(map(_string, (key.blob, NAMESPACE.encode(), b"", b"sha512", proof))))


def parsed(armored: str) -> SshSignature:
    """A signature taken apart.

    Raises:
        ValueError: it is none.
    """
    lines = armored.strip().splitlines()
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        raise ValueError("not an SSH signature")
    try:
        data = base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise ValueError("not an SSH signature") from error
    if data[:6] != _MAGIC or data[6:10] != b"\x00\x00\x00\x01":
        raise ValueError("not an SSH signature of version 1")
    parts = _Wire(data[10:])
    blob, namespace, _, hash_name, proof = (parts.string() for _ in range(5))
    if not parts.at_end:
        raise ValueError("something follows the signature")
    return SshSignature(
        key_from(_Wire(blob).text(), blob), namespace.decode(), hash_name.decode("ascii"), proof
    )


def _verify_ed25519(signature: SshSignature, signed: bytes) -> None:
    key, proof = _Wire(signature.key.blob), _Wire(signature.proof)
    key.string()
    if proof.text() != ED25519:
        raise ValueError("another kind of signature than of key")
    Ed25519PublicKey.from_public_bytes(key.string()).verify(proof.string(), signed)


def _verify_passkey(signature: SshSignature, signed: bytes) -> None:
    """PROTOCOL.u2f and Web Authentication, section 7.2."""
    key, proof = _Wire(signature.key.blob), _Wire(signature.proof)
    key.string(), key.string()
    point, application = key.string(), key.string()
    if proof.text() != _WEBAUTHN:
        raise ValueError("another kind of signature than of key")
    pair, state = _Wire(proof.string()), proof.take(5)
    origin, client, extensions = proof.text(), proof.string(), proof.string()
    said = json.loads(client)
    challenge = base64.urlsafe_b64encode(signed).decode().rstrip("=")
    wanted = {"type": "webauthn.get", "challenge": challenge, "origin": origin}
    if {name: said.get(name) for name in wanted} != wanted or said.get("crossOrigin", False):
        raise ValueError("the passkey has answered something else")
    if state[0] & (PRESENT | VERIFIED) != PRESENT | VERIFIED:
        raise ValueError("the passkey has not verified the person")
    data = hashlib.sha256(application).digest() + state + extensions + hashlib.sha256(client).digest()
    proven = encode_dss_signature(pair.whole(), pair.whole())
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point).verify(proven, data, ECDSA(hashes.SHA256()))


class _Wire:
    """Takes the parts of an SSH message off its front; whatever does not fit is a `ValueError`."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def at_end(self) -> bool:
        return not self._data

    def take(self, count: int) -> bytes:
        if count > len(self._data):
            raise ValueError("cut off")
        found, self._data = self._data[:count], self._data[count:]
        return found

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def text(self) -> str:
        return self.string().decode()

    def whole(self) -> int:
        return int.from_bytes(self.string(), "big")


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _number(value: int) -> bytes:
    return value.to_bytes(value.bit_length() // 8 + 1, "big")


def _armored(data: bytes) -> str:
    text = base64.b64encode(data).decode()
    lines = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END]) + "\n"
