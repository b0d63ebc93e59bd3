"""In the worker process: signatures by certificates that anybody may have made, in a PDF or beside a file.

The file to be read is several, one after the other, whose lengths are said: the PDF, or what was signed and its proof;
then the certificates of authorities and their revocation lists, where there are any.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ledger.signing.authorities import Authorities, not_vouched_for
from ledger.signing.certificate import shown_name, signature_from
from ledger.signing.understood import understood
from ocr.sandbox.protocol import Answer, Handler, Refusal, Request
from reports.signing.file_signature import CHANGED

# It writes what it finds to its log as well; ours says it once.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())

_SIGNED_AGAIN = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_LONGEST = 300

Row = dict[str, str | bool | None]


def handler(_: str) -> Handler:
    """Answers with what is known of each signature. The loop is made before the process may open no socket."""
    loop = asyncio.new_event_loop()
    return lambda request: _answer(request, loop)


def _answer(request: Request, loop: asyncio.AbstractEventLoop) -> Answer:
    file, parts = io.BytesIO(Path(request["path"]).read_bytes()), []
    for length in request["lengths"]:
        parts.append(file.read(length))
    own = 1 if request["do"] == "pdf" else 2
    trusted = Authorities(parts[own], tuple(parts[own + 1 :])) if parts[own:] else None
    now = datetime.fromisoformat(request["now"])
    try:
        if request["do"] == "pdf":
            rows = _in_pdf(parts[0], trusted, now, loop)
        else:
            rows = [_beside(parts[0], parts[1], trusted, now)]
    except MemoryError:
        raise
    except Exception as error:  # pyhanko raises whatever comes: a stranger's file must end in words
        raise Refusal("unclear", why=(str(error) or type(error).__name__)[:_LONGEST]) from error
    return {}, json.dumps(rows).encode()


def _beside(data: bytes, proof: bytes, trusted: Authorities | None, now: datetime) -> Row:
    with understood():
        taken = signature_from(pem.unarmor(proof)[2] if pem.detect(proof) else proof)
    fault = "" if taken.holds(data) else CHANGED
    return _row(taken.certificate, taken.others, taken.when, trusted, fault, now)


def _in_pdf(
    pdf: bytes, trusted: Authorities | None, now: datetime, loop: asyncio.AbstractEventLoop
) -> list[Row]:
    signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
    rows = []
    for one in signatures:
        fault = loop.run_until_complete(_fault(one, newest=one is signatures[-1]))
        signer = one.signer_cert
        others = [x509.load_der_x509_certificate(other.dump()) for other in one.other_embedded_certs]
        own = x509.load_der_x509_certificate(signer.dump())
        rows.append(_row(own, others, one.self_reported_timestamp, trusted, fault, now))
    return rows


async def _fault(one: EmbeddedPdfSignature, *, newest: bool) -> str:
    """What is wrong with a signature in a PDF but for who vouches for it, which is asked elsewhere."""
    nobody = ValidationContext(trust_roots=[], moment=one.self_reported_timestamp, allow_fetching=False)
    status = await async_validate_pdf_signature(one, nobody)
    if not (status.intact and status.valid):
        return CHANGED
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    signed_again = not newest and status.modification_level in _SIGNED_AGAIN
    return "" if whole or signed_again else "covers less than the file: something was written to it since"


def _row(
    certificate: x509.Certificate, others: list[x509.Certificate] | tuple[x509.Certificate, ...],
    when: datetime | None, trusted: Authorities | None, fault: str, now: datetime,
) -> Row:  # fmt: skip
    refused = ""
    if trusted is not None:
        refused = not_vouched_for(certificate, others, trusted, when or now, when_is_proven=False)
    if refused and not fault:
        fault = f"is by a certificate for which none of these authorities vouches: {refused}"
    return {
        "by": shown_name(certificate.subject),
        "fingerprint": f"SHA256:{certificate.fingerprint(SHA256()).hex()}",
        "when": "" if when is None else when.isoformat(),
        "vouched": None if trusted is None else not refused,
        "fault": fault,
    }
