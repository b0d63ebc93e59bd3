"""Whether a signature by a certificate holds: in a PDF or beside a file, with nothing but the file at hand."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import cms, pem, x509
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms, extract_self_reported_ts
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel, StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from model.errors import BadInput
from reports.signing.file_signature import CHANGED, FileSignature

# It writes what it finds to its log as well; ours says it once.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())

_SIGNED_AGAIN = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_USAGES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def authorities_in(data: bytes, name: str) -> tuple[bytes, ...]:
    """The certificates in the bytes of a PEM file, each in DER.

    Raises:
        BadInput: there are none.
    """
    try:
        pairs = [der for _, _, der in pem.unarmor(data, multiple=True)]
        load_pem_x509_certificates(data)
    except ValueError as error:
        raise BadInput(f"{name} holds no certificates: {error}.", remedy="Give PEM.") from error
    return tuple(pairs)


def check_pdf(pdf: bytes, authorities: Sequence[bytes] | None) -> tuple[FileSignature, ...]:
    """The signatures in a PDF, oldest first. The newest must be of the whole file, and those before it of all but the
    later signatures.

    `authorities` are the certificates (DER) that are trusted, None where nobody's are.

    Raises:
        BadInput: it is no sound PDF.
    """
    try:
        embedded = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        found = tuple(_in_pdf(one, authorities, newest=one is embedded[-1]) for one in embedded)
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"The PDF cannot be read: {error}.", remedy="Ask for the file anew.") from error
    return found


def check_beside(data: bytes, proof: bytes, authorities: Sequence[bytes] | None) -> FileSignature:
    """The signature (CMS, DER or PEM) of some bytes; `authorities` as for `check_pdf`.

    Raises:
        BadInput: the proof is no detached signature.
    """
    try:
        der = pem.unarmor(proof)[2] if pem.detect(proof) else proof
        content: Any = cms.ContentInfo.load(der, strict=True)
        signed = content["content"]
        when = extract_self_reported_ts(signed["signer_infos"][0])
        status = asyncio.run(
            async_validate_detached_cms(data, signed, _context(authorities, when), key_usage_settings=_USAGES)
        )
    except (ValueError, TypeError, IndexError, SignatureValidationError) as error:
        raise BadInput(
            f"The proof is no signature that can be checked: {error}.",
            remedy="Give the file that came with it, .p7s or .sig.",
        ) from error
    return _said(status, when, authorities, "" if status.intact and status.valid else CHANGED)


def _in_pdf(
    embedded: EmbeddedPdfSignature, authorities: Sequence[bytes] | None, *, newest: bool
) -> FileSignature:
    when = embedded.self_reported_timestamp
    status = validate_pdf_signature(embedded, _context(authorities, when), key_usage_settings=_USAGES)
    if not (status.intact and status.valid):
        return _said(status, when, authorities, CHANGED)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    signed_again = not newest and status.modification_level in _SIGNED_AGAIN
    later = "" if whole or signed_again else "covers less than the file: something was written to it since"
    return _said(status, when, authorities, later)


def _said(
    status: StandardCMSSignatureStatus, when: datetime | None, authorities: Sequence[bytes] | None, fault: str
) -> FileSignature:
    certificate: x509.Certificate = status.signing_cert
    vouched = None if authorities is None else bool(status.trusted)
    if not fault and vouched is False:
        fault = "is by a certificate that none of these authorities vouches for, or that did not count then"
    return FileSignature(
        certificate.subject.human_friendly, f"SHA256:{certificate.sha256.hex()}", when, vouched, fault
    )


def _context(authorities: Sequence[bytes] | None, when: datetime | None) -> ValidationContext:
    """Who is trusted, at the time that the signature claims: nothing is asked of the network."""
    roots = [x509.Certificate.load(one) for one in authorities or ()]
    return ValidationContext(trust_roots=roots, moment=when, allow_fetching=False)
