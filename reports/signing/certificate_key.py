"""A key with its certificate, which signs files: a PDF within itself (PAdES, ETSI EN 319 142-1, level B-B), any other
file by a signature beside it (CMS, RFC 5652).

A timestamp is not part of the level: the time that stands in a signature is the signer's own word.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import NoEncryption, load_pem_private_key, pkcs12
from cryptography.x509 import Certificate, load_pem_x509_certificates
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from ledger.disk import disk_errors
from model.errors import BadInput, UsageError

PASSWORD = "CHAMRA_KEY_PASSWORD"
"""The variable of the environment that holds the password of a key file."""

FIELD = "ChamraSignature"
_DIGEST = "sha256"
_LARGEST = 1 << 20  # bytes of a key file
_PEM = b"-----BEGIN "


@dataclass(frozen=True, slots=True)
class CertificateKey:
    """What signs. `subject` is whom the certificate names (RFC 4514)."""

    subject: str
    signer: SimpleSigner

    def sign_pdf(self, pdf: bytes) -> bytes:
        """A PDF with a signature of all its bytes, which are left as they are; what is new follows them.

        Raises:
            BadInput: the PDF is encrypted or cannot be written to.
        """
        field = _free_field(pdf)
        about = PdfSignatureMetadata(
            field_name=field, md_algorithm=_DIGEST, subfilter=SigSeedSubFilter.PADES, name=self.subject
        )
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
            signed = sign_pdf(writer, about, self.signer, new_field_spec=SigFieldSpec(field))
        except (PdfReadError, SigningError, ValueError) as error:
            raise BadInput(
                f"The PDF cannot be signed: {error}.", remedy="Sign it beside itself, with --detached."
            ) from error
        found: bytes = signed.getvalue()
        return found

    def sign_beside(self, data: bytes, when: datetime) -> bytes:
        """A detached signature of some bytes, with the time at which it was made: CMS in DER, as `openssl cms -verify
        -binary` takes it."""
        about = PdfCMSSignedAttributes(signing_time=when)
        made = self.signer.async_sign_general_data(data, _DIGEST, detached=True, signed_attr_settings=about)
        signature: bytes = asyncio.run(made).dump()
        return signature


def is_certificate_file(path: Path) -> bool:
    """Whether a key file is one with a certificate: PKCS#12, or PEM with a certificate in it."""
    data = _read(path)
    return data[:1] == b"\x30" or b"-----BEGIN CERTIFICATE-----" in data


def key_in(path: Path, password: str | None, now: datetime) -> CertificateKey:
    """The key in a file: PKCS#12 (`.p12`, `.pfx`), or PEM with the key and its certificate, that one first.

    `password` opens the file where it is locked, `now` is the time at which it is to sign.

    Raises:
        BadInput: the file is none, or its password is another.
        UsageError: the certificate does not count at that time, or its key is of a kind that is not used here.
    """
    data, secret = _read(path), password.encode() if password else None
    try:
        key, certificate, others = _parsed(data, secret)
    except (ValueError, TypeError) as error:
        raise BadInput(
            f"{path} holds no key that can be opened: {error}.",
            remedy=f"Give a PKCS#12 file, or PEM with key and certificate; its password in {PASSWORD}.",
        ) from error
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise UsageError(
            f"{path} holds a {type(key).__name__}.", remedy="Readers of PDFs know RSA and ECDSA keys."
        )
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        until = f"{certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}"
        raise UsageError(
            f"The certificate in {path} counts from {until}.", remedy="Sign with one that counts now."
        )
    packed = pkcs12.serialize_key_and_certificates(b"key", key, certificate, others, NoEncryption())
    signer = SimpleSigner.load_pkcs12_data(packed, other_certs=(), passphrase=None)
    if signer is None:
        raise BadInput(f"{path} holds no key that can sign.", remedy="Give another.")
    return CertificateKey(certificate.subject.rfc4514_string(), signer)


def _read(path: Path) -> bytes:
    with disk_errors(path):
        if not path.is_file():
            raise UsageError(f"There is no key file {path}.", remedy="Name one that is there.")
        if path.stat().st_size > _LARGEST:
            raise BadInput(f"{path} is too large for a key.", remedy="Give a PKCS#12 or PEM file.")
        return path.read_bytes()


def _parsed(data: bytes, password: bytes | None) -> tuple[Any, Certificate, list[Certificate]]:
    if data.lstrip().startswith(_PEM):
        certificates = load_pem_x509_certificates(data)
        locked = b"ENCRYPTED" in data  # a password for a key that is not locked is an error to the parser
        return load_pem_private_key(data, password if locked else None), certificates[0], certificates[1:]
    key, certificate, others = pkcs12.load_key_and_certificates(data, password)
    if key is None or certificate is None:
        raise ValueError("it lacks the key or its certificate")
    return key, certificate, others


def _free_field(pdf: bytes) -> str:
    """A name for the field of the signature that the PDF does not use: it may be signed already."""
    names = (f"{FIELD}{number or ''}" for number in range(1000))
    return next(name for name in names if name.encode() not in pdf)
