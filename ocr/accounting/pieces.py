"""Pieces of ink as the account takes them: where, how much, how much of it is covered; light print on dark, too."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.accounting.coverage import Letters, cover
from ocr.layout.ink import Floats, PageInk

COVERED = 0.5
"""Share of a piece of ink that must lie in letters' places for it to be theirs."""

DARK = 0.6
"""Of the paper's grey level: what is darker may be a ground for light print."""

GROUND = 0.55
"""Share of a window around light letters that is dark. Of one around dark letters, bold ones too, less than 0.4 is."""

WINDOW = (3.0, 1.6)
"""In letter heights, the window's width and height: a table's head may be as low."""

JOINED = 0.4
"""In letter heights: the letters of a word are nearer to each other."""

MANY = 2000
"""With more uncovered pieces than this the page is not in its text, and no piece is looked at by itself."""

_GROUND_SKETCH = 6.0  # pixels that a letter is high where grounds are looked for


@dataclass(frozen=True, slots=True)
class InkPieces:
    """Pieces of ink: their boxes in pixels of the prepared image, their areas in pixels of the sketch, and how much of
    each area lies in letters' places."""

    left: Floats
    top: Floats
    wide: Floats
    high: Floats
    area: Floats
    own: Floats

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which of them belong to letters."""
        return self.own >= COVERED * self.area

    def chosen(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> InkPieces:
        """Some of them."""
        return InkPieces(
            self.left[which],
            self.top[which],
            self.wide[which],
            self.high[which],
            self.area[which],
            self.own[which],
        )


def in_words(pieces: InkPieces, letter: float, low: float, high: float) -> NDArray[np.bool_]:
    """Which uncovered pieces of letter size (between `low` and `high` letter heights) stand by themselves within words.

    Readers are not exact about where each letter of a word stands; a word is lost with its white or its neighbours.
    """
    body = (pieces.high >= low * letter) & (pieces.high <= high * letter)
    within = np.zeros(len(body), np.bool_)
    gone = np.flatnonzero(body & ~pieces.covered)
    if not 0 < len(gone) <= MANY:
        return within
    right, foot = pieces.left + pieces.wide, pieces.top + pieces.high
    near = JOINED * letter
    bodies = np.flatnonzero(body)
    for at in gone:
        beside = (
            (right[bodies] >= pieces.left[at] - near)
            & (pieces.left[bodies] <= right[at] + near)
            & (
                np.minimum(foot[bodies], foot[at]) - np.maximum(pieces.top[bodies], pieces.top[at])
                > 0.5 * pieces.high[at]
            )
            & (bodies != at)
        )
        neighbours = bodies[beside]
        within[at] = len(neighbours) > 0 and bool(pieces.covered[neighbours].all())
    return within


def dark_pieces(ink: PageInk, letters: Letters) -> InkPieces:
    """The pieces of ink of a page."""
    covered = cover(letters, ink.letter, (ink.labels.shape[0], ink.labels.shape[1]), (ink.across, ink.down))
    flat = ink.labels.ravel()
    where = np.flatnonzero(flat)
    numbers, count = flat[where], len(ink.left)
    area = np.bincount(numbers, minlength=count)[1:]
    own = np.bincount(numbers[covered.ravel()[where] > 0], minlength=count)[1:]
    return InkPieces(
        ink.left[1:], ink.top[1:], ink.wide[1:], ink.high[1:], area.astype(np.float64), own.astype(np.float64)
    )


def light_pieces(ink: PageInk, letters: Letters) -> InkPieces:
    """The light pieces on dark grounds of a page: letters, where there are any, and the counters of none."""
    scale = min(1.0, _GROUND_SKETCH / ink.letter)
    small = cv2.resize(ink.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small[::4, ::4], 90))
    dark = (small < DARK * paper).astype(np.uint8)
    window = (max(3, round(WINDOW[0] * ink.letter * scale)), max(3, round(WINDOW[1] * ink.letter * scale)))
    share = cv2.blur(dark * np.uint8(255), window)
    grounds = (share > GROUND * 255).astype(np.uint8)
    if not grounds.any():
        return _NO_PIECES
    _, labels, stats, middles = cv2.connectedComponentsWithStats(1 - dark, connectivity=8, ltype=cv2.CV_32S)
    x, y = middles[1:].round().astype(int).T
    inside = grounds[y.clip(0, grounds.shape[0] - 1), x.clip(0, grounds.shape[1] - 1)] > 0
    numbers = 1 + np.flatnonzero(inside)
    if not len(numbers):
        return _NO_PIECES
    covered = cover(letters, ink.letter, (small.shape[0], small.shape[1]), (scale, scale))
    own = np.bincount(labels.ravel()[covered.ravel() > 0], minlength=len(stats))[numbers]
    left, top, wide, high, area = stats[numbers].T.astype(np.float64)
    # Areas count in pixels of the ink's sketch, whichever the pieces were found in.
    finer = ink.across * ink.down / scale**2
    own = np.asarray(own * finer, np.float64)
    return InkPieces(
        left / scale,
        top / scale,
        wide / scale,
        high / scale,
        area * finer,
        np.asarray(own * finer, np.float64),
    )


_NOTHING = np.zeros(0, np.float64)
_NO_PIECES = InkPieces(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
