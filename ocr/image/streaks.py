"""Streaks down a page, from dirt on a copier's glass or drum: seen between the lines of text, and evened out.

A streak darkens a column of the page over a long way, text and paper alike. So each column is held against its own
usual grey: what is darker than that is print.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.dark_grounds import bars
from ocr.image.quality import Survey
from ocr.image.shades import level_below

DIRTY = 0.85
"""Of the paper's grey level: what is darker between lines of text is dirt."""

OFTEN = 0.2
"""Share of the rows between lines in which a column is dirty, so that it may be streaked."""

SUSPECT = 0.03
"""Share of the columns that may be streaked, from which on a page is looked at closely."""

PARTS = 3
"""Parts of a page, from the top down, two of which must be suspect."""

FEWEST_ROWS = 10
"""Thumbnail rows between lines in such a part; with fewer it says nothing."""

WINDOW = 6.0
"""In letter heights: over how long a way the usual grey of a column is taken, some four lines of text."""

USUAL = 40.0
"""Per cent: this share of a window is darker than the usual grey. Letters hardly ever cover more of a column."""

STEP = 0.1
"""Share by which a streaked column is darker than the lightest of its neighbours."""

NEIGHBOURS = 1.1
"""In letter heights: from how far neighbours are taken."""

BROAD = 0.65
"""In letter heights: what is broader than that is a dark ground, no streak."""

LASTING = 3
"""Windows, each half over the one before it, through which a streak goes on."""

STREAKED = 0.045
"""Share of a page that is streaked, from which on it is evened. The worst clean scan has 0.040, a page of ruled tables
0.018, a letter from a dirty copier 0.059."""

DARKEST = 40.0
"""Grey level: usual greys below this are a ruling line's."""

BLUR = 0.8
"""Pixels, the standard deviation of the blur that takes off what is left of the streaks' grain."""


def is_streaked(seen: Survey) -> bool:
    """True when a page has so many streaks that it is read better without. Bars across it are none."""
    size = seen.pieces.letter_height
    if not _is_suspect(seen) or _streaked_share(seen.small, size) < STREAKED:
        return False
    small = seen.small.copy()
    small[bars(small, size)] = level_below(seen.thumbnail.shades, 0.6)
    return _streaked_share(small, size) >= STREAKED


def _is_suspect(seen: Survey) -> bool:
    """A quick look at what is between the lines of text."""
    letters, size = seen.pieces.letters(), seen.pieces.letter_height
    height = seen.small.shape[0]
    if not len(letters):
        return False
    changes = np.zeros(height + 1)
    np.add.at(changes, (letters[:, 1] - 0.3 * size).clip(0, height).astype(np.intp), 1)
    np.add.at(changes, (letters[:, 3] + 0.3 * size).clip(0, height).astype(np.intp), -1)
    top, bottom = np.percentile(letters[:, 1], 1), np.percentile(letters[:, 3], 99)
    rows = np.arange(height)
    between = np.flatnonzero((np.cumsum(changes)[:height] <= 3) & (rows > top) & (rows < bottom))
    dark = seen.small[between] < DIRTY * level_below(seen.thumbnail.shades, 0.6)
    parts = [part for part in np.array_split(dark, PARTS) if len(part) >= FEWEST_ROWS]
    shares = [float(np.mean(part.mean(axis=0) > OFTEN)) for part in parts]
    return sum(share >= SUSPECT for share in shares) >= 2


def _streaked_share(small: NDArray[np.uint8], letter_height: float) -> float:
    usual = _usual(small, max(16, int(WINDOW * letter_height)), 3)
    around = 2 * round(NEIGHBOURS * letter_height / 2) + 1
    lightest = cv2.dilate(usual, np.ones((1, around), np.uint8))
    dark = (usual < (1 - STEP) * lightest).astype(np.uint8)
    lasting = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((LASTING, 1), np.uint8))
    broad = cv2.morphologyEx(
        lasting, cv2.MORPH_OPEN, np.ones((1, max(2, round(BROAD * letter_height))), np.uint8)
    )
    return float(np.mean((lasting > 0) & (broad == 0)))


def _usual(image: NDArray[np.uint8], window: int, every: int) -> NDArray[np.float32]:
    """The usual grey of each column in windows that overlap by half, from every so many rows."""
    starts = range(0, max(1, image.shape[0] - window + 1), window // 2)
    rows = [np.percentile(image[start : start + window : every], USUAL, axis=0) for start in starts]
    return np.array(rows, np.float32)


def without_streaks(image: NDArray[np.uint8], letter_height: float) -> NDArray[np.uint8]:
    """An image with each column as bright as the paper, by its own usual grey. `letter_height` is in its pixels."""
    height, width = image.shape
    window = max(16, int(WINDOW * letter_height))
    usual = np.maximum(_usual(image, window, 2), DARKEST)
    row = ((np.arange(height, dtype=np.float32) - window / 2) / (window // 2)).clip(0, len(usual) - 1)
    across = np.broadcast_to(np.arange(width, dtype=np.float32), (height, width))
    down = np.broadcast_to(row[:, None].astype(np.float32), (height, width))
    paper = cv2.remap(usual, np.ascontiguousarray(across), np.ascontiguousarray(down), cv2.INTER_LINEAR)
    even = (image * (255 / paper)).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(even, (0, 0), BLUR), np.uint8)
