"""PDF pages by pdfium, inside the worker process."""

from __future__ import annotations

import ctypes
import io
import math
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from ocr.sandbox.protocol import Refusal
from ocr.source.answers import PagePixels, TwoRenderings
from ocr.source.worker_damage import is_cut, lacks_all

if TYPE_CHECKING:
    from ocr.source.worker_glyphs import GlyphFile

# Neither has types: pypdfium2's helpers open documents, the raw functions do what the helpers leave out.
pdfium: Any = import_module("pypdfium2")
raw: Any = import_module("pypdfium2.raw")
Handle: TypeAlias = Any

DEFAULT_DPI = 300
LOWEST_DPI, HIGHEST_DPI = 72, 600

LEGIBLE_DPI = 150
"""A page too large for the default resolution is rendered smaller, but not below this: Thai marks drown."""

SCAN_COVER = 0.85
"""Share of the page that images must cover for the page to count as a scan."""

LAYER_COVER = 0.05
"""Share of the page from which an image has a say in a scan's resolution: strips and layers, not stamps."""

MAX_OBJECTS = 500
"""A page with more objects than this is drawn, not scanned."""

SAME_SIZE = 1.0
"""Points by which pdfium and pdfminer may differ about the size of a page."""

_POINTS_PER_INCH = 72.0
_TAIL = 64 * 1024
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")


class PdfFile:
    """A PDF document. Raises `Refusal` when it cannot be opened whole."""

    def __init__(self, path: str, password: str | None) -> None:
        _refuse_truncated(Path(path))
        self._path, self._password = path, password
        self._stored: GlyphFile | None = None
        self._glyphs: GlyphFile | None = None
        self._visible: Any = None
        try:
            self._pdf = pdfium.PdfDocument(path, password=password)
        except pdfium.PdfiumError as error:
            raise Refusal(_open_refusal(error, password)) from error
        self.page_count = len(self._pdf)
        if self._pdf.get_formtype() != raw.FORMTYPE_NONE:
            self._pdf.init_forms()  # else what was filled into a form's fields would not be drawn

    def page(self, number: int, dpi: int | None, max_pixels: int) -> PagePixels:
        """The page as it prints, grey on white paper."""
        page = self._page(number)
        inches = [points / _POINTS_PER_INCH for points in page.get_size()]
        if min(inches) <= 0 or not all(map(math.isfinite, inches)):
            raise Refusal("no size")
        if dpi is None:
            scanned = scan_resolution(page)
            resolution = _within(float(DEFAULT_DPI) if scanned is None else scanned, inches, max_pixels)
        else:
            resolution = float(dpi)
        width, height = (max(1, round(inch * resolution)) for inch in inches)
        if width * height > max_pixels:
            raise Refusal("too large", width=width, height=height)
        pixels = self._render(page, width, height)
        if is_cut(page) or (_is_empty(pixels) and lacks_all(page, lambda: self._lacks_content(number))):
            raise Refusal("damaged page")
        return PagePixels(width, height, resolution, pixels)

    def glyphs(self, number: int) -> dict[str, Any] | None:
        """The glyphs that the page draws, as `ocr.source.worker_glyphs` has them; None when it draws none."""
        if self._glyphs is None:
            self._glyphs = self._as_stored()
        if self._glyphs.lacks_appearances(number):
            # pdfium makes them when it draws the page; a copy of the file has them.
            self._render(self._page(number), 1, 1)
            copy = io.BytesIO()
            self._pdf.save(copy)
            self._glyphs = self._by_pdfminer(copy)
        found: dict[str, Any] = self._glyphs.page(number)
        size = self._page(number).get_size()
        shown = (found["width"], found["height"])
        if any(abs(one - other) > SAME_SIZE for one, other in zip(size, shown, strict=True)):
            raise Refusal("no glyphs")  # another page, or another part of it
        return found if found["glyphs"] else None

    def _by_pdfminer(self, file: BinaryIO) -> GlyphFile:
        from ocr.source.worker_glyphs import GlyphFile  # noqa: PLC0415  most scans are never asked for glyphs

        return GlyphFile(file, self._password, self.page_count)

    def _as_stored(self) -> GlyphFile:
        """The file opened by pdfminer, once, when it is first asked for; raises as `GlyphFile` does."""
        if self._stored is None:
            file = Path(self._path).open("rb")  # noqa: SIM115 - read from as long as the process lives
            self._stored = self._by_pdfminer(file)
        return self._stored

    def _lacks_content(self, number: int) -> bool:
        """Whether content of a page that shows nothing is lost; so it is where pdfminer cannot tell page from page."""
        try:
            return self._as_stored().lacks_content(number)
        except Refusal:
            return True

    def renderings(self, number: int) -> TwoRenderings:
        """The page with its text and without, as `ocr.source.worker_visible` has them."""
        from ocr.source.worker_visible import VisibleText  # noqa: PLC0415  most scans are never asked for glyphs

        if self._visible is None:
            self._visible = VisibleText(self._path, self._password)
        found: TwoRenderings = self._visible.renderings(number)
        return found

    def _page(self, number: int) -> Handle:
        try:
            return self._pdf[number - 1]
        except pdfium.PdfiumError as error:
            raise Refusal("damaged page") from error

    def _render(self, page: Handle, width: int, height: int) -> bytes:
        pixels = (ctypes.c_ubyte * (width * height))()
        bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, pixels, width)
        if not bitmap:
            raise Refusal("memory")
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        place = (bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        raw.FPDF_RenderPageBitmap(*place)
        if self._pdf.formenv is not None:
            raw.FPDF_FFLDraw(self._pdf.formenv, *place)
        raw.FPDFBitmap_Destroy(bitmap)
        return bytes(pixels)


def scan_resolution(page: Handle) -> float | None:
    """The resolution of the images that make up a scanned page, dpi, None when the page is more than images.

    A scan is rendered at its own resolution, so that nothing is resampled in effect: enlarging a scan doubled
    Tesseract's errors. Invisible text, which scanners lay under or over the image, does not count.
    """
    if raw.FPDFPage_CountObjects(page) > MAX_OBJECTS:
        return None
    width, height = page.get_size()
    covered, best = 0.0, 0.0
    for item in page.get_objects(max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
            continue
        if item.type != raw.FPDF_PAGEOBJ_IMAGE:
            return None
        matrix = item.get_matrix()
        across, down = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        share = across * down / (width * height)
        if across <= 0 or down <= 0:
            continue
        covered += share
        if share >= LAYER_COVER:
            pixels_across, pixels_down = item.get_px_size()
            best = max(best, pixels_across / across, pixels_down / down)
    if covered < SCAN_COVER or best <= 0:
        return None
    return min(max(best * _POINTS_PER_INCH, LOWEST_DPI), HIGHEST_DPI)


def _is_empty(pixels: bytes) -> bool:
    """True where nothing is to be seen."""
    return pixels == pixels[:1] * len(pixels)


def _within(resolution: float, inches: list[float], max_pixels: int) -> float:
    """The resolution, or for a poster the highest that fits and is legible still."""
    fits = math.sqrt(max_pixels / (inches[0] * inches[1]))
    if fits >= resolution or fits < LEGIBLE_DPI:
        return resolution
    return float(math.floor(fits))


def _refuse_truncated(path: Path) -> None:
    # pdfium mends a file whose end is missing by leaving out what it cannot find: pages would be lost.
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    # A file that was added to has the end of each earlier state, too: behind the last end no object begins.
    _, end, behind = tail.rpartition(b"%%EOF")
    if not end or _OBJECT.search(behind):
        raise Refusal("truncated")


def _open_refusal(error: Handle, password: str | None) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return "encrypted" if password is None else "wrong password"
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return "unknown encryption"
    # pypdfium2 takes a document that pdfium opened well, with no page in it, for one that did not open.
    return "no pages" if error.err_code == raw.FPDF_ERR_SUCCESS else "damaged"
