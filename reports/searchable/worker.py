"""In the worker process: a searchable PDF written over a source that anybody may have made, and what a PDF names.

Files to be read come as one: how long the job is (8 bytes), the job as `document` has packed it, the source. The job is
the parent's own, and may be unpacked; the source is trusted with nothing.
"""

from __future__ import annotations

import pickle
from dataclasses import asdict
from pathlib import Path

import pikepdf

from ocr.sandbox.protocol import Answer, Handler, Refusal, Request
from reports.searchable.archival import packages_named
from reports.searchable.writing import PdfJob, written

LENGTH = 8
"""Bytes that say how long the job is, big-endian."""


def handler(_: str) -> Handler:
    """Answers with the PDF and what it claims to be; or, of a PDF, with the packages that it names."""
    return _answer


def _answer(request: Request) -> Answer:
    data = Path(request["path"]).read_bytes()
    if request["do"] == "packages":
        return {"packages": packages_named(data)[:_MOST]}, b""
    size = int.from_bytes(data[:LENGTH], "big")
    job: PdfJob = pickle.loads(data[LENGTH : LENGTH + size])
    try:
        pdf, archival = written(job, data[LENGTH + size :], request["password"])
    except pikepdf.PasswordError as error:
        raise Refusal("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Refusal("damaged", why=str(error)[:_LONGEST]) from error
    return asdict(archival), pdf


_MOST = 20
_LONGEST = 300
