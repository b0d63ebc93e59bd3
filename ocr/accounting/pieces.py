"""Pieces of ink as the account takes them: where, how much, how much of it is covered; light print on dark, too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import Floats, PageInk

COVERED = 0.5
"""Share of a piece of ink that must lie in letters' places for it to be theirs."""

DARK = 0.6
"""Of the paper's grey level: what is darker may be a ground for light print."""

LIGHT = 0.3
"""Of the way from the ground's grey level to the paper's: what is lighter may be print."""

GROUND = 0.55
"""Share of a window around light letters that is dark. Of one around dark letters, bold ones too, less than 0.4 is."""

WINDOW = (3.0, 1.6)
"""In letter heights, the window's width and height: a table's head may be as low."""

JOINED = 0.4
"""In letter heights: the letters of a word are nearer to each other."""

ALONE = 0.9
"""In letter heights: so much of a piece by itself and of its neighbours may lie in no letter's place."""

SIGN = 0.25
"""In letter heights: smaller pieces are no part of a letter that stands on the line."""

MANY = 2000
"""With more uncovered pieces than this the page is not in its text, and no piece is looked at by itself."""

RULES = 2
"""Pixels of the sketch in which grounds are looked for: rules are no wider."""

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
    signs = np.flatnonzero(
        (np.maximum(pieces.wide, pieces.high) >= SIGN * letter) & (pieces.high <= high * letter)
    )
    bare = pieces.wide * (1 - pieces.own / np.maximum(pieces.area, 1))
    for at in gone:
        shared = np.minimum(foot[signs], foot[at]) - np.maximum(pieces.top[signs], pieces.top[at])
        beside = (right[signs] >= pieces.left[at] - near) & (pieces.left[signs] <= right[at] + near)
        beside &= (shared > 0.5 * np.minimum(pieces.high[signs], pieces.high[at])) & (signs != at)
        neighbours = signs[beside & body[signs]]
        known = len(neighbours) > 0 and bool(pieces.covered[neighbours].all())
        within[at] = known and bare[at] + bare[signs[beside]].sum() <= ALONE * letter
    return within


def dark_pieces(ink: PageInk, covered: NDArray[np.uint8], grounds: NDArray[np.uint8] | None) -> InkPieces:
    """The pieces of ink of a page, in the order of their labels; what is of a dark ground itself is 0 high.

    `covered` is 1 where letters have room for their ink (`ocr.accounting.coverage.cover`).
    """
    flat = ink.labels.ravel()
    where = np.flatnonzero(flat)
    numbers, count = flat[where], len(ink.left)
    area = np.bincount(numbers, minlength=count)[1:].astype(np.float64)
    own = np.bincount(numbers[covered.ravel()[where] > 0], minlength=count)[1:].astype(np.float64)
    found = InkPieces(ink.left[1:], ink.top[1:], ink.wide[1:], ink.high[1:], area, own)
    if grounds is None:
        return found
    of_ground = np.bincount(numbers[grounds.ravel()[where] > 0], minlength=count)[1:]
    print_ink = of_ground < COVERED * area
    return replace(found, high=found.high * print_ink, area=area * print_ink, own=own * print_ink)


def light_pieces(ink: PageInk, covered: NDArray[np.uint8], grounds: NDArray[np.uint8] | None) -> InkPieces:
    """The light pieces on the dark grounds of a page: letters, where there are any, and the counters of none; `covered`
    as in `dark_pieces`."""
    if grounds is None:
        return _NO_PIECES
    paper = float(np.percentile(ink.sketch[::4, ::4], 90))
    ground = float(np.median(ink.sketch[grounds > 0]))
    light = ((ink.sketch > ground + LIGHT * (paper - ground)) & (grounds > 0)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        light, connectivity=8, ltype=cv2.CV_32S, ccltype=cv2.CCL_GRANA
    )
    own = np.bincount(labels[covered > 0], minlength=len(stats))[1:].astype(np.float64)
    left, top, wide, high, area = stats[1:].T.astype(np.float64)
    # What reaches the edge of its ground is the paper around it.
    edge = cv2.dilate(1 - grounds, np.ones((3, 3), np.uint8))
    open_ended = np.bincount(labels[(edge > 0) & (light > 0)], minlength=len(stats))[1:] > 0
    found = InkPieces(left / ink.across, top / ink.down, wide / ink.across, high / ink.down, area, own)
    return found.chosen(~open_ended)


def dark_grounds(ink: PageInk) -> NDArray[np.uint8] | None:
    """1 where the ink's sketch is dark all around, None where it is nowhere."""
    scale = min(1.0, _GROUND_SKETCH / ink.letter)
    size = (round(ink.image.shape[1] * scale), round(ink.image.shape[0] * scale))
    small = cv2.resize(ink.sketch, size, interpolation=cv2.INTER_AREA)
    dark = np.where(small < DARK * np.percentile(small[::4, ::4], 90), np.uint8(255), np.uint8(0))
    window = (max(3, round(WINDOW[0] * ink.letter * scale)), max(3, round(WINDOW[1] * ink.letter * scale)))
    middles = cv2.blur(dark, window) > GROUND * 255
    if not middles.any():
        return None
    # Without rules, by which grounds hang together with frames around print.
    solid = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((RULES, RULES), np.uint8)), np.uint8)
    _, labels = cv2.connectedComponents(solid, connectivity=8, ltype=cv2.CV_32S)
    own = np.isin(labels, np.unique(labels[middles & (labels > 0)])) & (labels > 0)
    outlines, _ = cv2.findContours(own.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    grounds = np.asarray(cv2.drawContours(np.zeros_like(solid), outlines, -1, 1, cv2.FILLED), np.uint8)
    of_sketch = (ink.labels.shape[1], ink.labels.shape[0])
    return np.asarray(cv2.resize(grounds, of_sketch, interpolation=cv2.INTER_NEAREST), np.uint8)


_NOTHING = np.zeros(0, np.float64)
_NO_PIECES = InkPieces(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
