"""Whether an OpenSSH signature beside a file holds; `ssh-keygen -Y verify -n file@chamra` says the same."""

from __future__ import annotations

from datetime import datetime

from ledger.signing.allowed_signers import AllowedSigners
from ledger.signing.ssh_signature import OF_FILES, parsed
from model.errors import BadInput
from reports.signing.file_signature import CHANGED, FileSignature


def check_ssh(data: bytes, proof: str, signers: AllowedSigners | None, now: datetime) -> FileSignature:
    """The signature (SSHSIG, armored) of some bytes. `signers` is the list that is trusted, None where there is none;
    a key must be on it and count `now`, for the signature says no time.

    Raises:
        BadInput: it is no such signature.
    """
    try:
        signature = parsed(proof)
    except ValueError as error:
        raise BadInput(
            f"The proof is no signature that can be checked: {error}.",
            remedy="Give the file that came with it, .p7s or .sig.",
        ) from error
    fingerprint = signature.key.fingerprint
    if not signature.holds(data, OF_FILES):
        return FileSignature("", fingerprint, fault=CHANGED)
    if signers is None:
        return FileSignature("", fingerprint)
    listed = [one for one in signers.signers if one.key == signature.key and one.counts(now)]
    if not listed:
        return FileSignature(
            "",
            fingerprint,
            vouched=False,
            fault=f"is by a key that {signers.name} does not list, or no longer",
        )
    return FileSignature(", ".join(listed[0].accounts), fingerprint, vouched=True)
