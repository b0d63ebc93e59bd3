"""A key with its certificate, which signs files: a PDF within itself (PAdES, ETSI EN 319 142-1, level B-B), any other
file by a signature beside it (CMS, RFC 5652).

A timestamp is not part of the level: the time that stands in a signature is the signer's own word.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from ledger.signing.certificate import expired
from ledger.signing.certified_key import CertifiedKey
from model.errors import BadInput, UsageError

FIELD = "ChamraSignature"
_DIGEST = "sha256"


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


def pen_of(certified: CertifiedKey, now: datetime) -> CertificateKey:
    """What signs files with a key and its certificate; `now` is the time at which it is to sign.

    Raises:
        UsageError: the certificate does not count at that time.
    """
    late = expired(certified.certificate, now)
    if late:
        raise UsageError(f"The key may not sign: {late}.", remedy="Sign with one that counts now.")
    packed = pkcs12.serialize_key_and_certificates(
        b"key", certified.secret, certified.certificate, certified.others, NoEncryption()
    )
    signer = SimpleSigner.load_pkcs12_data(packed, other_certs=(), passphrase=None)
    if signer is None:
        raise UsageError("The key cannot sign files.", remedy="Give another.")
    return CertificateKey(certified.certificate.subject.rfc4514_string(), signer)


def _free_field(pdf: bytes) -> str:
    """A name for the field of the signature that the PDF does not use: it may be signed already."""
    names = (f"{FIELD}{number or ''}" for number in range(1000))
    return next(name for name in names if name.encode() not in pdf)
