"""Keys with their certificates, in the files in which offices hand them out: PKCS#12, or PEM."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

from ledger.disk import disk_errors
from ledger.signing.certificate import PEM_CERTIFICATE, certificates_in, key_of
from ledger.signing.understood import understood
from model.errors import BadInput, UsageError

PASSWORD = "CHAMRA_KEY_PASSWORD"
"""The variable of the environment that holds the password of a key file."""

AskPassword = Callable[[], str]
"""Asks for the password of a key; called where it has one."""

_LARGEST = 1 << 20  # bytes of a key file
_DER = b"\x30"


@dataclass(frozen=True, slots=True)
class CertifiedKey:
    """A secret key, its certificate, and the certificates that came with it."""

    secret: RSAPrivateKey | EllipticCurvePrivateKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()


def is_certified(path: Path) -> bool:
    """True when a key file is one with a certificate: PKCS#12, or PEM with a certificate in it.

    Raises:
        UsageError, BadInput: there is no such file, or it is too large for one.
    """
    data = _read(path)
    return data[:1] == _DER or PEM_CERTIFICATE in data


def certified_key(path: Path, certificate: Path | None, password: AskPassword) -> CertifiedKey:
    """The key in a file. Its certificate stands in the file `certificate`, or in the same file as the key.

    Raises:
        BadInput: there is no key with its certificate, or it is of a kind that is not used here.
        UsageError: the password is wrong, or there is no such file.
        NoSpace, WorkspaceError: a file may not be read.
    """
    data = _read(path)
    try:
        with understood():
            if data[:1] == _DER:
                secret, chain = _packed(data, password)
            else:
                chain = certificates_in(data if certificate is None else _read(certificate))
                secret = _secret(data, password)
            return _with_its_own(secret, chain)
    except ValueError as error:
        raise BadInput(
            f"{path} cannot sign with a certificate: {error}.",
            remedy="Give a PKCS#12 file, or a key in PEM and its certificate, in the same file or beside it.",
        ) from error


def _with_its_own(secret: object, chain: tuple[x509.Certificate, ...]) -> CertifiedKey:
    if isinstance(secret, RSAPrivateKey | EllipticCurvePrivateKey):
        for one in chain:
            if one.public_key() == secret.public_key():
                key_of(one)
                return CertifiedKey(secret, one, tuple(other for other in chain if other != one))
    raise ValueError("there is no certificate for its key, or the key is none for RSA or elliptic curves")


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", remedy="Name one that is there.")
    with disk_errors(path):
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"{path} is too large for a key.", remedy="Give a PKCS#12 or PEM file.")
        return path.read_bytes()


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
    return UsageError(
        "That is not the password of this key, or the file is no key.",
        remedy=f"Try again; {PASSWORD} may hold the password.",
    )
