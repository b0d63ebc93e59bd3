"""The process that opens an untrusted file: `open`, `page`, `glyphs`, `visible`, one request at a time.

It is started by `ocr.source.sandbox` and trusted with nothing: it bounds its own memory and processor time before it
looks at the file, writes no file, and its answers are plain data, a JSON object and bytes, which the parent
checks. A request is one line of JSON on standard input; an answer is two big-endian 32-bit lengths, the JSON
object and the payload (grey pixels row by row, or UTF-8 JSON). It ends when standard input ends, so it never
outlives the parent by more than the request it is busy with, and that is bounded by processor time.

Only what the file's kind needs is imported: start-up is paid for every document.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from collections.abc import Mapping
from typing import Any

from ocr.source.answers import ANSWER, Document, Refusal


def open_document(request: Mapping[str, Any]) -> Document:
    """Open the file that the request names, by its kind."""
    document: Document
    if request["kind"] == "pdf":
        from ocr.source.worker_pdf import PdfFile  # noqa: PLC0415  an image needs no pdfium

        document = PdfFile(request["path"], request["password"])
    else:
        from ocr.source.worker_image import ImageFile  # noqa: PLC0415  a PDF needs no Pillow

        document = ImageFile(request["path"], request["kind"], request["max_pages"])
    if document.page_count == 0:
        raise Refusal("no pages")
    if document.page_count > request["max_pages"]:
        raise Refusal("too many pages", pages=document.page_count)
    return document


def answer(document: Document | None, request: Mapping[str, Any]) -> tuple[Document, dict[str, Any], bytes]:
    """Do what the request asks: the document to go on with, the answer's object and its payload."""
    if document is None:
        document = open_document(request)
        return document, {"page_count": document.page_count}, b""
    if request["do"] == "glyphs":
        layer = document.glyphs(request["number"])
        payload = b"" if layer is None else json.dumps(layer).encode()
        return document, {"layer": layer is not None}, payload
    if request["do"] == "visible":
        both = document.renderings(request["number"])
        return document, {"width": both.width, "height": both.height}, both.pixels
    picture = document.page(request["number"], request["dpi"], request["max_pixels"])
    header = {"width": picture.width, "height": picture.height, "dpi": picture.dpi}
    return document, header, picture.pixels


def serve(memory_mb: int, seconds: float) -> None:
    """Answer requests until standard input ends."""
    bound_memory(memory_mb)
    document: Document | None = None
    for line in sys.stdin.buffer:
        bound_processor_time(seconds)
        payload = b""
        try:
            document, header, payload = answer(document, json.loads(line))
        except Refusal as refused:
            header = {"refused": refused.code, "facts": refused.facts}
        except MemoryError:
            header = {"refused": "memory", "facts": {}}
        data = json.dumps(header).encode()
        sys.stdout.buffer.write(ANSWER.pack(len(data), len(payload)))
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.write(payload)
        sys.stdout.buffer.flush()


def bound_memory(memory_mb: int) -> None:
    """Bound the address space; no core dumps of documents; no files beyond a few lines of diagnostics."""
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))


def bound_processor_time(seconds: float) -> None:
    """Let the kernel end this process when one request uses more than `seconds` of processor time.

    The parent kills it at the same wall time already; this holds when the parent is gone.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
