"""By which height of letters each piece of ink is measured: that of the page, or that of its small print."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.accounting.coverage import SMALL_PRINT, Letters
from ocr.accounting.pieces import InkPieces
from ocr.layout.ink import PageInk

ROUND = (0.5, 1.6, 0.7)
"""In letter heights of a line: how far beside its letters, over and under their feet its marks and specks lie."""


def by_type(pieces: InkPieces, letters: Letters, ink: PageInk) -> list[tuple[float, NDArray[np.bool_]]]:
    """The heights of letters on the page, in pixels of the prepared image, each with the pieces that go by it.

    On a page with small print what is beside no line of usual print goes by the small height: what was lost from a
    note is lower than the specks among large letters.
    """
    if not ink.small:
        return [(ink.letter, np.ones(len(pieces.left), np.bool_))]
    usual = np.zeros(
        (int(ink.labels.shape[0] / ink.down) + 2, int(ink.labels.shape[1] / ink.across) + 2), np.bool_
    )
    large = letters.size >= SMALL_PRINT * ink.letter
    aside, over, under = (share * letters.size for share in ROUND)
    left, right = letters.boxes[:, 0] - aside, letters.boxes[:, 2] + aside
    edges = np.stack([left, letters.foot - over, right, letters.foot + under], axis=1)[large]
    for x0, y0, x1, y1 in np.maximum(edges, 0).astype(int).tolist():
        usual[y0:y1, x0:x1] = True
    x = (pieces.left + pieces.wide / 2).astype(int)
    y = (pieces.top + pieces.high / 2).astype(int)
    of_usual = usual[y, x] | (pieces.high >= ink.letter)
    return [(ink.letter, of_usual), (ink.small, ~of_usual)]
