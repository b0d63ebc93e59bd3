"""Signing at the terminal with a certificate of an office: a key and certificates in files (PEM, or PKCS#12)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from ledger.disk import disk_errors
from ledger.signing.certificate import certificates_in, detached, key_of
from model.errors import BadInput, UsageError

PACKED = (".p12", ".pfx")
"""Files that hold a key with its certificates."""

AskPassword = Callable[[], str]
"""Asks for the password of a key; called where it has one."""


class CertificatePen:
    """Signs with a certificate's key: CMS, detached."""

    def __init__(
        self,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        others: tuple[x509.Certificate, ...] = (),
    ) -> None:
        self._key = key
        self._certificate = certificate
        self._others = others
        self.key = key_of(certificate)

    def sign(self, message: bytes) -> str:
        """The signature of a message."""
        return detached(message, self._certificate, self._key, self._others)


def certificate_pen(key: Path, certificate: Path | None, password: AskPassword) -> CertificatePen:
    """What signs with the key in a file. Its certificate stands in the file `certificate`, before those that come
    between it and its root, or in the same file as the key.

    Raises:
        BadInput: there is no key with its certificate, or they cannot sign pages.
        UsageError: the password is wrong.
        NoSpace, WorkspaceError: a file may not be read.
    """
    with disk_errors(key):
        data = key.read_bytes()
    try:
        if key.suffix.lower() in PACKED:
            secret, chain = _packed(data, password)
        else:
            with disk_errors(certificate or key):
                chain = certificates_in(data if certificate is None else certificate.read_bytes())
            secret = _secret(data, password)
        return _pen(secret, chain)
    except ValueError as error:
        raise BadInput(
            f"{key} cannot sign pages with a certificate: {error}.",
            remedy="Give a PKCS#12 file, or a key in PEM and its certificate with --certificate FILE.",
        ) from error


def _pen(secret: object, chain: tuple[x509.Certificate, ...]) -> CertificatePen:
    if isinstance(secret, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        for one in chain:
            if one.public_key() == secret.public_key():
                return CertificatePen(secret, one, tuple(other for other in chain if other != one))
    raise ValueError("there is no certificate for its key, or the key is none for RSA or elliptic curves")


def _packed(data: bytes, password: AskPassword) -> tuple[object, tuple[x509.Certificate, ...]]:
    try:
        found = pkcs12.load_key_and_certificates(data, None)
    except ValueError:
        try:
            found = pkcs12.load_key_and_certificates(data, password().encode())
        except ValueError as error:
            raise _wrong() from error
    secret, certificate, others = found
    return secret, (*([] if certificate is None else [certificate]), *others)


def _secret(data: bytes, password: AskPassword) -> object:
    try:
        return load_pem_private_key(data, None)
    except TypeError:
        try:
            return load_pem_private_key(data, password().encode())
        except ValueError as error:
            raise _wrong() from error


def _wrong() -> UsageError:
    return UsageError("That is not the password of this key.", remedy="Try again.")
