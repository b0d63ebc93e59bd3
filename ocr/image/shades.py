"""How many pixels of an image have each grey level, and what follows from these counts alone.

To count takes a tenth of the time of sorting, and everything that is asked of the same pixels is asked of one count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float32]
"""The pixels of each of the 256 grey levels: whole numbers."""


def shades(image: NDArray[np.uint8]) -> Counts:
    """The pixels of each grey level of an image of up to 16 million pixels."""
    return np.asarray(cv2.calcHist([image], [0], None, [256], [0, 256]).ravel(), np.float32)


def level_below(counts: Counts, share: float) -> int:
    """The grey level below which `share` of the pixels lie."""
    sums = counts.cumsum()
    return int(np.searchsorted(sums, share * sums[-1]))


def percentiles(counts: Counts, per_cents: Sequence[float]) -> list[float]:
    """The percentiles of the pixels' grey levels, to the last bit those that `numpy.percentile` gives of the pixels."""
    sums = counts.astype(np.int64).cumsum()
    last = int(sums[-1]) - 1
    places = [last * (per_cent / 100) for per_cent in per_cents]
    below = [math.floor(place) for place in places]
    levels = sums.searchsorted([*below, *(min(at + 1, last) for at in below)], side="right").tolist()
    found = []
    for place, at, low, high in zip(places, below, levels, levels[len(below) :], strict=False):
        part, step = place - at, high - low
        found.append(float(low + step * part if part < 0.5 else high - step * (1 - part)))
    return found
