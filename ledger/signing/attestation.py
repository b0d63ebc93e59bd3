"""How a sign-off is known: by a signature of that person's key, or by a name that somebody has written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ledger.event import Entry
from ledger.events.signed_off import SignedOff
from ledger.signing.allowed_signers import AllowedSigner, AllowedSigners
from ledger.signing.ssh_signature import SshSignature, holds, parsed
from ledger.signing.statement import SAYS, SCHEMA, PageSignature, Signatory, Statement, signed_message

_LONGEST = timedelta(hours=1)  # from the statement to its record; a passkey is answered in minutes


class Attested(StrEnum):
    """How far a sign-off is proven."""

    SIGNED = "signed"  # by a key that was that person's then
    UNLISTED = (
        "signed by a key that no list vouches for"  # the signature holds; whose the key is cannot be told
    )
    CLAIMED = "claimed, not signed"  # a name, and no key of that person was known then
    FAULTY = "faulty"  # what is there cannot be the signature of that person


@dataclass(frozen=True, slots=True)
class Attestation:
    """How a sign-off is known. `fault` says what is wrong where it is `FAULTY`; `signer` is the line of the list."""

    how: Attested
    fingerprint: str = ""
    signer: AllowedSigner | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the ledger and the blobs say of the page that was signed: what its statement must say, too."""

    image: str
    page_blob: str
    account: str | None
    policy_sha256: str


def verify_statement(
    entry: Entry[SignedOff], workspace: str, signers: AllowedSigners | None = None
) -> Attestation:
    """How the sign-off that an entry records is known; `signers` is the list that is trusted, None where there is none.

    Who had a key that counted then signs with it: without a signature such a sign-off is faulty.
    """
    event, when = entry.event, datetime.fromisoformat(entry.when)
    if event.statement is None or event.signature is None:
        keys = () if signers is None else signers.of(event.who.account, when)
        if not keys:
            return Attestation(Attested.CLAIMED)
        key = keys[0].key.fingerprint
        return _faulty(f"is not signed, though {event.who.account} had the key {key} then")
    fault = _disagrees(event, event.statement, workspace, when)
    if fault:
        return _faulty(fault)
    return verify_signature(event.statement, event.signature, signers, when)


def verify_signature(
    statement: Statement, signature: PageSignature, signers: AllowedSigners | None, when: datetime
) -> Attestation:
    """How a statement is known by its signature, at the time of its record."""
    try:
        taken = parsed(signature.value)
        sound = holds(taken, signed_message(statement, signature.place))
    except ValueError as error:
        return _faulty(f"has a signature that cannot be understood: {error}")
    if not sound or taken.key.fingerprint != signature.key:
        return _faulty("has a signature that is not of what it says")
    if signers is None:
        return Attestation(Attested.UNLISTED, signature.key)
    return _listed(taken, statement.who.account, signers, when)


def disagreements(statement: Statement, facts: PageFacts) -> tuple[str, ...]:
    """What a statement says of its page that is not so, in words."""
    pairs = {
        "another page image": (statement.image, facts.image),
        "another reading": (statement.page_blob, facts.page_blob),
        "another account of ink": (statement.account, facts.account),
        "another text of the policy": (statement.policy_sha256, facts.policy_sha256),
    }
    return tuple(f"its statement is about {what}" for what, (said, found) in pairs.items() if said != found)


def _disagrees(event: SignedOff, statement: Statement, workspace: str, when: datetime) -> str:
    """Where a statement does not say what its sign-off says; empty where it does."""
    said = (
        statement.schema, statement.says, statement.workspace, statement.document, statement.page,
        statement.shown_sha256, statement.text_sha256, statement.policy, statement.who,
    )  # fmt: skip
    recorded = (
        SCHEMA, SAYS, workspace, event.document, event.page,
        event.text_sha256, event.text_sha256, event.policy, Signatory(event.who.name, event.who.account),
    )  # fmt: skip
    if said != recorded:
        names = ("form", "form", "workspace", "document", "page", "text shown", "text", "policy", "person")
        which = next(name for name, one, other in zip(names, said, recorded, strict=True) if one != other)
        return f"has a statement about another {which}"
    try:
        age = when - datetime.fromisoformat(statement.when)
    except (ValueError, TypeError):
        return "has a statement without a time"
    return "" if timedelta() <= age <= _LONGEST else f"has a statement that was made at {statement.when}"


def _listed(signature: SshSignature, account: str, signers: AllowedSigners, when: datetime) -> Attestation:
    found = [one for one in signers.of(account) if one.key == signature.key]
    key = signature.key.fingerprint
    if not found:
        return _faulty(f"is signed by the key {key}, which is none of {account}'s in {signers.name}")
    signer = next((one for one in found if one.counts(when)), None)
    if signer is None:
        return _faulty(f"is signed by the key {key}, which did not count at that time")
    return Attestation(Attested.SIGNED, key, signer)


def _faulty(message: str) -> Attestation:
    return Attestation(Attested.FAULTY, fault=message)
