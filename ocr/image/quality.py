"""How good a page image is: what `model.page.Quality` says, measured on samples of the image."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.page import Quality
from ocr.image.orientation import Pieces, Thumbnail, ink_mask, pieces, thumbnail
from ocr.image.shades import level_below, percentiles, shades

SMALLEST_SIGN = 7
"""Long side in thumbnail pixels (1.2 mm at 150 dpi) of the smallest piece that may be a letter; dust is less."""

_SAMPLE = 16  # thumbnail pixels along the side of a patch of paper
_PATCHES = 200
_LETTERS = 300
_LAPLACIAN_NOISE = 20  # sum of the squared weights of the 3 x 3 Laplacian


def thumbnail_and_ink(
    image: NDArray[np.uint8], known: Thumbnail | None = None
) -> tuple[Thumbnail, NDArray[np.uint8]]:
    """An image's thumbnail, which may be `known` already, and the mask of its ink."""
    small = known or thumbnail(image)
    contrast = level_below(small.shades, 0.95) - level_below(small.shades, 0.01)
    return small, ink_mask(small.image, float(contrast))


@dataclass(frozen=True, slots=True)
class Survey:
    """A page's quality; its thumbnail, the mask of its ink and its pieces."""

    quality: Quality
    thumbnail: Thumbnail
    mask: NDArray[np.uint8]
    pieces: Pieces

    @property
    def small(self) -> NDArray[np.uint8]:
        """The thumbnail's pixels."""
        return self.thumbnail.image

    @property
    def scale(self) -> float:
        """The thumbnail's pixels per image pixel."""
        return self.thumbnail.scale


def survey(image: NDArray[np.uint8], known: Thumbnail | None = None) -> Survey:
    """Measure a page image; its thumbnail may be `known` already."""
    small, mask = thumbnail_and_ink(image, known)
    found, scale = pieces(mask), small.scale
    contrast = _contrast(small, mask)
    noise = _paper_noise(image, mask, scale)
    quality = Quality(
        x_height=round(found.letter_height / scale, 1),
        contrast=round(contrast, 4),
        noise=round(noise / 255, 4),
        sharpness=round(_sharpness(image, found, scale, contrast * 255, noise), 4),
        ink=round(float(np.count_nonzero(mask)) / mask.size, 5),
        blank=not _has_signs(found),
    )
    return Survey(quality, small, mask, found)


def _has_signs(found: Pieces) -> bool:
    return bool(np.any(np.maximum(found.widths, found.heights) >= SMALLEST_SIGN))


def _contrast(small: Thumbnail, mask: NDArray[np.uint8]) -> float:
    in_ink = small.image[mask > 0]
    if not 0 < len(in_ink) < mask.size:
        return 0.0
    ink = shades(in_ink)
    (paper,) = percentiles(small.shades - ink, [50])
    # The darker half of the ink: a thin stroke's edge is half paper.
    (dark,) = percentiles(ink, [25])
    return max(0.0, paper - dark) / 255


def _paper_noise(image: NDArray[np.uint8], mask: NDArray[np.uint8], scale: float) -> float:
    """Standard deviation of the grey level within small patches of bare paper, the median over the page."""
    rows, columns = mask.shape[0] // _SAMPLE, mask.shape[1] // _SAMPLE
    if not rows or not columns:
        return 0.0
    tiles = mask[: rows * _SAMPLE, : columns * _SAMPLE].reshape(rows, _SAMPLE, columns, _SAMPLE)
    bare = np.argwhere(~tiles.any(axis=(1, 3)))
    if not len(bare):
        return 0.0
    side = max(2, int(_SAMPLE / scale))
    spread = [
        float(image[top : top + side, left : left + side].std())
        for top, left in (
            (int(row * _SAMPLE / scale), int(column * _SAMPLE / scale))
            for row, column in bare[:: max(1, len(bare) // _PATCHES)]
        )
    ]
    return float(np.median(spread))


def _sharpness(image: NDArray[np.uint8], found: Pieces, scale: float, contrast: float, noise: float) -> float:
    """Variance of the Laplacian in the letters' boxes, less the noise's, over the squared contrast."""
    letters = found.letters()
    if not len(letters) or contrast < 1:
        return 0.0
    total, count = 0.0, 0
    for left, top, right, bottom in letters[:: max(1, len(letters) // _LETTERS)] / scale:
        crop = image[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(left) - 1) : int(right) + 2]
        laplacian = cv2.Laplacian(crop, cv2.CV_32F)
        total += float(np.square(laplacian).sum())
        count += laplacian.size
    return max(0.0, total / count - _LAPLACIAN_NOISE * noise**2) / contrast**2
