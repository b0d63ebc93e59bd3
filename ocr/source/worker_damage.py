"""Whether a PDF page shows less than it should: pdfium draws nothing of what it cannot read, and says nothing of it.

A scan whose picture is damaged would be an empty page, and one whose picture was cut a page with fewer lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

from ocr.source.cut_jpeg import ended, lacks_end

raw: Any = import_module("pypdfium2.raw")
Handle: TypeAlias = Any

MOST_IMAGES = 50
"""Images of a page that are looked at; a page of more is no scan."""


def is_cut(page: Handle) -> bool:
    """True where a JPEG of the page ends before its last row."""
    for item in _images(page):
        data = _stored(item)
        if data.startswith(b"\xff\xd8") and lacks_end(data) and ended(data) is None:
            return True
    return False


def lacks_all(page: Handle, content_is_lost: Callable[[], bool]) -> bool:
    """True where a page of which nothing is to be seen has something that could not be drawn: an image that cannot be
    decoded, or, as `content_is_lost` finds where pdfium has no object of it, content. False for an empty page."""
    images = _images(page)
    if images:
        return any(not _is_decoded(item) for item in images)
    return raw.FPDFPage_CountObjects(page) == 0 and content_is_lost()


def _images(page: Handle) -> list[Handle]:
    found = [item for item in page.get_objects(max_depth=3) if item.type == raw.FPDF_PAGEOBJ_IMAGE]
    return found if len(found) <= MOST_IMAGES else []


def _stored(item: Handle) -> bytes:
    size = raw.FPDFImageObj_GetImageDataRaw(item, None, 0)
    data = (ctypes.c_ubyte * size)()
    raw.FPDFImageObj_GetImageDataRaw(item, data, size)
    return bytes(data)


def _is_decoded(item: Handle) -> bool:
    bitmap = raw.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return False
    raw.FPDFBitmap_Destroy(bitmap)
    return True
