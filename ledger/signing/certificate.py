"""Signatures with a certificate (X.509), as RFC 5652 has them (CMS, detached, PEM), and whether an authority vouches.

`openssl cms -verify -binary -inform PEM -in SIGNATURE -content MESSAGE -CAfile CA -purpose any` verifies the same.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key, pkcs7
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID

from ledger.signing.ssh_signature import SshKey

PEM_BEGIN, PEM_END = "-----BEGIN CMS-----", "-----END CMS-----"
KINDS = ("ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
"""Keys that certificates are about, as OpenSSH names them; a list of signers has them so, too."""

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_HASHES: dict[bytes, hashes.HashAlgorithm] = {
    bytes.fromhex("0609608648016503040201"): hashes.SHA256(),
    bytes.fromhex("0609608648016503040202"): hashes.SHA384(),
    bytes.fromhex("0609608648016503040203"): hashes.SHA512(),
}
_SEQUENCE, _SET, _OCTETS, _CERTIFICATES, _ATTRIBUTES = 0x30, 0x31, 0x04, 0xA0, 0xA0
_LEAST_BITS = 2048
_SHOWN = {
    NameOID.COMMON_NAME: "CN", NameOID.ORGANIZATION_NAME: "O", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertificateSignature:
    """A signature taken apart: the signer's certificate, those that came with it, and what is signed for a message."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    hash: hashes.HashAlgorithm
    attributes: bytes
    proof: bytes

    @property
    def key(self) -> SshKey:
        """The key that has signed."""
        return key_of(self.certificate)

    def holds(self, message: bytes) -> bool:
        """True when the certificate's key has signed the message."""
        taken = hashes.Hash(self.hash)
        taken.update(message)
        if _stated_digest(self.attributes) != taken.finalize():
            return False
        key, signed = self.certificate.public_key(), _tlv(_SET, self.attributes)
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(self.proof, signed, padding.PKCS1v15(), self.hash)
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(self.proof, signed, ec.ECDSA(self.hash))
            else:
                return False
        except InvalidSignature:
            return False
        return True


def certificate_signature(pem: str) -> CertificateSignature:
    """A signature taken apart.

    Raises:
        ValueError: it is none, or of a form that is not used here.
    """
    lines = pem.strip().splitlines()
    if len(lines) < 3 or lines[0] != PEM_BEGIN or lines[-1] != PEM_END:
        raise ValueError("not a signature with a certificate")
    try:
        data = b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error as error:
        raise ValueError("not a signature with a certificate") from error
    kind, content = _parts(_only(data, _SEQUENCE))[:2]
    if kind[2] != _SIGNED_DATA:
        raise ValueError("not signed data")
    parts = _parts(_only(content[1], _SEQUENCE))
    certificates = [
        x509.load_der_x509_certificate(whole)
        for tag, body, _ in parts if tag == _CERTIFICATES for _, _, whole in _parts(body)
    ]  # fmt: skip
    signers = _parts(parts[-1][1])
    if len(signers) != 1:
        raise ValueError("not one signer")
    return _signer_info(_parts(signers[0][1]), certificates)


def _signer_info(
    parts: Sequence[tuple[int, bytes, bytes]], certificates: Sequence[x509.Certificate]
) -> CertificateSignature:
    """What a SignerInfo says (RFC 5652, 5.3)."""
    if len(parts) < 6 or parts[3][0] != _ATTRIBUTES or parts[5][0] != _OCTETS:
        raise ValueError("a signature without signed attributes")
    named = _parts(parts[1][1])
    mine = [
        one
        for one in certificates
        if (one.issuer.public_bytes(), one.serial_number) == (named[0][2], int.from_bytes(named[1][1], "big"))
    ]
    algorithm = _HASHES.get(_parts(parts[2][1])[0][2])
    if len(mine) != 1 or algorithm is None:
        raise ValueError("its certificate does not come with it, or its hash is none of SHA-2")
    key_of(mine[0])
    others = tuple(one for one in certificates if one != mine[0])
    return CertificateSignature(mine[0], others, algorithm, parts[3][1], parts[5][1])


def key_of(certificate: x509.Certificate) -> SshKey:
    """The key that a certificate is about.

    Raises:
        ValueError: it is of a kind that is not used here, or may not sign.
    """
    line = certificate.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    kind, _, blob = line.partition(" ")
    if kind not in KINDS:
        raise ValueError("certificates for RSA and elliptic curves (NIST) are used here")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise ValueError("the certificate is not one to sign with")
    return certificate_key(kind, b64decode(blob))


def certificate_key(kind: str, blob: bytes) -> SshKey:
    """A key that a certificate may be about, as OpenSSH has it.

    Raises:
        ValueError: it is none, or too short.
    """
    found = SshKey(kind, blob)
    key = load_ssh_public_key(found.line.encode())
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_BITS:
        raise ValueError(f"an RSA key has {_LEAST_BITS} bits or more")
    return found


def certificates_in(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file; none where it has none.

    Raises:
        ValueError: one of them cannot be understood.
    """
    return tuple(x509.load_pem_x509_certificates(pem)) if b"-----BEGIN CERTIFICATE-----" in pem else ()


def shown_name(name: x509.Name) -> str:
    """Whom or what a certificate names, in one line."""
    parts = [f"{_SHOWN[one.oid]}={one.value!s}" for one in name if one.oid in _SHOWN]
    return ", ".join(parts) or name.rfc4514_string()


def bears_name(certificate: x509.Certificate, names: Sequence[str]) -> bool:
    """True when a certificate is for somebody of one of these names or accounts: by its common name, its user id, or
    its address up to the @."""
    held = {
        str(one.value).partition("@")[0].strip().casefold()
        for oid in (NameOID.COMMON_NAME, NameOID.USER_ID, NameOID.EMAIL_ADDRESS)
        for one in certificate.subject.get_attributes_for_oid(oid)
    }
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        held |= {one.partition("@")[0].casefold() for one in found.get_values_for_type(x509.RFC822Name)}
    except x509.ExtensionNotFound:
        pass
    return any(name.strip().casefold() in held for name in names if name.strip())


def expired(certificate: x509.Certificate, when: datetime) -> str:
    """Why a certificate did not count at a time, in words; empty where it did."""
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if first <= when.astimezone(UTC) <= last:
        return ""
    return f"its certificate was valid from {first:%Y-%m-%d} to {last:%Y-%m-%d} only"


def not_vouched_for(signature: CertificateSignature, authorities: bytes, when: datetime) -> str:
    """Why none of these authorities (certificates, PEM) vouches for a signer's certificate at a time, in words; empty
    where one does. Nobody is asked whether it was taken back since: the list of signers says so."""
    try:
        roots = certificates_in(authorities)
        if not roots:
            return "no certificate of an authority was given"
        permissive = verification.ExtensionPolicy.permit_all()
        verifier = (
            verification.PolicyBuilder()
            .store(verification.Store(list(roots)))
            .time(when.astimezone(UTC).replace(tzinfo=None))
            .extension_policies(ca_policy=_authority_policy(), ee_policy=permissive)
            .build_client_verifier()
        )
        verifier.verify(signature.certificate, list(signature.others))
    except (verification.VerificationError, ValueError) as error:
        return str(error)
    return ""


def _authority_policy() -> verification.ExtensionPolicy:
    """An authority's certificate says that it is one, and may sign others where it says what it may do."""
    return verification.ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, verification.Criticality.AGNOSTIC, _is_authority
    )


def _is_authority(_: verification.Policy, __: x509.Certificate, extension: x509.BasicConstraints) -> None:
    if not extension.ca:
        raise ValueError("a certificate that is no authority's vouches for another")


def detached(message: bytes, certificate: x509.Certificate, key: pkcs7.PKCS7PrivateKeyTypes,
             others: Sequence[x509.Certificate] = ()) -> str:  # fmt: skip
    """The signature of a message by a certificate's key, PEM; `others` are the certificates between it and its root."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(message).add_signer(certificate, key, hashes.SHA256())
    for one in others:
        builder = builder.add_certificate(one)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    lines = builder.sign(Encoding.PEM, options).decode("ascii").split("\n")
    return "\n".join([PEM_BEGIN, *lines[1:-2], PEM_END]) + "\n"


def _stated_digest(attributes: bytes) -> bytes:
    """The hash of the message that the signed attributes state; empty where they state none or several."""
    stated = [
        _parts(parts[1][1])[0][1]
        for parts in (_parts(body) for _, body, _ in _parts(attributes))
        if parts[0][2] == _MESSAGE_DIGEST
    ]
    return stated[0] if len(stated) == 1 else b""


def _only(data: bytes, tag: int) -> bytes:
    """The content of the one value that these bytes are."""
    found = _parts(data)
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError("not in the form of a signature")
    return found[0][1]


def _parts(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """The values in some bytes (X.690, DER): tag, content, and the whole of each.

    Raises:
        ValueError: they are cut off, or of another form.
    """
    found, at = [], 0
    while at < len(data):
        start, tag = at, data[at]
        size, at = (data[at + 1], at + 2) if at + 1 < len(data) else (-1, at)
        if size > 0x84 or size in (-1, 0x80):
            raise ValueError("not in the form of a signature")
        if size > 0x80:
            count = size - 0x80
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + size > len(data):
            raise ValueError("cut off")
        found.append((tag, data[at : at + size], data[start : at + size]))
        at += size
    return found


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 + len(length))) + length + content
