"""Rectified images: a page image seen through the grid of a `model.page.Rectification`."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from model.page import Rectification
from ocr.image.quality import Survey
from ocr.image.small_print import small_print

LETTER_HEIGHT = 25.0
"""Pixels: the height that letters get where a page is resampled anyway, as they have on a scan at 300 dpi."""

READABLE = (18.0, 34.0)
"""Pixels: letters of such height are left as large as they are."""

LARGE = 50.0
"""Pixels: from this letter height on a page is scaled down. At 56 (pages of prose at 600 dpi) Tesseract takes half as
long again, with 0.4 to 1.0 % errors as it is and 0.5 to 0.7 scaled to 24."""

MANY_LETTERS = 150
"""A page with fewer is a title or a calling card in large type."""

LARGEST = 1.6
"""A rectified image has at most so many times the pixels along a side that the sheet has in the picture."""

WIDEST = 2.0
"""And letters are widened by no more than this."""

USUAL_SHAPE = 0.67
"""Width over height that letters are brought to. Their median is 0.64 to 0.83 on 80 pages in some twenty typefaces."""

NARROW_SHAPE = 0.5
"""Below this letters are narrower than readers know them, as those of tills are. A receipt with 0.43 has 39 % errors as
it is and 15 % widened."""

BROAD_SHAPE = 0.65
"""A quarter of the letters of a narrow typeface are no broader than this: 0.52 on that receipt, 0.76 to 0.92 elsewhere.
Where more are, the median is that of strokes and specks."""


SMALLEST_READ = 20.0
"""Pixels: small print beside large type is not scaled down below this."""


def scale_for(letter_height: float) -> float:
    """By how much an image that is resampled is scaled, so that its letters have a usual height."""
    if letter_height <= 0 or READABLE[0] <= letter_height <= READABLE[1]:
        return 1.0
    return min(LETTER_HEIGHT / letter_height, LARGEST)


def whole(width: int, height: int) -> Rectification:
    """A page image as it is, as a rectification."""
    across, down = float(width), float(height)
    return Rectification(width, height, (((0.0, 0.0), (across, 0.0)), ((0.0, down), (across, down))))


def resized(flat: Rectification, seen: Survey) -> Rectification:
    """A rectification with its image as large, and as wide for its height, as its letters want; the same when they
    are many of usual size and shape, or few. `seen` is what is seen of that image, upright."""
    pieces, letter_height = seen.pieces, seen.quality.x_height
    letters = len(pieces.letters())
    scale = 1.0
    if letter_height >= LARGE and letters >= MANY_LETTERS:
        scale, small = scale_for(letter_height), small_print(pieces) / seen.scale
        if small:
            scale = max(scale, min(1.0, SMALLEST_READ / small))
    shape = pieces.letter_shape
    narrow = 0 < shape < NARROW_SHAPE and pieces.broad_shape < BROAD_SHAPE and letters >= MANY_LETTERS
    widening = USUAL_SHAPE / shape if narrow else 1.0
    if scale == widening == 1.0:
        return flat
    width, height = flat.width * scale * min(widening, WIDEST), flat.height * scale
    return replace(flat, width=max(1, round(width)), height=max(1, round(height)))


def rectify(image: NDArray[np.uint8], flat: Rectification) -> NDArray[np.uint8]:
    """The rectified image of a page image."""
    nodes = np.array(flat.nodes, np.float32)
    shrinking = min(
        float(np.hypot(*np.diff(nodes, axis=axis).T).sum(axis=1 - axis).max()) / side
        for axis, side in ((1, flat.width), (0, flat.height))
    )
    if shrinking > 1:  # averaging areas first; a plain warp would skip ink
        size = (max(1, round(image.shape[1] / shrinking)), max(1, round(image.shape[0] / shrinking)))
        nodes *= np.array([size[0] / image.shape[1], size[1] / image.shape[0]], np.float32)
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        if image.shape == (flat.height, flat.width) and nodes.shape[:2] == (2, 2):
            return image
    columns = np.linspace(0, nodes.shape[1] - 1, 2 * flat.width + 1, dtype=np.float32)[1::2]
    rows = np.linspace(0, nodes.shape[0] - 1, 2 * flat.height + 1, dtype=np.float32)[1::2]
    across, down = np.meshgrid(columns, rows)
    # OpenCV's coordinates are those of pixel centres, half a pixel off the corner.
    x, y = (cv2.remap(nodes[..., axis] - 0.5, across, down, cv2.INTER_LINEAR) for axis in (0, 1))
    flat_image = cv2.remap(image, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat_image, np.uint8)
