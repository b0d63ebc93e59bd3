"""A signature of a person's key under what they state about pages, looked at before it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ledger.ledger import Ledger
from ledger.signing.allowed_signers import AllowedSigners
from ledger.signing.attestation import Attested, signature_in, verify_signature
from ledger.signing.statement import PageSignature, Statement, message_of, signatures_of
from model.decision import Who
from model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Moment:
    """When a statement is made: the time, and the ledger's newest record then, by its hash and number."""

    when: str
    head: str
    seq: int


class Pen(Protocol):
    """What signs with a person's key."""

    def sign(self, message: bytes) -> str:
        """The signature of a message: as OpenSSH writes it (SSHSIG, armored), or with a certificate (CMS, PEM).

        Raises:
            ChamraError: it cannot be had.
        """


def moment_of(ledger: Ledger) -> Moment:
    """This moment."""
    head = ledger.head()
    return Moment(ledger.now(), head.sha256, head.seq)


def attest(
    statements: Sequence[Statement], pen: Pen | None, who: Who, signers: AllowedSigners, now: str
) -> dict[int, tuple[Statement, PageSignature]]:
    """Let a pen sign the statements and verify what it has signed; by page number. Nothing without a pen.

    Raises:
        UsageError: the person has a key and no pen, or the pen's key is none that counts for them now.
    """
    when = datetime.fromisoformat(now)
    keys = signers.of(who.account, when)
    if pen is None and keys and statements:
        raise UsageError(
            f"{who.name} (account {who.account}) signs with a key: {keys[0].key.fingerprint}.",
            remedy="Sign with `chamra sign --key FILE`, or on the review page with a passkey.",
        )
    if pen is None or not statements:
        return {}
    value = pen.sign(message_of(statements))
    try:
        fingerprint = signature_in(value).key.fingerprint
    except ValueError as error:
        raise UsageError(
            f"That key cannot sign pages: {error}.", remedy="Use an Ed25519 key, or a certificate."
        ) from error
    signatures = signatures_of(statements, fingerprint, value)
    found = verify_signature(statements[0], signatures[0], signers, when)
    if found.how is not Attested.SIGNED:
        raise UsageError(
            f"The page {found.fault}.",
            remedy=f"`chamra user key add {who.account} FILE.pub` puts a key on the list {signers.name}.",
        )
    return {one.page: (one, made) for one, made in zip(statements, signatures, strict=True)}
