"""Time stamps of the ledger's head by an authority (RFC 3161), for those who want a third party's word.

Such a stamp proves that a head was there at that time to everybody who trusts the authority, as an anchor
does to whoever trusts the storage it lies on.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from ledger.canonical import canonical_json
from ledger.disk import append_line, disk_errors
from ledger.signing.understood import understood

SCHEMA = "chamra/timestamp/1"

_SHA256_OID = "2.16.840.1.101.3.4.2.1"
_SHA256 = bytes.fromhex("0609608648016503040201")
"""The same object identifier in DER."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What an authority has said: when the digest was shown to it (UTC), and the name of its certificate."""

    when: datetime
    authority: str


@dataclass(frozen=True, slots=True)
class KeptTimestamp:
    """The answer of an authority about the head of a workspace's ledger, as it is kept."""

    workspace: str
    seq: int
    head: str
    answer: bytes


def verify_timestamp(response: bytes, digest: bytes, ca: bytes, nonce: int | None = None) -> Timestamp:
    """What an authority's answer (TimeStampResp, DER) proves about a digest (SHA-256).

    `ca` are the certificates that are trusted, PEM; those that are not self-signed may stand between. They count as
    of the time in the answer. `nonce`: what was asked with.

    Raises:
        ValueError: the answer does not prove it; the message says why.
    """
    try:
        with understood():
            certificates = load_pem_x509_certificates(ca)
            answer = decode_timestamp_response(response)
            roots = [one for one in certificates if one.issuer == one.subject]
            between = [one for one in certificates if one not in roots]
            verifier = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce).build()
            verifier.verify(answer, digest)
            said = answer.tst_info
    except (VerificationError, ValueError) as error:
        raise ValueError(f"the time stamp does not hold: {error}") from error
    if said.message_imprint.hash_algorithm.dotted_string != _SHA256_OID:
        raise ValueError("the time stamp does not hold: it is of another kind of hash than SHA-256")
    signer = next(iter(answer.signed_data.signer_infos))
    return Timestamp(said.gen_time.astimezone(UTC), signer.issuer.rfc4514_string())


def stamped_digest(response: bytes) -> bytes:
    """The digest that an authority's answer is about, trusted in nothing.

    Raises:
        ValueError: it is no answer.
    """
    try:
        with understood():
            return decode_timestamp_response(response).tst_info.message_imprint.message
    except ValueError as error:
        raise ValueError(f"not the answer of a time-stamping authority: {error}") from error


def append_timestamp(path: Path, one: KeptTimestamp) -> None:
    """Append an answer to a file; it is durable when this returns.

    Raises:
        NoSpace: the file may not be written or the disk is full.
    """
    append_line(path, canonical_json({
        "schema": SCHEMA, "workspace": one.workspace, "seq": one.seq, "head": one.head,
        "answer": base64.b64encode(one.answer).decode(),
    }))  # fmt: skip


def read_timestamps(path: Path) -> Iterator[tuple[int, KeptTimestamp | None]]:
    """The answers of a file by line, none where there is no file; None where a line is none.

    Raises:
        NoSpace, WorkspaceError: the file may not be read.
    """
    with disk_errors(path):
        data = path.read_bytes() if path.exists() else b""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line:
            yield number, _kept(line)


def timestamps_beside(anchors: Path) -> Path:
    """Where the time stamps lie that belong to an anchor file."""
    return anchors.with_name(f"{anchors.name}.timestamps")


def _kept(line: bytes) -> KeptTimestamp | None:
    try:
        body = json.loads(line)
        answer = base64.b64decode(body["answer"], validate=True)
        one = KeptTimestamp(body["workspace"], body["seq"], body["head"], answer)
        sound = body["schema"] == SCHEMA and type(one.seq) is int and type(one.head) is str
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return one if sound else None


def timestamp_request(head: str, nonce: int) -> bytes:
    """A TimeStampReq (RFC 3161, section 2.4.1) in DER, which asks for the authority's certificate too.

    `head` is the SHA-256 of the newest record, hexadecimal: it is stamped as it is, so the stamped data is
    the canonical JSON of that record. `nonce` is a large random number; the answer must have it.
    """
    algorithm = _tagged(0x30, _SHA256 + _tagged(0x05, b""))
    imprint = _tagged(0x30, algorithm + _tagged(0x04, bytes.fromhex(head)))
    return _tagged(0x30, _integer(1) + imprint + _integer(nonce) + _tagged(0x01, b"\xff"))


def _integer(value: int) -> bytes:
    """A number that is not negative; its first bit is its sign."""
    return _tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _tagged(tag: int, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError("no part of a request is that long")
    return bytes((tag, len(content))) + content
