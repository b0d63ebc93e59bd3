"""Keys that sign in tests: an Ed25519 key as OpenSSH has it, and a passkey as a browser answers for it."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ledger.signing.allowed_signers import AllowedSigner, add_signer
from ledger.signing.ssh_signature import (
    ED25519,
    NAMESPACE,
    Assertion,
    SshKey,
    armored_assertion,
    passkey_from,
    to_be_signed,
)
from review.certificate_pen import CertificatePen
from review.keys import public_key_in
from review.ssh_keygen import SshPen
from workspace.workspace import Workspace

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def armored(data: bytes) -> str:
    text = base64.encodebytes(data).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}-----END SSH SIGNATURE-----\n"


class KeyPen:
    """Signs with an Ed25519 key, without OpenSSH."""

    def __init__(self, namespace: str = NAMESPACE) -> None:
        self.namespace = namespace
        self.secret = ed25519.Ed25519PrivateKey.generate()
        raw = self.secret.public_key().public_bytes_raw()
        self.key = SshKey(ED25519, string(ED25519.encode()) + string(raw))

    def sign(self, message: bytes) -> str:
        proof = string(ED25519.encode()) + string(self.secret.sign(to_be_signed(message, self.namespace)))
        parts = (self.key.blob, self.namespace.encode(), b"", b"sha512", proof)
        return armored(b"SSHSIG\x00\x00\x00\x01" + b"".join(map(string, parts)))


class PasskeyPen:
    """Answers as an authenticator and a browser do; `flags` 5: somebody was there, and was verified."""

    def __init__(self, host: str = "localhost", flags: int = 5) -> None:
        self.host = host
        self.flags = flags
        self.secret = ec.generate_private_key(ec.SECP256R1())
        spki = self.secret.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.key = passkey_from(spki, host)

    def answer(self, challenge: bytes, **more: object) -> Assertion:
        said = {
            "type": "webauthn.get", "challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "origin": f"http://{self.host}:8000", "crossOrigin": False,
        }  # fmt: skip
        client = json.dumps(said | more, separators=(",", ":")).encode()
        data = hashlib.sha256(self.host.encode()).digest() + bytes((self.flags, 0, 0, 0, 7))
        signature = self.secret.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return Assertion(data, client, signature)

    def sign(self, message: bytes) -> str:
        return armored_assertion(self.key, self.answer(to_be_signed(message)))


class FilePen(SshPen):
    """Signs with OpenSSH and the key in a file, which is made."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
        self.key = public_key_in(path.with_suffix(".pub"))[0]


def register(ws: Workspace, account: str, pen: KeyPen | PasskeyPen | FilePen | CertificatePen) -> None:
    """Put the key of a pen on the workspace's list."""
    add_signer(ws.signers, AllowedSigner((account,), pen.key, SINCE))
