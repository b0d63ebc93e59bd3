"""Which line of text a mark belongs to: the one whose letters it stands over or under, by the white between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import Floats, PageInk

_ON_VOWEL = (0.4, 0.75)  # letter heights between a tone mark that stands on a vowel and the letters below it
_HIGHEST_MARK = 1.1  # letter heights between a mark and the letters below it: a vowel may stand there
_LOWEST_MARK = 0.6  # letter heights between a mark and the letters above it
_CLEARLY = 0.4  # letter heights by which a mark must be nearer to its own line than to any other
_AT_ONCE = 512  # marks that are given to lines in one step


def lines_of_marks(ink: PageInk, marks: NDArray[np.intp], lines: Floats) -> NDArray[np.intp]:
    """For each mark the number of the line that it belongs to, -1 where it belongs to none or two could claim it.

    `marks` are numbers of pieces of ink. `lines` has a row for each line: baseline at column 0, slope, letter height,
    left and right end.
    """
    own = np.full(len(marks), -1)
    # A few marks of about one height at a time, with the lines near them: a page may have very many of both.
    downwards = np.argsort(ink.foot[marks], kind="stable")
    for start in range(0, len(marks), _AT_ONCE):
        some = downwards[start : start + _AT_ONCE]
        own[some] = _lines_of(ink, marks[some], lines)
    return own


def _lines_of(ink: PageInk, marks: NDArray[np.intp], lines: Floats) -> NDArray[np.intp]:
    """What `lines_of_marks` says of marks that are few and near to each other."""
    ends = lines[:, :1] + lines[:, 1:2] * lines[:, 3:5]
    reach = (1 + _HIGHEST_MARK) * lines[:, 2]
    near = np.flatnonzero(
        (ends.max(axis=1) >= ink.top[marks].min() - reach)
        & (ends.min(axis=1) <= ink.foot[marks].max() + reach)
    )
    if not len(near):
        return np.full(len(marks), -1)
    base, slope, letter, left, right = lines[near].T
    x = ink.middle[marks][:, None]
    line = base + slope * x
    over = (line - ink.foot[marks][:, None]) / letter - 1  # white between a mark and the letters under it
    under = (ink.top[marks][:, None] - line) / letter  # white between a mark and the letters over it
    beside = np.maximum(np.maximum(left - x, x - right), 0) / letter
    white = _white_under(ink, marks, float(reach[near].max()))[:, None] / letter
    stands = np.where((over > _ON_VOWEL[0]) & (over < _ON_VOWEL[1]), white, over)
    cost = np.maximum(np.maximum(np.minimum(over, stands), 3 * under), 0) + 0.3 * beside
    cost = np.where((over > _HIGHEST_MARK) | (under > _LOWEST_MARK) | (beside > 1.5), np.inf, cost)
    nearest = cost.argmin(axis=1)
    sure = np.isfinite(cost[np.arange(len(marks)), nearest])
    if len(near) > 1:  # ink that two lines could claim is painted over in neither
        least, next_least = np.partition(cost, 1, axis=1)[:, :2].T
        sure &= ~(next_least < least + _CLEARLY)
    return np.where(sure, near[nearest], -1)


def _white_under(ink: PageInk, marks: NDArray[np.intp], most: float) -> Floats:
    """The pixels of white from each of those pieces down to the next ink in its columns, as far as they are `most`."""
    feet = ink.foot[marks]
    at = 1 + np.flatnonzero((ink.foot[1:] > feet.min()) & (ink.top[1:] <= feet.max() + most))
    left, right, foot = (values[:, None] for values in (ink.left[marks], (ink.left + ink.wide)[marks], feet))
    meets = (ink.left[at] < right) & ((ink.left + ink.wide)[at] > left) & (ink.foot[at] > foot)
    white = np.where(meets, np.maximum(ink.top[at] - foot, 0.0), np.inf)
    return np.asarray(white.min(axis=1, initial=np.inf), np.float64)
