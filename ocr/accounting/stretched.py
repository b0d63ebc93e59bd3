"""Letters whose boxes take in ink that is not theirs: a reader that passes over a word may give its ink to the letters
beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.accounting.coverage import HIGHEST, LOWEST, Letters
from ocr.layout.ink import PageInk

BROAD = 1.45
"""Of what is usual for its character: a box that is broader may take in more than its letter."""

TOUCHING = 0.3
"""In letter heights: boxes of letters side by side are nearer to each other."""

SPARE, LITTLE = 0.9, 0.45
"""In letter heights: so much broader than usual are the boxes beside a lost word, all in all; the one box that takes in
a part of a short word less, and then it has a piece of ink more than letters."""

FEET = 0.4
"""In heights of its line's letters: how far from the line a piece of ink stands at most."""

FILLED = 0.25
"""In letter heights: so many columns more than such boxes usually have in all are ink where a word is lost; where
letters are only set wide there is white."""


def stretched(letters: Letters, ink: PageInk) -> NDArray[np.bool_]:
    """Which letters' boxes hold more ink than theirs."""
    found = np.zeros(len(letters.at), np.bool_)
    spare = letters.widths - letters.usual
    broad = np.flatnonzero((letters.widths > BROAD * letters.usual) & (letters.sharing == 1))
    if not len(broad):
        return found
    left, right = letters.boxes[:, 0], letters.boxes[:, 2]
    near = left[broad[1:]] - right[broad[:-1]] < TOUCHING * ink.letter
    follows = near & (np.diff(broad) == 1) & (letters.line[broad[1:]] == letters.line[broad[:-1]])
    for run in np.split(broad, np.flatnonzero(~follows) + 1):
        if spare[run].sum() < SPARE * ink.letter and (
            spare[run].sum() < LITTLE * ink.letter or _bodies(letters, ink, run) <= len(run)
        ):
            continue
        inked = _inked(
            ink,
            left[run[0]],
            letters.foot[run[0]] - letters.size[run[0]],
            right[run[-1]],
            letters.foot[run[0]],
        )
        found[run] = inked >= letters.usual[run].sum() + FILLED * ink.letter
    return found


def _bodies(letters: Letters, ink: PageInk, run: NDArray[np.intp]) -> int:
    """How many pieces of ink as high as letters have their middle in the boxes of letters one beside the other."""
    foot, size = float(letters.foot[run[0]]), float(letters.size[run[0]])
    left, right = letters.boxes[run[0], 0], letters.boxes[run[-1], 2]
    level = np.abs(ink.foot - foot) <= FEET * size
    high = (ink.high >= LOWEST * ink.letter) & (ink.high <= HIGHEST * ink.letter)
    high[0] = False
    return int(np.count_nonzero(level & high & (ink.middle >= left) & (ink.middle <= right)))


def _inked(ink: PageInk, left: float, top: float, right: float, bottom: float) -> float:
    """How many columns of a place there is ink in, in pixels of the prepared image."""
    rows = slice(max(0, round(top * ink.down)), round(bottom * ink.down))
    columns = slice(max(0, round(left * ink.across)), round(right * ink.across))
    return float(np.count_nonzero(ink.labels[rows, columns].any(axis=0))) / ink.across
