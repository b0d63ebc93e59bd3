"""How a sign-off is known: by a signature of that person's key, or by a name that somebody has written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ledger.event import Entry
from ledger.events.signed_off import SignedOff
from ledger.signing.allowed_signers import AllowedSigner, AllowedSigners
from ledger.signing.authorities import NOBODY, Authorities, not_vouched_for
from ledger.signing.certificate import (
    PEM_BEGIN,
    CertificateSignature,
    bears_name,
    certificate_signature,
    expired,
    shown_name,
)
from ledger.signing.ssh_signature import SshKey, SshSignature, parsed
from ledger.signing.statement import SAYS, SCHEMA, PageSignature, Signatory, Statement, signed_message

_LONGEST = timedelta(hours=1)  # from the statement to its record; a passkey is answered in minutes


class Attested(StrEnum):
    """How far a sign-off is proven."""

    SIGNED = "signed"  # by a key that was that person's then
    CERTIFIED = (
        "signed with a certificate that an authority vouches for"  # and no list names a key of that person
    )
    UNLISTED = (
        "signed by a key that no list vouches for"  # the signature holds; whose the key is cannot be told
    )
    CLAIMED = "claimed, not signed"  # a name, and no key of that person was known then
    FAULTY = "faulty"  # what is there cannot be the signature of that person


@dataclass(frozen=True, slots=True)
class Attestation:
    """How a sign-off is known. `fault` says what is wrong where it is `FAULTY`, `doubt` what somebody must look at
    where it is not; `signer` is the line of the list. `certificate`: whom it names, who issued it, who vouches."""

    how: Attested
    fingerprint: str = ""
    signer: AllowedSigner | None = None
    fault: str = ""
    certificate: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the ledger and the blobs say of the page that was signed: what its statement must say, too."""

    image: str
    page_blob: str
    account: str | None
    policy_sha256: str


def verify_statement(
    entry: Entry[SignedOff],
    workspace: str,
    signers: AllowedSigners | None = None,
    authorities: Authorities = NOBODY,
) -> Attestation:
    """How the sign-off that an entry records is known; `signers` is the list that is trusted, None where there is none,
    and `authorities` who is trusted to vouch for certificates.

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
    return verify_signature(event.statement, event.signature, signers, when, authorities)


def verify_signature(
    statement: Statement,
    signature: PageSignature,
    signers: AllowedSigners | None,
    when: datetime,
    authorities: Authorities = NOBODY,
) -> Attestation:
    """How a statement is known by its signature, at the time of its record."""
    try:
        taken = signature_in(signature.value)
        sound = taken.holds(signed_message(statement, signature.place))
    except ValueError as error:
        return _faulty(f"has a signature that cannot be understood: {error}")
    if not sound or taken.key.fingerprint != signature.key:
        return _faulty("has a signature that is not of what it says")
    if isinstance(taken, CertificateSignature):
        return _by_certificate(taken, statement, signers, when, authorities)
    if signers is None:
        return Attestation(Attested.UNLISTED, signature.key)
    return _listed(taken.key, statement.who.account, signers, when)


def signature_in(value: str) -> SshSignature | CertificateSignature:
    """A signature taken apart, whichever of the two kinds it is of.

    Raises:
        ValueError: it is none.
    """
    return certificate_signature(value) if value.startswith(PEM_BEGIN) else parsed(value)


def _by_certificate(
    taken: CertificateSignature,
    statement: Statement,
    signers: AllowedSigners | None,
    when: datetime,
    authorities: Authorities,
) -> Attestation:
    """How a signature with a certificate is known: by the list, which has its key; else by who vouches for it."""
    late = expired(taken.certificate, when)
    if late:
        return _faulty(f"is signed at a time when it did not count: {late}")
    subject = shown_name(taken.certificate.subject)
    asked = bool(authorities.certificates)
    refused = not_vouched_for(taken.certificate, taken.others, authorities, when) if asked else ""
    vouched = asked and not refused
    certificate = f"{subject}, issued by {shown_name(taken.certificate.issuer)}"
    certificate += ", which the given authorities vouch for" if vouched else ""
    doubt = f"is signed with a certificate for which no given authority vouches: {refused}" if refused else ""
    if signers is not None and (signers.of(statement.who.account) or not vouched):
        found = _listed(taken.key, statement.who.account, signers, when)
        return replace(found, certificate=certificate, doubt="" if found.fault else doubt)
    how = Attested.CERTIFIED if vouched else Attested.UNLISTED
    if vouched and not bears_name(taken.certificate, (statement.who.name, statement.who.account)):
        doubt = (
            f"is signed as {statement.who.name} ({statement.who.account}) with the certificate of {subject}"
        )
    return Attestation(how, taken.key.fingerprint, certificate=certificate, doubt=doubt)


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


def _listed(signed_by: SshKey, account: str, signers: AllowedSigners, when: datetime) -> Attestation:
    found = [one for one in signers.of(account) if one.key == signed_by]
    key = signed_by.fingerprint
    if not found:
        return _faulty(f"is signed by the key {key}, which is none of {account}'s in {signers.name}")
    signer = next((one for one in found if one.counts(when)), None)
    if signer is None:
        return _faulty(f"is signed by the key {key}, which did not count at that time")
    return Attestation(Attested.SIGNED, key, signer)


def _faulty(message: str) -> Attestation:
    return Attestation(Attested.FAULTY, fault=message)
