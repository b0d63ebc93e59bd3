"""Who vouches for certificates, and whether one was taken back: with what the auditor holds, and nobody asked.

A revocation list (CRL, RFC 5280) says which certificates of an authority count no longer, and from when on. It counts
here where the authority's key has signed it and it is about all certificates of that authority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise

from cryptography import x509
from cryptography.x509 import verification

from ledger.signing.certificate import certificates_in, may_sign, shown_name
from ledger.signing.understood import understood
from model.errors import BadInput

_PEM_LIST = b"-----BEGIN X509 CRL-----"
_UNPROVEN = x509.ReasonFlags.key_compromise, x509.ReasonFlags.ca_compromise, x509.ReasonFlags.aa_compromise
"""Why a certificate is taken back where somebody else may have had its key: since when, nobody knows."""


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who is trusted to vouch: `certificates` of authorities (PEM; empty: nobody), and their revocation `lists`, each
    in PEM or DER (none: nobody looks whether a certificate was taken back)."""

    certificates: bytes = b""
    lists: tuple[bytes, ...] = ()


NOBODY = Authorities()


def authorities_from(certificates: bytes, name: str, lists: Sequence[tuple[str, bytes]] = ()) -> Authorities:
    """What an auditor has given: a PEM file of this name, and files with revocation lists, each with its name.

    Raises:
        BadInput: a file has no certificates, or is no list.
    """
    try:
        found = certificates_in(certificates)
    except ValueError as error:
        raise BadInput(f"{name} holds no certificates: {error}.", remedy="Give PEM.") from error
    if not found:
        raise BadInput(f"{name} holds no certificates.", remedy="Give PEM.")
    for file, data in lists:
        try:
            _list_in(data)
        except ValueError as error:
            raise BadInput(
                f"{file} is no revocation list: {error}.", remedy="Give one list a file, PEM or DER (CRL)."
            ) from error
    return Authorities(certificates, tuple(data for _, data in lists))


def not_vouched_for(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    authorities: Authorities,
    when: datetime,
    *,
    when_is_proven: bool = True,
) -> str:
    """Why none of these authorities vouches for a signer's certificate at a time, in words; empty where one does.
    `others` came with it. Where the time is the signer's own word, a certificate that was taken back later does not
    count either."""
    try:
        with understood():
            may_sign(certificate)
            chain = _chain(certificate, others, authorities.certificates, when)
            lists = [_list_in(one) for one in authorities.lists]
            for one, issuer in pairwise(chain):
                if lists and (why := _taken_back(one, issuer, lists, when, when_is_proven=when_is_proven)):
                    return why
    except (verification.VerificationError, ValueError) as error:
        return str(error)
    return ""


def _chain(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], pem: bytes, when: datetime
) -> list[x509.Certificate]:
    """From the certificate to one that is trusted."""
    roots = certificates_in(pem)
    if not roots:
        raise ValueError("no certificate of an authority was given")
    permissive = verification.ExtensionPolicy.permit_all()
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(list(roots)))
        .time(when.astimezone(UTC).replace(tzinfo=None))
        .extension_policies(ca_policy=_authority_policy(), ee_policy=permissive)
        .build_client_verifier()
    )
    return verifier.verify(certificate, list(others)).chain


def _authority_policy() -> verification.ExtensionPolicy:
    """An authority's certificate says that it is one, and may sign others where it says what it may do."""
    return verification.ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, verification.Criticality.AGNOSTIC, _is_authority
    )


def _is_authority(_: verification.Policy, __: x509.Certificate, extension: x509.BasicConstraints) -> None:
    if not extension.ca:
        raise ValueError("a certificate that is no authority's vouches for another")


@lru_cache(maxsize=64)
def _list_in(data: bytes) -> x509.CertificateRevocationList:
    with understood():
        found = (x509.load_pem_x509_crl if _PEM_LIST in data else x509.load_der_x509_crl)(data)
        len(found), list(found.extensions), found.issuer, found.last_update_utc, found.next_update_utc
        return found


def _taken_back(
    one: x509.Certificate,
    issuer: x509.Certificate,
    lists: Sequence[x509.CertificateRevocationList],
    when: datetime,
    *,
    when_is_proven: bool,
) -> str:
    """What the lists of its issuer have against a certificate, in words."""
    whose = f"the certificate of {shown_name(one.subject)}"
    sound = [found for found in lists if found.issuer == one.issuer and _counts(found, issuer)]
    if not sound:
        return f"no list that was given says whether {whose} was taken back"
    newest = max(sound, key=lambda found: found.last_update_utc)
    if newest.next_update_utc is not None and newest.next_update_utc < when:
        return f"the newest list says nothing of {whose} after {newest.next_update_utc:%Y-%m-%d}"
    entry = newest.get_revoked_certificate_by_serial_number(one.serial_number)
    if entry is None:
        return ""
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        reason = x509.ReasonFlags.unspecified
    since = entry.revocation_date_utc
    if when_is_proven and since > when and reason not in _UNPROVEN:
        return ""
    return f"{whose} was taken back on {since:%Y-%m-%d} ({reason.value})"


def _counts(found: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """True when the issuer has signed a list, and it is a whole one: a part or a difference says so in an extension
    that is critical."""
    if any(one.critical for one in found.extensions):
        return False
    return found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
