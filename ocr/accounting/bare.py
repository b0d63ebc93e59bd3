"""Letters of a reading in whose place the paper is bare, or covered: no ink, next to none, pale dirt, or solid ink."""

from __future__ import annotations

from functools import cache
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.accounting.coverage import Letters
from ocr.accounting.pieces import InkPieces
from ocr.layout.ink import PageInk

LEAST_INK, LEAST_SHARE = 1.5, 0.025
"""Pixels of the ink's sketch, and share of a letter's place, which may take in marks of its neighbours: the thinnest
letter has more."""

DIRT = 0.2
"""In letter heights: pieces of ink that are smaller make no letter, however many lie in its place."""

SPARSE, PALE = 0.15, 0.5
"""Share of a letter's place below which its ink is looked at, and of the contrast of the letters beside it below which
it is none of print: what shows through from the other side, or noise."""

BESIDE, SAMPLE = 3, 200
"""Letters on either side in the line whose contrast tells; where there are none, so many of the page."""

FILLED, BLACK = 0.7, 0.5
"""Share of a letter's box that is dark where it is painted over, and of the paper's grey level that little in and by
it reaches: a letter of whatever weight has white in it, or, as a bar or a dash, beside it."""

BROAD = 0.45
"""In letter heights: what is narrower or lower, such as a bar or a dash, may be of few or solid pixels by itself."""

BORDER = 0.2
"""Share of a letter's width on either side that may hold its neighbours' ink."""

OVER, UNDER = 1.1, 0.1
"""In letter heights: how far over and under the foot of its line a letter has ink of its body. A box as high as the
whole line takes in what hangs from the line above."""

THICK, LONG = 0.3, 1.5
"""In letter heights: a bar is so high and wide at least, as much as is left of it where its edges were taken for rules
and painted over. No stroke of a letter is, and no line that strikes letters out."""

ALL, UNDER_BAR = 0.85, 0.6
"""Share of the dark pixels in a letter's place that are a bar's, and of the place's columns that the bar takes, where
the letter is under it: one on a thick rule has strokes of its own."""

Edges = NDArray[np.intp]
Counts = NDArray[np.int32]
Grey = NDArray[np.uint8]


def without_ink(
    letters: Letters, ink: PageInk, light: InkPieces
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which letters stand on bare paper, and which under solid ink.

    `light` are the light pieces on dark grounds, which are as good as ink.
    """
    least = BLACK * float(ink.image.max())
    black = (ink.sketch < least).astype(np.uint8)
    dark = np.asarray(cv2.integral(black), np.int32)
    sums = np.asarray(cv2.integral((ink.labels > 0).astype(np.uint8)), np.int32)
    strokes = np.maximum(ink.wide, ink.high) >= DIRT * ink.letter
    strokes[0] = False
    of_strokes = np.asarray(cv2.integral(strokes.view(np.uint8).take(ink.labels)), np.int32)
    wide = letters.widths >= BROAD * ink.letter
    high = letters.heights >= BROAD * ink.letter
    places = _places(letters, ink, wide)
    area = (places[:, 2] - places[:, 0]) * (places[:, 3] - places[:, 1])
    count, in_strokes = (_within(one, places) for one in (sums, of_strokes))
    seen = np.where(wide & high, in_strokes, count)
    empty = letters.standing & (seen < np.maximum(LEAST_INK, LEAST_SHARE * area))
    bodies = _bodies(letters, ink, places)
    own = _within(of_strokes, bodies)
    sparse = own < SPARSE * (bodies[:, 2] - bodies[:, 0]) * (bodies[:, 3] - bodies[:, 1])
    empty |= _pale(letters, sparse, empty, ink.sketch, bodies)
    solid = _solid(letters.standing & high & (_within(dark, places) >= FILLED * area), letters, ink, least)
    solid |= letters.standing & high & _under_bars(places, black, dark, ink)
    for at in np.flatnonzero(empty | solid) if len(light.left) else ():
        left, top, right, bottom = letters.boxes[at]
        on_light = (
            (light.left < right)
            & (light.left + light.wide > left)
            & (light.top < bottom)
            & (light.top + light.high > top)
        )
        if on_light.any():
            empty[at] = solid[at] = False
    return empty, solid


def _places(letters: Letters, ink: PageInk, wide: NDArray[np.bool_]) -> Edges:
    """The letters' places in the sketch: left, top, right, bottom. What lies at the edges of a box may be its
    neighbours'; around a small one there is room for a sketch's rounding, up to the boxes beside it."""
    scale = np.array([ink.across, ink.down, ink.across, ink.down])
    aside = np.where(wide, BORDER * letters.widths, 0)
    edges = (letters.boxes + np.stack([aside, 0 * aside, -aside, 0 * aside], axis=1)) * scale
    limit = np.array([ink.labels.shape[1], ink.labels.shape[0]])
    room = (~wide).astype(int)
    first, last = np.floor(edges[:, :2]).astype(int), np.ceil(edges[:, 2:]).astype(int)
    first[:, 1] -= room
    last[:, 1] += room
    before, after = _beside(letters)
    first[:, 0] = np.where(wide, first[:, 0], np.maximum(first[:, 0] - 1, np.ceil(before * ink.across)))
    last[:, 0] = np.where(wide, last[:, 0], np.minimum(last[:, 0] + 1, np.floor(after * ink.across)))
    return np.hstack([np.clip(first, 0, limit), np.clip(last, 0, limit)])


def _beside(letters: Letters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each letter the right edge of the box before it in its line, if that ends before it, and the left edge of the
    one behind it; its own edges where they overlap, far away where there is none."""
    left, right = letters.boxes[:, 0], letters.boxes[:, 2]
    before, after = np.full(len(left), -np.inf), np.full(len(left), np.inf)
    standing = np.flatnonzero(letters.standing)
    one, other = standing[:-1], standing[1:]
    same = letters.line[one] == letters.line[other]
    one, other = one[same], other[same]
    before[other] = np.minimum(right[one], left[other])
    after[one] = np.maximum(left[other], right[one])
    return before, after


def _bodies(letters: Letters, ink: PageInk, places: Edges) -> Edges:
    """Of the letters' places the rows in which their bodies are, where that is known by the line's ink."""
    top = np.floor((letters.foot - OVER * letters.size) * ink.down).astype(int)
    bottom = np.ceil((letters.foot + UNDER * letters.size) * ink.down).astype(int)
    found = places.copy()
    known = letters.of_line & (np.minimum(bottom, places[:, 3]) > np.maximum(top, places[:, 1]))
    found[known, 1] = np.maximum(top, places[:, 1])[known]
    found[known, 3] = np.minimum(bottom, places[:, 3])[known]
    return found


def _within(sums: Counts, places: Edges) -> Counts:
    x0, y0, x1, y1 = places.T
    return np.asarray(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0], np.int32)


def _pale(
    letters: Letters, sparse: NDArray[np.bool_], empty: NDArray[np.bool_], sketch: Grey, bodies: Edges
) -> NDArray[np.bool_]:
    """Which of the letters of little ink have none as dark as the letters beside them, by the page's sketch."""
    found = np.zeros(len(sparse), np.bool_)
    candidates = np.flatnonzero(letters.standing & sparse & ~empty)
    known = np.flatnonzero(letters.standing & ~sparse)
    if not len(candidates) or not len(known):
        return found

    @cache
    def contrast(at: int) -> int:
        left, top, right, bottom = bodies[at].tolist()
        around = sketch[
            max(0, top - 2) : bottom + 2, max(0, left - 2 * (right - left)) : 3 * right - 2 * left
        ]
        inside = sketch[top:bottom, left:right]
        return int(around.max()) - int(inside.min()) if inside.size else 0

    usual = cache(
        lambda: float(np.median([contrast(at) for at in known[:: max(1, len(known) // SAMPLE)].tolist()]))
    )
    for at in candidates.tolist():
        place = int(np.searchsorted(known, at))
        sides = (known[max(0, place - BESIDE) : place], known[place : place + BESIDE])
        beside = [
            median(shades)
            for side in sides
            if (shades := [contrast(one) for one in side.tolist() if letters.line[one] == letters.line[at]])
        ]
        found[at] = contrast(at) < PALE * (min(beside) if beside else usual())
    return found


def _under_bars(places: Edges, black: Grey, dark: Counts, ink: PageInk) -> NDArray[np.bool_]:
    """In which of the places there is nothing but a part of a bar."""
    across, down = max(2, round(LONG * ink.letter * ink.across)), max(2, round(THICK * ink.letter * ink.down))
    bars = np.asarray(cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((down, across), np.uint8)), np.uint8)
    if not bars.any():
        return np.zeros(len(places), np.bool_)
    of_bars = _within(np.asarray(cv2.integral(bars), np.int32), places)
    columns = np.array([bars[y0:y1, x0:x1].any(axis=0).sum() for x0, y0, x1, y1 in places.tolist()])
    alone = of_bars >= np.maximum(1, ALL * _within(dark, places))
    return np.asarray(alone & (columns >= UNDER_BAR * (places[:, 2] - places[:, 0])), np.bool_)


def _solid(filled: NDArray[np.bool_], letters: Letters, ink: PageInk, least: float) -> NDArray[np.bool_]:
    """Which of the letters whose boxes are full of ink are covered by it: what is darker than `least`."""
    found = np.zeros(len(filled), np.bool_)
    beyond = round(BORDER * ink.letter)
    for at in np.flatnonzero(filled):
        left, top, right, bottom = letters.boxes[at].astype(int).tolist()
        shades = ink.image[top:bottom, max(0, left - beyond) : right + beyond]
        found[at] = shades.size > 0 and float(np.percentile(shades, 70)) < least
    return found
