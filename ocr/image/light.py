"""Uneven light on a page, measured and taken away."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

REDUCTION = 8
"""Thumbnail pixels along the side of a place at which the paper's grey level is measured."""

UNEVEN = 0.88
"""The darkest paper over the lightest, below which light counts as uneven. The flattest scans of the sets have 0.90 and
more but for a show-through or two."""

DIM = 0.75
"""The same around the letters: from there on light is evened."""

BRIGHT = 245.0
"""Grey level that the paper gets."""

AROUND = 3.0
"""In letter heights: the size of the surroundings in which the lightest grey is the paper's. Letters are narrower."""


def evenness(small: NDArray[np.uint8]) -> float:
    """The grey level of a thumbnail's darkest paper over that of its lightest, 0 to 1."""
    dark, light = np.percentile(_paper(small), [5, 98])
    return float(dark / max(1.0, light))


def evenness_of_text(small: NDArray[np.uint8], letters: NDArray[np.float64]) -> float:
    """The same of the paper around letters, given by their edges: pictures and dark grounds do not count."""
    if not len(letters):
        return 1.0
    x, y = ((letters[:, :2] + letters[:, 2:]) / 2 / REDUCTION).astype(np.intp).T
    paper = _paper(small)
    level = paper[y.clip(0, paper.shape[0] - 1), x.clip(0, paper.shape[1] - 1)]
    dark, light = np.percentile(level, [5, 95])
    return float(dark / max(1.0, light))


def _paper(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    step = 1 / REDUCTION if min(small.shape) >= REDUCTION else 1.0  # of a strip nothing would be left
    reduced = cv2.resize(small, None, fx=step, fy=step, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.morphologyEx(reduced, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)


def flattened(image: NDArray[np.uint8], letter_height: float) -> NDArray[np.uint8]:
    """An image over the grey level of the paper around each place, so that all paper is equally bright."""
    side = max(3, round(AROUND * letter_height / 4))
    small = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), side / 2)
    paper = cv2.resize(paper, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(image, np.maximum(paper, 1), scale=BRIGHT), np.uint8)
