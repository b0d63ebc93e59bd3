"""Whether a PDF page shows less than it should: pdfium draws nothing of what it cannot read, and says nothing of it.

A scan whose picture is damaged would be an empty page, and one whose picture was cut a page with fewer lines.
"""

from __future__ import annotations

import ctypes
import io
import re
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from PIL import Image

pdfium: Any = import_module("pypdfium2")
raw: Any = import_module("pypdfium2.raw")
pdf_document: Any = import_module("pdfminer.pdfdocument")
pdf_page: Any = import_module("pdfminer.pdfpage")
pdf_parser: Any = import_module("pdfminer.pdfparser")
pdf_types: Any = import_module("pdfminer.pdftypes")
Handle: TypeAlias = Any

MOST_IMAGES = 50
"""Images of a page that are looked at; a page of more is no scan."""

_END_OF_JPEG = b"\xff\xd9"
_TAIL = 64
"""Bytes behind the end of a JPEG that some programs leave there."""
_OTHER = bytes(range(7, 247, 3))
"""Bytes that a decoder would take for rows where rows are missing."""
_NOTHING = 16
"""Bytes that nothing takes when it is compressed."""
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")


def is_cut(page: Handle) -> bool:
    """True where a JPEG of the page ends before its last row."""
    for item in _images(page):
        data = _stored(item)
        if data.startswith(b"\xff\xd8") and _END_OF_JPEG not in data[-_TAIL:] and not _is_whole(data):
            return True
    return False


def lacks_all(page: Handle, path: str, password: str | None, number: int, page_count: int) -> bool:
    """True where a page of which nothing is to be seen has something that could not be drawn: an image that cannot be
    decoded, content that cannot be, an image that is named and not there. False for an empty page."""
    images = list(_images(page))
    if images:
        return any(not _is_decoded(item) for item in images)
    return raw.FPDFPage_CountObjects(page) == 0 and _content_is_lost(path, password, number, page_count)


def _images(page: Handle) -> list[Handle]:
    found = [item for item in page.get_objects(max_depth=3) if item.type == raw.FPDF_PAGEOBJ_IMAGE]
    return found if len(found) <= MOST_IMAGES else []


def _stored(item: Handle) -> bytes:
    size = raw.FPDFImageObj_GetImageDataRaw(item, None, 0)
    data = (ctypes.c_ubyte * size)()
    raw.FPDFImageObj_GetImageDataRaw(item, data, size)
    return bytes(data)


def _is_whole(jpeg: bytes) -> bool:
    """True where the rows are all there, and only the mark of the end is not: whatever is there changes no pixel."""
    try:
        first, second = (_pixels(jpeg.rstrip(b"\xff") + more + _END_OF_JPEG) for more in (b"", _OTHER))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return first == second


def _pixels(jpeg: bytes) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.tobytes()


def _is_decoded(item: Handle) -> bool:
    bitmap = raw.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return False
    raw.FPDFBitmap_Destroy(bitmap)
    return True


def _content_is_lost(path: str, password: str | None, number: int, page_count: int) -> bool:
    try:
        with Path(path).open("rb") as file:
            document = pdf_document.PDFDocument(pdf_parser.PDFParser(file), password=password or "")
            pages = list(pdf_page.PDFPage.create_pages(document))
            if len(pages) != page_count:
                return True  # what stands in the place of some page is none
            known = pdf_types.dict_value(pages[number - 1].resources.get("XObject") or {})
            for one in pages[number - 1].contents:
                stream = pdf_types.stream_value(one)
                stored = len(stream.get_rawdata() or b"")
                content = stream.get_data()
                named = {name.decode("latin-1") for name in _DRAWS.findall(content)}
                if (stored > _NOTHING and not content.strip()) or named - known.keys():
                    return True
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  whatever pdfminer raises on a damaged page
        return True
    return False
