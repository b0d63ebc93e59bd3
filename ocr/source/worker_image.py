"""PNG, JPEG and TIFF pages by Pillow, inside the worker process."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL import ImageFile as PillowFile

from ocr.sandbox.protocol import Refusal
from ocr.source.answers import PagePixels, TwoRenderings
from ocr.source.cut_jpeg import ended, lacks_end

DEFAULT_DPI = 300.0
PLAUSIBLE_DPI = (60.0, 1200.0)
PLAUSIBLE_INCHES = (1.0, 24.0)
"""Long side of a page: from a calling card to A2. A page of A4 pixels that claims 72 dpi is a metre high."""

A4_INCHES = 11.69
A4_SHAPES = (1.25, 1.6)
"""Long side to short side of what may be taken for an A4 page: A4 itself, Letter, Legal, somewhat cut."""

USUAL_DPI = (72.0, 96.0, 100.0, 150.0, 200.0, 240.0, 300.0, 400.0, 600.0)
USUAL_WITHIN = 0.06

SQUARE_WITHIN = 0.05
"""Pixels count as square up to this difference of the two resolutions; a fax has 204 by 98 dpi."""

_ORIENTATION = 274
_SIDEWAYS = 5  # from this value on rows and columns change places
_REDUCED_RESOLUTION = 1  # bit 0 of TIFF's NewSubfileType: a thumbnail, not a page
_NEW_SUBFILE_TYPE = 254
_DEEP_GREY = ("I;16", "I;16B", "I;16L", "I;16N")
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError)


class ImageFile:
    """An image file; a TIFF may hold many pages. Raises `Refusal` when it cannot be opened."""

    def __init__(self, path: str, kind: str, max_pages: int) -> None:
        # Size is checked here before pixels are made, with a message of our own.
        Image.MAX_IMAGE_PIXELS = None
        PillowFile.LOAD_TRUNCATED_IMAGES = False
        try:
            # As a stream: by its name Pillow maps an uncompressed file into memory and garbles a turned TIFF.
            self._stream = Path(path).open("rb")  # noqa: SIM115 - open for as long as the process
            self._image = Image.open(self._stream, formats=(kind.upper(),))
            self._frames = _tiff_pages(self._image, max_pages) if kind == "tiff" else [0]
        except (UnidentifiedImageError, *_DAMAGED) as error:
            raise Refusal("damaged") from error
        self.page_count = len(self._frames)

    def page(self, number: int, dpi: int | None, max_pixels: int) -> PagePixels:
        """The page, upright as the file says it is to be shown, grey on white.

        `dpi` is for drawn pages and changes nothing here: an image is never resampled, except that pixels
        which are not square are made square.
        """
        del dpi
        try:
            self._image.seek(self._frames[number - 1])
            if self._image.width * self._image.height > max_pixels:
                raise Refusal("too large", width=self._image.width, height=self._image.height)
            self._end()
            across, down = stored_resolution(self._image)
            turned = self._image.getexif().get(_ORIENTATION, 1) >= _SIDEWAYS
            grey = to_grey(ImageOps.exif_transpose(self._image))
        except _DAMAGED as error:
            raise Refusal("damaged page") from error
        if turned:
            across, down = down, across
        grey, resolution = _squared(grey, across, down, max_pixels)
        return PagePixels(grey.width, grey.height, page_resolution(*grey.size, resolution), grey.tobytes())

    def _end(self) -> None:
        """Put the mark of its end behind a JPEG that lacks nothing else."""
        if self._image.format != "JPEG":
            return
        at = self._stream.tell()
        self._stream.seek(0)
        data = self._stream.read()
        self._stream.seek(at)
        if lacks_end(data) and (whole := ended(data)) is not None:
            self._image = Image.open(io.BytesIO(whole), formats=("JPEG",))

    def renderings(self, number: int) -> TwoRenderings:
        """An image draws no glyphs."""
        raise Refusal("no glyphs")

    def glyphs(self, number: int) -> dict[str, Any] | None:
        """An image has no glyphs."""
        del number
        return None


def to_grey(image: Image.Image) -> Image.Image:
    """Eight bits of grey; what is transparent becomes white paper."""
    if image.mode in _DEEP_GREY:
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("I", "F", "HSV", "LAB"):
        raise Refusal("pixel type", mode=image.mode)
    if image.mode in ("LA", "RGBA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("L")


def stored_resolution(image: Image.Image) -> tuple[float, float]:
    """Resolution across and down as the file gives it, (0, 0) where it gives none."""
    stored = image.info.get("dpi")
    try:
        across, down = (float(value) for value in stored or (0.0, 0.0))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if across > 0 and down > 0 else (0.0, 0.0)


def page_resolution(width: int, height: int, stored: float) -> float:
    """The stored resolution when the page would have a plausible size with it, else an estimate.

    Many programs write 72 or 96 without meaning it, photographs and JFIF files often carry none. A page of
    A4's shape is then taken for A4, with the nearest usual resolution; anything else, say a cut-out, for 300
    dpi.
    """
    long, short = max(width, height), min(width, height)
    low, high = PLAUSIBLE_DPI
    if low <= stored <= high and PLAUSIBLE_INCHES[0] <= long / stored <= PLAUSIBLE_INCHES[1]:
        return stored
    if not A4_SHAPES[0] <= long / short <= A4_SHAPES[1]:
        return DEFAULT_DPI
    estimate = long / A4_INCHES
    usual = min(USUAL_DPI, key=lambda dpi: abs(dpi - estimate))
    if abs(usual - estimate) <= USUAL_WITHIN * usual:
        return usual
    return float(round(min(max(estimate, low), high)))


def _squared(grey: Image.Image, across: float, down: float, max_pixels: int) -> tuple[Image.Image, float]:
    resolution = max(across, down)
    if resolution <= 0 or abs(across - down) <= SQUARE_WITHIN * resolution:
        return grey, resolution
    if not all(PLAUSIBLE_DPI[0] <= value <= PLAUSIBLE_DPI[1] for value in (across, down)):
        return grey, 0.0
    size = (round(grey.width * resolution / across), round(grey.height * resolution / down))
    if size[0] * size[1] > max_pixels:
        raise Refusal("too large", width=size[0], height=size[1])
    return grey.resize(size, Image.Resampling.BICUBIC), resolution


def _tiff_pages(image: Image.Image, max_pages: int) -> list[int]:
    """Frame numbers that are pages. A damaged directory is the file's damage, not a shorter file."""
    pages: list[int] = []
    for frame in range(int(getattr(image, "n_frames", 1))):
        image.seek(frame)
        tags = getattr(image, "tag_v2", {})
        if not int(tags.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED_RESOLUTION:
            pages.append(frame)
        if len(pages) > max_pages:
            return pages
    if getattr(getattr(image, "tag_v2", None), "next", 0):
        raise Refusal("damaged")  # its directories lead back to one before, and what came behind is not found
    return pages
