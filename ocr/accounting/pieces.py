"""Pieces of ink as the account takes them: where, how much, how much of it is covered; light print on dark, too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import Floats, PageInk

COVERED = 0.5
"""Share of a piece of ink that must lie in letters' places for it to be theirs."""

DARK = 0.64
"""Of the paper's grey level: what is darker may be a ground for light print."""

LIGHT = 0.3
"""Of the way from the ground's grey level to the paper's: what is lighter may be print."""

PALE, DEEP = 0.35, 0.4
"""Of the paper's grey level: on a ground that is as light there may be dark print; and how much darker than its ground,
of the ground's grey level, that is."""

GROUND = 0.55
"""Share of a window around light letters that is dark. Of one around dark letters, bold ones too, less than 0.4 is."""

WINDOW = (3.0, 1.6)
"""In letter heights, the window's width and height: a table's head may be as low."""

BADGE, BROADER = (1.3, 1.1), 0.8
"""In letter heights, how wide and high a dark box around a single word is at least, for which the window is too wide;
and how many times as wide as high: closed letters of a title are not."""

IN_BADGE, FILLED = 0.5, 0.9
"""Share of such a box that is dark at least, and that lies within its outline: letters have no level sides all
around."""

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


def pieces_on_grounds(
    ink: PageInk, covered: NDArray[np.uint8], grounds: NDArray[np.uint8] | None
) -> tuple[InkPieces, InkPieces]:
    """What is lighter than the dark grounds of a page, and what is darker: letters, where there are any, and the
    counters of none; `covered` as in `dark_pieces`."""
    if grounds is None:
        return _NO_PIECES, _NO_PIECES
    left, top, wide, high = cv2.boundingRect(grounds)
    own = (slice(top, top + high), slice(left, left + wide))
    paper = float(np.percentile(ink.sketch[::4, ::4], 90))
    light, deep = _off_ground(ink.sketch[own], grounds[own], paper)
    # What reaches the edge of its ground is the paper around it, or a frame.
    edge = np.asarray(cv2.dilate(1 - grounds, np.ones((3, 3), np.uint8))[own], np.uint8)
    return (
        _pieces(light, covered[own], edge, (left, top), ink),
        _pieces(deep, covered[own], edge, (left, top), ink),
    )


def _off_ground(
    sketch: NDArray[np.uint8], grounds: NDArray[np.uint8], paper: float
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """1 where a sketch is lighter than the ground there, and 1 where it is darker."""
    light, deep = np.zeros_like(grounds), np.zeros_like(grounds)
    _, numbers, stats, _ = cv2.connectedComponentsWithStats(grounds, connectivity=8, ltype=cv2.CV_32S)
    for number, (x, y, wide, high, _) in enumerate(stats[1:].tolist(), 1):
        part = (slice(y, y + high), slice(x, x + wide))
        inside, shades = numbers[part] == number, sketch[part]
        ground = float(np.median(shades[inside]))
        light[part] |= inside & (shades > ground + LIGHT * (paper - ground))
        if ground >= PALE * paper:
            deep[part] |= inside & (shades < (1 - DEEP) * ground)
    return light, deep


def _pieces(
    mask: NDArray[np.uint8],
    covered: NDArray[np.uint8],
    edge: NDArray[np.uint8],
    corner: tuple[int, int],
    ink: PageInk,
) -> InkPieces:
    """The pieces of a mask, which begins at a corner of the sketch, without those that reach an edge."""
    if not cv2.countNonZero(mask):
        return _NO_PIECES
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        mask, connectivity=8, ltype=cv2.CV_32S, ccltype=cv2.CCL_GRANA
    )
    own = np.bincount(labels[covered > 0], minlength=len(stats))[1:].astype(np.float64)
    left, top, wide, high, area = stats[1:].T.astype(np.float64)
    open_ended = np.bincount(labels[(edge > 0) & (mask > 0)], minlength=len(stats))[1:] > 0
    left, top = (left + corner[0]) / ink.across, (top + corner[1]) / ink.down
    found = InkPieces(left, top, wide / ink.across, high / ink.down, area, own)
    return found.chosen(~open_ended)


def dark_grounds(ink: PageInk) -> NDArray[np.uint8] | None:
    """1 where the ink's sketch is dark all around, None where it is nowhere."""
    scale = min(1.0, _GROUND_SKETCH / ink.letter)
    size = (round(ink.image.shape[1] * scale), round(ink.image.shape[0] * scale))
    small = cv2.resize(ink.sketch, size, interpolation=cv2.INTER_AREA)
    dark = np.where(small < DARK * np.percentile(small[::4, ::4], 90), np.uint8(255), np.uint8(0))
    window = (max(3, round(WINDOW[0] * ink.letter * scale)), max(3, round(WINDOW[1] * ink.letter * scale)))
    middles = cv2.blur(dark, window) > GROUND * 255
    # Without rules, by which grounds hang together with frames around print.
    solid = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((RULES, RULES), np.uint8)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8, ltype=cv2.CV_32S)
    grounded = np.zeros(len(stats), np.bool_)
    grounded[labels[middles]] = True
    grounded |= _badges(np.asarray(labels, np.int32), np.asarray(stats, np.int32), ink.letter * scale)
    grounded[0] = False
    if not grounded.any():
        return None
    own = grounded[labels]
    outlines, _ = cv2.findContours(own.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    grounds = np.asarray(cv2.drawContours(np.zeros_like(solid), outlines, -1, 1, cv2.FILLED), np.uint8)
    of_sketch = (ink.labels.shape[1], ink.labels.shape[0])
    return np.asarray(cv2.resize(grounds, of_sketch, interpolation=cv2.INTER_NEAREST), np.uint8)


def _badges(labels: NDArray[np.int32], stats: NDArray[np.int32], letter: float) -> NDArray[np.bool_]:
    """Which dark pieces are level boxes with light print in them, as large as a word; `letter` in their pixels."""
    _, _, wide, high, area = stats.T
    (least_wide, least_high), share = BADGE, wide * high
    found = (wide >= least_wide * letter) & (high >= least_high * letter) & (wide >= BROADER * high)
    found &= area >= IN_BADGE * share
    for at in np.flatnonzero(found).tolist():
        x, y, width, height = stats[at, :4].tolist()
        own = (labels[y : y + height, x : x + width] == at).astype(np.uint8)
        outlines, _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        whole = cv2.drawContours(own, outlines, -1, 1, cv2.FILLED)
        found[at] = cv2.countNonZero(whole) >= FILLED * width * height
    return np.asarray(found)


_NOTHING = np.zeros(0, np.float64)
_NO_PIECES = InkPieces(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
