"""Whether a signature by a certificate holds: in a PDF or beside a file, with nothing but the file at hand.

File and proof may be anybody's, so the confined process alone takes them apart (`ocr.sandbox`), bounded in memory and
time.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ledger.signing.authorities import Authorities
from model.errors import BadInput
from ocr.sandbox.limits import DEFAULT_LIMITS
from ocr.sandbox.process import Worker, WorkerDied, WorkerRefused
from reports.signing import worker
from reports.signing.file_signature import FileSignature

_COPIES = 6
"""How often a file lies in the worker's memory at once, at most."""
_MOST = 1 << 24
"""Bytes of an answer."""
_FORM = {"by": str, "fingerprint": str, "when": str, "fault": str}


def check_pdf(pdf: bytes, authorities: Authorities | None, now: datetime) -> tuple[FileSignature, ...]:
    """The signatures in a PDF, oldest first. The newest must be of the whole file, and those before it of all but the
    later signatures.

    `authorities` are those who are trusted, None where nobody is; they are asked of the time that a signature claims,
    of `now` where it claims none.

    Raises:
        BadInput: it is no sound PDF.
    """
    try:
        return _asked("pdf", (pdf,), authorities, now)
    except ValueError as error:
        raise BadInput(f"The PDF cannot be read: {error}.", remedy="Ask for the file anew.") from error


def check_beside(data: bytes, proof: bytes, authorities: Authorities | None, now: datetime) -> FileSignature:
    """The signature (CMS, DER or PEM) of some bytes; `authorities` and `now` as for `check_pdf`.

    Raises:
        BadInput: the proof is no detached signature.
    """
    try:
        (found,) = _asked("beside", (data, proof), authorities, now)
    except ValueError as error:
        raise BadInput(
            f"The proof is no signature that can be checked: {error}.",
            remedy="Give the file that came with it, .p7s or .sig.",
        ) from error
    return found


def _asked(
    kind: str, parts: Sequence[bytes], authorities: Authorities | None, now: datetime
) -> tuple[FileSignature, ...]:
    """What the confined process finds.

    Raises:
        ValueError: it cannot tell; the message says why.
    """
    trusted = () if authorities is None else (authorities.certificates, *authorities.lists)
    files = (*parts, *trusted)
    size = sum(map(len, files))
    limits = replace(DEFAULT_LIMITS, memory_mb=DEFAULT_LIMITS.memory_mb + _COPIES * (size >> 20))
    with tempfile.TemporaryFile() as file:
        for one in files:
            file.write(one)
        file.flush()
        asked = Worker(worker.__name__, kind, limits, file.fileno())
        try:
            request = {
                "path": f"/dev/fd/{file.fileno()}", "do": kind, "lengths": [len(one) for one in files],
                "now": now.isoformat(),
            }  # fmt: skip
            _, answer = asked.request(request, most=_MOST)
        except WorkerRefused as refused:
            why = (
                "it takes too much memory"
                if refused.code == "memory"
                else refused.facts.get("why", "damaged")
            )
            raise ValueError(why) from refused
        except WorkerDied as lost:
            raise ValueError(f"the process that looks at it {lost}") from lost
        finally:
            asked.close()
    return tuple(map(_signature, json.loads(answer)))


def _signature(row: dict[str, Any]) -> FileSignature:
    """What the process, which is trusted with nothing, has answered for a signature."""
    if any(type(row.get(name)) is not kind for name, kind in _FORM.items()):
        raise ValueError("the process that looks at it answered nonsense")
    vouched = row.get("vouched")
    return FileSignature(
        row["by"],
        row["fingerprint"],
        datetime.fromisoformat(row["when"]) if row["when"] else None,
        vouched if isinstance(vouched, bool) else None,
        row["fault"],
    )
