"""Crops of a page image, cut straight from the upright page, small enough to embed by the hundred."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box, box_around
from model.edit import Span
from model.errors import DamagedBlob
from model.geometry import to_upright
from model.page import Page
from ocr.image.prepare import decode, upright

MAX_PAGE_WIDTH = 1200  # pixels; Thai marks of a 14 point text on A4 stay legible
# Grey JPEG: the 71 lines of a gazette page take 3 ms where WebP takes 120 and saves a quarter of the size;
# a report must not slow reading down. Below 40 the marks of 12 to 16 point text smear.
JPEG_QUALITY = 45
PADDING = 0.25  # of the line's height on each side, so that marks at the edge are seen whole
THUMBNAIL_WIDTH = 280


@dataclass(frozen=True, slots=True)
class CropMark:
    """A place in a crop, in per cent of the crop's width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of the page as an embedded picture; `share` is its width in per cent of the text block's."""

    source: str
    width: int
    height: int
    share: float
    box: Box


class PageImage:
    """One page's image in the frame in which its lines are straight."""

    def __init__(self, png: bytes, page: Page) -> None:
        self._page = page
        self._image = upright(_decode(png, page), page.preparation)
        self._boxes = [
            None if box is None else to_upright(box, page.preparation, page.width, page.height)
            for box in page.reading.boxes
        ]
        self._lines = [
            (line.span, to_upright(line.box, page.preparation, page.width, page.height))
            for line in page.reading.lines
            if line.box is not None
        ]
        self._block = box_around(self._boxes) or box_around(box for _, box in self._lines)
        self._scale = min(1.0, MAX_PAGE_WIDTH / self._image.shape[1])

    def place(self, span: Span) -> Box | None:
        """Where a span is drawn: around its letters; between its neighbours where it is only white space."""
        boxes = self._boxes
        inside = box_around(boxes[span.start : span.end])
        if inside is not None:
            return inside
        before = next((box for box in reversed(boxes[max(0, span.start - 3) : span.start]) if box), None)
        after = next((box for box in boxes[span.end : span.end + 3] if box), None)
        if before is None or after is None or after.left < before.left:
            return None
        around = before.union(after)
        left, right = sorted((before.right, after.left))
        return Box(left, around.top, max(right, left + 2), around.bottom)

    def upright(self, box: Box) -> Box:
        """Where a place of the page image lies on the upright page."""
        return to_upright(box, self._page.preparation, self._page.width, self._page.height)

    def line_box(self, line: Span) -> Box | None:
        """Where a printed line lies: around its letters, else the reader's own box of it."""
        letters = box_around(self._boxes[line.start : line.end])
        return letters or box_around(box for span, box in self._lines if span.overlaps(line))

    def crop(self, box: Box) -> Crop:
        """The picture of a place with a little paper around it."""
        padded = self._padded(box)
        block_width = self._block.width if self._block else self._image.shape[1]
        return self._picture(padded, self._scale, min(100.0, 100 * padded.width / max(1, block_width)))

    def shows(self, box: Box) -> bool:
        """True when some of a place lies on the page: a reader's box may lie beside it."""
        width, height = self.size
        return max(0, box.left) < min(width, box.right) and max(0, box.top) < min(height, box.bottom)

    def cut(self, box: Box) -> bytes:
        """The same piece as a grey PNG at the image's own resolution: evidence, nothing lost."""
        padded = self._padded(box)
        return _png(self._image[padded.top : padded.bottom, padded.left : padded.right])

    def _padded(self, box: Box) -> Box:
        height, width = self._image.shape
        edge = round(box.height * PADDING) + 4
        return Box(
            max(0, box.left - 2 * edge),
            max(0, box.top - edge),
            min(width, box.right + 2 * edge),
            min(height, box.bottom + edge),
        )

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright page in pixels."""
        height, width = self._image.shape
        return width, height

    def jpeg(self, width: int, quality: int) -> bytes:
        """The upright page as a grey JPEG so many pixels wide, or as wide as it is where that is less."""
        scale = min(1.0, width / self._image.shape[1])
        size = (max(1, round(self._image.shape[1] * scale)), max(1, round(self._image.shape[0] * scale)))
        small = cv2.resize(self._image, size, interpolation=cv2.INTER_AREA) if scale < 1 else self._image
        return _jpeg(np.asarray(small, np.uint8), quality)

    def thumbnail(self) -> Crop:
        """The whole page, small: what a page without text looks like."""
        height, width = self._image.shape
        return self._picture(Box(0, 0, width, height), min(1.0, THUMBNAIL_WIDTH / width), 100.0)

    def _picture(self, box: Box, scale: float, share: float) -> Crop:
        cut = self._image[box.top : box.bottom, box.left : box.right]
        width, height = max(1, round(box.width * scale)), max(1, round(box.height * scale))
        small = cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA)
        source = "data:image/jpeg;base64," + base64.b64encode(
            _jpeg(np.asarray(small, np.uint8), JPEG_QUALITY)
        ).decode("ascii")
        return Crop(source, width, height, round(share, 1), box)


def mark(place: Box, crop: Crop) -> CropMark | None:
    """A place of the upright page as a part of a crop; None where it lies outside."""
    left, right = max(place.left, crop.box.left), min(place.right, crop.box.right)
    top, bottom = max(place.top, crop.box.top), min(place.bottom, crop.box.bottom)
    if right <= left or bottom <= top:
        return None
    return CropMark(
        round(100 * (left - crop.box.left) / crop.box.width, 2),
        round(100 * (top - crop.box.top) / crop.box.height, 2),
        round(100 * (right - left) / crop.box.width, 2),
        round(100 * (bottom - top) / crop.box.height, 2),
    )


def _jpeg(image: NDArray[np.uint8], quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("cv2 cannot write JPEG")
    return data.tobytes()


def _png(image: NDArray[np.uint8]) -> bytes:
    done, data = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise RuntimeError("cv2 was built without PNG")
    return data.tobytes()


def _decode(png: bytes, page: Page) -> NDArray[np.uint8]:
    try:
        return decode(png)
    except ValueError as error:
        raise DamagedBlob(
            f"The image {page.image_sha256} of page {page.number} is not a picture.",
            remedy="Run `chamra audit` to see what else is damaged, then restore the workspace from a copy.",
        ) from error
