"""A page image made ready for reading: upright, straight, and cleaned where its quality asks for it.

Do no harm: on a good page nothing is done at all, because each of these steps makes Tesseract worse there.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model import geometry
from model.page import Box, Preparation, Quality
from ocr import layout
from ocr.quality import survey

VERSION = 1
"""Raised with every change that may alter a prepared image: it belongs to what a reading comes from."""

OTSU, SAUVOLA = 0, 2
"""Tesseract's `thresholding_method`."""

cv2.setNumThreads(1)  # pages are prepared in parallel; threads within one only get in each other's way


@dataclass(frozen=True, slots=True)
class Prepared:
    """The image to read, grey, and what was done to get it. `width` and `height` are the page image's."""

    image: NDArray[np.uint8]
    quality: Quality
    preparation: Preparation
    width: int
    height: int
    thresholding: int = OTSU

    def to_page(self, box: Box) -> Box:
        """A box of `image` in the frame of the page image."""
        return geometry.to_page(box, self.preparation, self.width, self.height)


def prepare(png: bytes) -> Prepared:
    """Measure a page image and make it ready. `png` is a page image as `ocr.rasterise` writes them.

    Raises:
        ValueError: the bytes are no image.
    """
    image = decode(png)
    height, width = image.shape
    quality, found, _ = survey(image)
    if quality.blank:
        return Prepared(image, quality, Preparation(steps=("blank",)), width, height)
    turns = layout.quarter_turns(found)
    angle = layout.skew(found.turned(turns))
    if abs(angle) < layout.LEAST_SKEW:
        angle = 0.0
    geometric = Preparation(turns, angle)
    steps = []
    if turns:
        steps.append(f"turned {90 * turns} degrees clockwise")
    if angle:
        steps.append(f"straightened {angle:+.2f} degrees")
    image, thresholding, cleaned = clean(upright(image, geometric), quality)
    return Prepared(
        image, quality, Preparation(turns, angle, (*steps, *cleaned)), width, height, thresholding
    )


def decode(png: bytes) -> NDArray[np.uint8]:
    """The grey pixels of a page image, rows by columns."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError("not a page image")
    return np.asarray(image, np.uint8)


def upright(image: NDArray[np.uint8], preparation: Preparation) -> NDArray[np.uint8]:
    """A page image turned and straightened as `preparation` says, not cleaned: for people to look at."""
    turns = preparation.quarter_turns % 4
    if turns:
        image = np.ascontiguousarray(np.rot90(image, -turns))
    if not preparation.skew:
        return image
    height, width = image.shape[:2]
    turn = geometry.straightening(preparation.skew, width, height)
    # OpenCV's coordinates are those of pixel centres, half a pixel off the corner.
    matrix = np.array(
        [
            [turn.a, turn.b, turn.c + (turn.a + turn.b - 1) / 2],
            [turn.d, turn.e, turn.f + (turn.d + turn.e - 1) / 2],
        ]
    )
    paper = int(np.median(image[:: max(1, height // 100), :: max(1, width // 100)]))
    turned = cv2.warpAffine(
        image,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper,
    )
    return np.asarray(turned, np.uint8)


def clean(image: NDArray[np.uint8], quality: Quality) -> tuple[NDArray[np.uint8], int, tuple[str, ...]]:
    """The cleaned image, Tesseract's thresholding method for it, and what was done in words."""
    return image, OTSU, ()
