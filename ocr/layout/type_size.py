"""Where the size of the type changes within a line: a line is read at the height of its letters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.layout.baseline import measure
from ocr.layout.ink import PageInk

_WORDS_APART = 0.5  # letter heights of white at which the size of the type may change
_SIZED = 6  # pieces that tell the size of their type
_OTHER_LETTERS = 1.4  # by how much the letters of another size differ
_OTHER_PIECES = 1.15  # and the middle of all its ink, marks too


def of_one_size(ink: PageInk, at: NDArray[np.intp], slope: float) -> list[NDArray[np.intp]]:
    """Pieces of ink in the order of a line, parted where the size of the type changes."""
    ends = np.maximum.accumulate((ink.left + ink.wide)[at])
    words = np.split(at, 1 + np.flatnonzero(ink.left[at][1:] - ends[:-1] >= _WORDS_APART * ink.letter))
    parts: list[NDArray[np.intp]] = []
    for word in words:
        if parts and not _of_other_size(ink, parts[-1], word, slope):
            parts[-1] = np.concatenate((parts[-1], word))
        else:
            parts.append(word)
    return parts


def _of_other_size(ink: PageInk, first: NDArray[np.intp], second: NDArray[np.intp], slope: float) -> bool:
    if min(len(first), len(second)) < _SIZED:
        return False
    letter = measure(ink, first, slope).letter / measure(ink, second, slope).letter
    piece = float(np.median(ink.high[first]) / np.median(ink.high[second]))
    if letter < 1:
        letter, piece = 1 / letter, 1 / piece
    return letter > _OTHER_LETTERS and piece > _OTHER_PIECES
