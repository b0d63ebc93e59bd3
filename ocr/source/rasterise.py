"""Source file to page images: PDF, PNG, JPEG and TIFF of any number of pages.

The file is untrusted and is opened only in a worker process (`ocr.sandbox.process`), limited in time, memory, pages
and pixels. A page on which the worker crashes or hangs fails by itself; the next page gets a fresh worker.
"""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from model.errors import BadInput, PageError, UsageError
from ocr.image.png import encode_grey, whole_per_metre
from ocr.sandbox.limits import DEFAULT_LIMITS, Limits
from ocr.sandbox.process import Worker, WorkerDied, WorkerRefused
from ocr.source import worker
from ocr.source.kinds import HEAD, describe, kind_of
from ocr.text_layer.glyphs import GlyphPage, glyph_page
from ocr.text_layer.visibility import Renderings, looked_at

SMALLEST_SIDE = 10
"""Pixels. No letter can be told from another below this, and Tesseract refuses such images."""

GLYPH_SECONDS = 45.0
"""Wall time for making out a page's glyphs: it takes 0.3 s. What takes so long is read from its image."""

_FETCH_AGAIN = "Fetch or scan the file again."
_WHOLE_FILE = {
    "encrypted": ("is encrypted", "Give its password with --password."),
    "wrong password": ("is encrypted with another password", "Give the right one with --password."),
    "unknown encryption": (
        "is encrypted in a way that cannot be opened",
        "Decrypt it with the program that made it.",
    ),
    "truncated": (
        "is truncated: its end is missing",
        "Fetch it again, or repair it with `qpdf IN OUT` and look at what is lost.",
    ),
    "damaged": ("is damaged and cannot be opened", f"{_FETCH_AGAIN} A damaged PDF `qpdf IN OUT` may mend."),
    "no pages": ("has no pages", _FETCH_AGAIN),
    "too many pages": ("has more than {limit_pages} pages", "Split it and read the parts."),
    "memory": ("needs more than {limit_memory} MiB of memory to open", "Split it, or save it anew."),
}
_ONE_PAGE = {
    "too large": (
        "would have {width:.0f} x {height:.0f} pixels, more than the {limit_pixels} allowed",
        "Scan or export it at a lower resolution.",
    ),
    "no size": ("has no size", "Export the document anew."),
    "damaged page": ("is damaged", _FETCH_AGAIN),
    "pixel type": ("has pixels of type {mode}", "Save it as 8-bit grey or colour."),
    "memory": ("needs more than {limit_memory} MiB of memory", "Scan or export it at a lower resolution."),
    "no glyphs": ("its text layer cannot be made out", "Read it with --reader tesseract."),
    "too many glyphs": ("it draws more than {glyphs} glyphs", "Read it with --reader tesseract."),
}


@dataclass(frozen=True, eq=False)
class Raster:
    """One page image: its grey pixels, rows by columns, their number across and down, and its resolution."""

    pixels: NDArray[np.uint8] = field(repr=False)
    width: int
    height: int
    dpi: float

    @cached_property
    def png(self) -> bytes:
        """A PNG file of 8 bits, made when it is first asked for."""
        return encode_grey(self.pixels.data, self.width, self.height, self.dpi)

    def shows(self, pixels: NDArray[np.uint8], per_metre: int | None) -> bool:
        """Whether `png` shows these pixels at that resolution, in pixels per metre."""
        return per_metre == whole_per_metre(self.dpi) and np.array_equal(self.pixels, pixels)


class Source:
    """An opened source file. Use it as a context manager; it may be shared by threads, one page at a time."""

    def __init__(
        self, path: Path, password: str | None = None, limits: Limits = DEFAULT_LIMITS, name: str = ""
    ) -> None:
        self.path = path
        self.name = name or str(path)
        self._password = password
        self._limits = limits
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._glyphs: tuple[int, GlyphPage | None] | None = None
        self._file, self.kind = _open(path, self.name)
        try:
            self._stamp = _stamp(self._file)
            header, _ = self._whole_file()
            self.page_count = _count(header, self.name)
        except BaseException:
            self.close()
            raise

    def page(self, number: int, dpi: int | None = None) -> Raster:
        """The image of page `number`, counted from 1.

        `dpi` is for PDF pages only. Without it a page that is a scan is rendered at the scan's own resolution
        (72 to 600) and any other at 300; a poster at what fits into the limits.

        Raises:
            UsageError: there is no such page, or `dpi` is less than 1.
            PageError: this page is damaged, too large, too small, or takes too long.
            BadInput: the file changed since it was opened.
        """
        if dpi is not None and dpi < 1:
            raise UsageError(f"A page cannot be rendered at {dpi} dpi.", remedy="Ask for 72 to 600.")
        request = {"do": "page", "number": number, "dpi": dpi, "max_pixels": self._limits.pixels}
        header, payload = self._request(number, request)
        width, height, resolution = (header.get(key) for key in ("width", "height", "dpi"))
        if not (isinstance(width, int) and isinstance(height, int) and isinstance(resolution, float | int)):
            self._fail(number, "the process that opens it answered nonsense", _FETCH_AGAIN)
        if width < 1 or height < 1 or width * height != len(payload) or not 1 <= resolution <= 100_000:
            self._fail(number, "the process that opens it answered nonsense", _FETCH_AGAIN)
        if min(width, height) < SMALLEST_SIDE:
            reason = f"a page of {width} x {height} pixels holds no text"
            self._fail(number, reason, "Scan it at 300 dpi, or leave it out with --pages.")
        pixels = np.frombuffer(payload, np.uint8).reshape(height, width)
        pixels.setflags(write=False)
        return Raster(pixels, width, height, float(resolution))

    def glyphs(self, number: int) -> GlyphPage | None:
        """The glyphs that page `number` of a PDF draws, and what of them is to be seen; None for an image and for a
        page without any. Those of the page that was asked about last are kept: several who read a page ask for them.

        Raises:
            PageError: they cannot be made out, there are too many, or it takes too long.
            BadInput: the file changed since it was opened.
        """
        kept = self._glyphs
        if kept is None or kept[0] != number:
            self._glyphs = kept = (number, self._looked_at(number))
        return kept[1]

    def _looked_at(self, number: int) -> GlyphPage | None:
        request = {"do": "glyphs", "number": number}
        header, payload = self._request(number, request, seconds=GLYPH_SECONDS)
        if not header.get("layer"):
            return None
        try:
            page = glyph_page(json.loads(bytes(payload)))
            request = {"do": "visible", "number": number}
            header, pixels = self._request(number, request, seconds=GLYPH_SECONDS)
            return looked_at(page, Renderings.of(pixels, int(header["width"]), int(header["height"])))
        except (ValueError, KeyError, TypeError, OverflowError, IndexError, AttributeError):
            self._fail(number, "the process that opens it answered nonsense", _FETCH_AGAIN)

    def close(self) -> None:
        """End the worker process and close the file."""
        with self._lock:
            self._end_worker()
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def stamp(self) -> tuple[int, int]:
        """Size in bytes and time of last change, nanoseconds: with the path, which state of a file was opened."""
        return self._stamp

    @property
    def worker_pid(self) -> int | None:
        """The process id of the worker that is at work now, for whoever watches it."""
        return self._worker.pid if self._worker else None

    def _request(
        self, number: int, request: dict[str, Any], seconds: float | None = None
    ) -> tuple[dict[str, Any], bytearray]:
        if not 1 <= number <= self.page_count:
            raise UsageError(f"{self.name} has no page {number}: its pages are 1 to {self.page_count}.")
        with self._lock:
            if self._file < 0:
                raise ValueError(f"{self.name} is closed")
            if _stamp(self._file) != self._stamp:
                raise BadInput(
                    f"{self.name} changed while it was being read.", remedy="Run again when it is complete."
                )
            if self._worker is None:
                self._whole_file()
            assert self._worker is not None
            try:
                return self._worker.request(request, seconds)
            except WorkerRefused as refused:
                what, remedy = self._sentence(_ONE_PAGE, refused)
                self._fail(number, what, remedy)
            except WorkerDied as lost:
                self._end_worker()
                reason = f"the process that opens it {lost}"
                self._fail(
                    number, reason, "If that stays so, print the document as a new PDF.", transient=True
                )

    def _whole_file(self) -> tuple[dict[str, Any], bytearray]:
        """Start a worker and let it open the file."""
        self._worker = Worker(worker.__name__, self.kind, self._limits, self._file)
        request = {
            "do": "open",
            "path": f"/dev/fd/{self._file}",
            "password": self._password,
            "max_pages": self._limits.pages,
        }
        try:
            return self._worker.request(request)
        except WorkerRefused as refused:
            self._end_worker()
            what, remedy = self._sentence(_WHOLE_FILE, refused)
        except WorkerDied as lost:
            self._end_worker()
            reason = f"{self.name} cannot be opened: the process that opens it {lost}."
            raise BadInput(reason, remedy=f"If that stays so: {_FETCH_AGAIN}", transient=True) from lost
        raise BadInput(f"{self.name} {what}.", remedy=remedy)

    def _sentence(self, table: Mapping[str, tuple[str, str]], refused: WorkerRefused) -> tuple[str, str]:
        what, remedy = table.get(refused.code, ("cannot be used", _FETCH_AGAIN))
        facts: dict[str, Any] = {
            "limit_pages": self._limits.pages,
            "limit_pixels": self._limits.pixels,
            "limit_memory": self._limits.memory_mb,
            **refused.facts,
        }
        try:
            return what.format(**facts), remedy
        except (KeyError, ValueError, IndexError):
            return "cannot be used", remedy

    def _fail(self, number: int, reason: str, remedy: str, *, transient: bool = False) -> NoReturn:
        raise PageError(f"{self.name}, page {number}: {reason}.", remedy=remedy, transient=transient)

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def open_source(
    path: Path, *, password: str | None = None, limits: Limits = DEFAULT_LIMITS, name: str = ""
) -> Source:
    """Open a source file by what its first bytes say it is. Errors about it and its pages call it `name`
    (by default its path): a copy in a store has no name that a user knows.

    Raises:
        BadInput: it is missing, empty, of no known kind, encrypted, truncated, damaged, without pages or with
            too many; the message says what to do.
    """
    return Source(path, password, limits, name)


def _open(path: Path, name: str) -> tuple[int, str]:
    """The open file's descriptor and its kind."""
    try:
        # Without O_NONBLOCK a named pipe would wait for ever.
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise BadInput(f"{name} does not exist.", remedy="Check the name.") from error
    except PermissionError as error:
        raise BadInput(f"{name} may not be read.", remedy=f"Allow it with `chmod u+r {name}`.") from error
    except OSError as error:
        raise BadInput(f"{name} cannot be opened: {error.strerror}.", remedy="Check the name.") from error
    try:
        return file, _kind(file, name)
    except BaseException:
        os.close(file)
        raise


def _kind(file: int, name: str) -> str:
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(f"{name} is not a file.", remedy="Name the files in it one by one.")
    if status.st_size == 0:
        raise BadInput(f"{name} is empty.", remedy=_FETCH_AGAIN)
    head = os.pread(file, HEAD, 0)
    kind = kind_of(head)
    if kind is None:
        looks, remedy = describe(head)
        raise BadInput(f"{name} is no PDF, PNG, JPEG or TIFF file: it {looks}.", remedy=remedy)
    return kind


def _stamp(file: int) -> tuple[int, int]:
    status = os.fstat(file)
    return status.st_size, status.st_mtime_ns


def _count(header: Mapping[str, Any], name: str) -> int:
    count = header.get("page_count")
    if not isinstance(count, int) or count < 1:
        raise BadInput(f"{name} has no pages.", remedy=_FETCH_AGAIN)
    return count
