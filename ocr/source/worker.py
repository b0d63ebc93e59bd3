"""In the worker process: an untrusted source file opened, and its pages: `open`, `page`, `glyphs`, `visible`.

Only what the file's kind needs is imported: start-up is paid for every document.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ocr.sandbox.protocol import Answer, Handler, Refusal, Request
from ocr.source.answers import Document


def handler(kind: str) -> Handler:
    """Answers about one file of this kind; the first request opens it."""
    opener = _opener(kind)
    document: Document | None = None

    def answer(request: Request) -> Answer:
        nonlocal document
        if document is None:
            document = opener(request)
            _check(document, request["max_pages"])
            return {"page_count": document.page_count}, b""
        return _answer(document, request)

    return answer


def _opener(kind: str) -> Callable[[Request], Document]:
    if kind == "pdf":
        from ocr.source.worker_pdf import PdfFile  # noqa: PLC0415  an image needs no pdfium

        return lambda request: PdfFile(request["path"], request["password"])
    from ocr.source.worker_image import ImageFile  # noqa: PLC0415  a PDF needs no Pillow

    return lambda request: ImageFile(request["path"], kind, request["max_pages"])


def _check(document: Document, max_pages: int) -> None:
    if document.page_count == 0:
        raise Refusal("no pages")
    if document.page_count > max_pages:
        raise Refusal("too many pages", pages=document.page_count)


def _answer(document: Document, request: Request) -> Answer:
    """Do what the request asks of an opened file."""
    if request["do"] == "glyphs":
        layer: dict[str, Any] | None = document.glyphs(request["number"])
        payload = b"" if layer is None else json.dumps(layer).encode()
        return {"layer": layer is not None}, payload
    if request["do"] == "visible":
        both = document.renderings(request["number"])
        return {"width": both.width, "height": both.height}, both.pixels
    picture = document.page(request["number"], request["dpi"], request["max_pixels"])
    return {"width": picture.width, "height": picture.height, "dpi": picture.dpi}, picture.pixels
