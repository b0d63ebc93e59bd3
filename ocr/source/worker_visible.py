"""A page with its text and without, by pdfium, inside the worker process: where they differ, text is to be seen.

Nothing else tells as surely what a reader of the page sees: a glyph may be covered by what is drawn later, cut
away, drawn in the colour of the paper, transparent, outside the page, or on a layer that is switched off."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

from ocr.sandbox.protocol import Refusal
from ocr.source.answers import TwoRenderings

pdfium: Any = import_module("pypdfium2")
raw: Any = import_module("pypdfium2.raw")
Handle: TypeAlias = Any

DPI = 200
"""Resolution of the two renderings: the smallest mark is then some pixels large, and both together take 0.04 s."""

MAX_PIXELS = 8_000_000
"""Of one rendering; a larger page is rendered at a lower resolution."""

MAX_NESTED = 12
"""How deep forms within forms are looked into."""

_POINTS_PER_INCH = 72.0


class VisibleText:
    """A PDF document opened a second time, because looking at a page without its text changes it."""

    def __init__(self, path: str, password: str | None) -> None:
        try:
            self._pdf = pdfium.PdfDocument(path, password=password)
            if self._pdf.get_formtype() != raw.FORMTYPE_NONE:
                self._pdf.init_forms()
        except pdfium.PdfiumError as error:
            raise Refusal("no glyphs") from error

    def renderings(self, number: int) -> TwoRenderings:
        """The page with its text and without. What is filled into fields and said in annotations counts as drawn.

        Raises:
            Refusal: the page cannot be rendered.
        """
        try:
            page = self._pdf[number - 1]
            width, height = _size(page)
            if raw.FPDFPage_GetAnnotCount(page):
                _render(page, width, height)  # makes appearances for annotations that have none
                # What annotations and fields show becomes part of the page, so that its text can be left out, too.
                raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
                page.close()
                page = self._pdf[number - 1]
            shown = _render(page, width, height)
            _hide_text(
                lambda at: raw.FPDFPage_GetObject(page, at), raw.FPDFPage_CountObjects(page), MAX_NESTED
            )
            return TwoRenderings(width, height, shown + _render(page, width, height))
        except pdfium.PdfiumError as error:
            raise Refusal("no glyphs") from error


def _size(page: Handle) -> tuple[int, int]:
    inches = [points / _POINTS_PER_INCH for points in page.get_size()]
    if min(inches) <= 0 or not all(map(math.isfinite, inches)):
        raise Refusal("no size")
    resolution = min(float(DPI), math.sqrt(MAX_PIXELS / (inches[0] * inches[1])))
    return max(1, int(inches[0] * resolution)), max(1, int(inches[1] * resolution))


def _hide_text(get: Callable[[int], Handle], count: int, depth: int) -> None:
    """Switch off the text among so many objects and in the forms among them."""
    for at in range(count):
        item = get(at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(item, False)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            _hide_text(_part_of(item), raw.FPDFFormObj_CountObjects(item), depth - 1)


def _part_of(form: Handle) -> Callable[[int], Handle]:
    return lambda at: raw.FPDFFormObj_GetObject(form, at)


def _render(page: Handle, width: int, height: int) -> bytes:
    pixels = (ctypes.c_ubyte * (width * height))()
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, pixels, width)
    if not bitmap:
        raise Refusal("memory")
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    raw.FPDFBitmap_Destroy(bitmap)
    return bytes(pixels)
