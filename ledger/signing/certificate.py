"""Signatures with a certificate (X.509), as RFC 5652 has them (CMS, detached, PEM or DER).

`openssl cms -verify -binary -inform PEM -in SIGNATURE -content MESSAGE -CAfile CA -purpose any` verifies the same.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_public_key, pkcs7
from cryptography.x509.oid import NameOID

from ledger.signing.ssh_signature import SshKey
from ledger.signing.understood import understood

PEM_BEGIN, PEM_END = "-----BEGIN CMS-----", "-----END CMS-----"
PEM_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
KINDS = ("ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
"""Keys that certificates are about, as OpenSSH names them; a list of signers has them so, too."""

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_LEAST_BITS = 2048
_SHOWN = {
    NameOID.COMMON_NAME: "CN", NameOID.ORGANIZATION_NAME: "O", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertificateSignature:
    """A signature taken apart: the signer's certificate, those that came with it, the time that the signer claims, the
    hash of the message that it states, and the bytes (with that hash in them) that the proof is of."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    when: datetime | None
    hash: hashes.HashAlgorithm
    digest: bytes
    signed: bytes
    proof: bytes

    @property
    def key(self) -> SshKey:
        """The key that has signed."""
        return key_of(self.certificate)

    def holds(self, message: bytes) -> bool:
        """True when the certificate's key has signed the message."""
        taken = hashes.Hash(self.hash)
        taken.update(message)
        if self.digest != taken.finalize():
            return False
        key, signed = self.certificate.public_key(), self.signed
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
    return signature_from(b64decode("".join(lines[1:-1]), validate=True))


def signature_from(der: bytes) -> CertificateSignature:
    """A signature (CMS, DER) taken apart.

    Raises:
        ValueError: it is none, or of a form that is not used here.
    """
    with understood():
        content = cms.ContentInfo.load(der, strict=True)
        if content["content_type"].native != "signed_data":
            raise ValueError("not signed data")
        signed = content["content"]
        signers = signed["signer_infos"]
        if len(signers) != 1:
            raise ValueError("not one signer")
        certificates = [_whole(x509.load_der_x509_certificate(one.dump())) for one in signed["certificates"]]
        return _by_one_signer(signers[0], certificates)


def _whole(certificate: x509.Certificate) -> x509.Certificate:
    """The certificate, after a look at each part that is asked for later: cryptography reads them late.

    Raises:
        ValueError: one cannot be understood.
    """
    shown_name(certificate.subject), shown_name(certificate.issuer)
    expired(certificate, certificate.not_valid_before_utc)
    bears_name(certificate, ())
    certificate.public_key()
    return certificate


def _by_one_signer(signer: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> CertificateSignature:
    """What a SignerInfo says (RFC 5652, 5.3).

    Raises:
        ValueError: it lacks what is needed.
    """
    attributes = signer["signed_attrs"]
    if signer["sid"].name != "issuer_and_serial_number" or not len(attributes):
        raise ValueError("a signature without signed attributes, or that does not name its certificate")
    named = signer["sid"].chosen
    wanted = (named["issuer"].dump(), named["serial_number"].native)
    mine = [one for one in certificates if (one.issuer.public_bytes(), one.serial_number) == wanted]
    algorithm = _HASHES.get(signer["digest_algorithm"]["algorithm"].native)
    if len(mine) != 1 or algorithm is None:
        raise ValueError("its certificate does not come with it, or its hash is none of SHA-2")
    key_of(mine[0])
    stated = _stated(attributes, "message_digest")
    claimed = _stated(attributes, "signing_time")
    return CertificateSignature(
        certificate=mine[0],
        others=tuple(one for one in certificates if one != mine[0]),
        when=claimed if isinstance(claimed, datetime) else None,
        hash=algorithm,
        digest=stated if isinstance(stated, bytes) else b"",
        signed=attributes.untag().dump(),
        proof=signer["signature"].native,
    )


def _stated(attributes: cms.CMSAttributes, name: str) -> object:
    """The one value of the one attribute of that name; None where there is none, or several."""
    values = [one["values"].native for one in attributes if one["type"].native == name]
    return values[0][0] if len(values) == 1 and len(values[0]) == 1 else None


def key_of(certificate: x509.Certificate) -> SshKey:
    """The key that a certificate is about.

    Raises:
        ValueError: it is of a kind that is not used here, or may not sign.
    """
    with understood():
        key = certificate.public_key()
        line = ""
        if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            line = key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
        kind, _, blob = line.partition(" ")
        if kind not in KINDS:
            raise ValueError("certificates for RSA and elliptic curves (NIST) are used here")
        may_sign(certificate)
    return certificate_key(kind, b64decode(blob))


def may_sign(certificate: x509.Certificate) -> None:
    """Pass when a certificate is one to sign with, by what it says itself.

    Raises:
        ValueError: it is for something else.
    """
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise ValueError("the certificate is not one to sign with")


def certificate_key(kind: str, blob: bytes) -> SshKey:
    """A key that a certificate may be about, as OpenSSH has it.

    Raises:
        ValueError: it is none, or too short.
    """
    found = SshKey(kind, blob)
    with understood():
        key = load_ssh_public_key(found.line.encode())
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_BITS:
        raise ValueError(f"an RSA key has {_LEAST_BITS} bits or more")
    return found


@lru_cache(maxsize=64)
def certificates_in(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file; none where it has none.

    Raises:
        ValueError: one of them cannot be understood.
    """
    with understood():
        return tuple(x509.load_pem_x509_certificates(pem)) if PEM_CERTIFICATE in pem else ()


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


def detached(message: bytes, certificate: x509.Certificate, key: pkcs7.PKCS7PrivateKeyTypes,
             others: Sequence[x509.Certificate] = ()) -> str:  # fmt: skip
    """The signature of a message by a certificate's key, PEM; `others` are the certificates between it and its root."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(message).add_signer(certificate, key, hashes.SHA256())
    for one in others:
        builder = builder.add_certificate(one)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    lines = builder.sign(Encoding.PEM, options).decode("ascii").split("\n")
    return "\n".join([PEM_BEGIN, *lines[1:-2], PEM_END]) + "\n"
