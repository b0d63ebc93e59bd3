"""Cutting a page into bands between its lines, so that Tesseract's work grows with the page and not with its square.

For every word, and it takes nearly every Thai letter for one, Tesseract's hOCR walks all words of the image up to
it (`PAGE_RES_IT::restart_row`): on a page of 3,000 letters that is a third of the whole time. Bands of a few hundred
letters, read one after the other by one process, take it away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.image.orientation import Pieces

LETTERS = 500
"""About how many letters a band should hold."""

WHITE = 3
"""Thumbnail pixels (half a millimetre at 150 dpi): the least white between two lines in which a page is cut."""

BELOW_LETTERS = 0.8
"""In letter heights: how far above a cut the feet of the line before may be. Between a mark and the letter it stands
on the nearest feet are further up."""

FEET = 3
"""So many letters must stand there."""

REACH = 0.35
"""How far from the best place a cut may lie, as a share of a band's letters."""


def band_borders(mask: NDArray[np.uint8], found: Pieces, scale: float) -> tuple[int, ...]:
    """Rows of the image at which to cut it, top down, where the whole row is white; none on a page with few letters.

    `mask` is the ink of the image's thumbnail, `scale` the thumbnail's pixels per image pixel.
    """
    feet = np.sort(found.letters()[:, 3])
    bands = round(len(feet) / LETTERS)
    if bands < 2:
        return ()
    white = np.concatenate(([False], ~mask.any(axis=1), [False]))
    changes = np.flatnonzero(white[1:] != white[:-1])
    starts, ends = changes[::2], changes[1::2]
    above = np.searchsorted(feet, starts, side="right")  # letters that stand above each stretch of white
    near = above - np.searchsorted(feet, starts - BELOW_LETTERS * found.letter_height)
    fit = (ends - starts >= WHITE) & (near >= FEET)
    above, middles = above[fit], (starts[fit] + ends[fit]) // 2
    share = len(feet) / bands
    chosen: list[int] = []
    for number in range(1, bands):
        if not len(middles):
            break
        nearest = int(np.argmin(np.abs(above - number * share)))
        if abs(above[nearest] - number * share) <= REACH * share:
            chosen.append(int(middles[nearest] / scale))
    return tuple(sorted(set(chosen)))
