"""Dark grounds with light letters, such as the heads of tables: turned into dark letters on the page's paper.

Readers look for dark ink. What is turned is a solid rectangle at least as high as a line, with something light in it;
photographs are none, for their light and dark has no one ground.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.image.scale import edges_of, in_image
from ocr.image.shades import level_below, shades

GROUND = (3.0, 1.4)
"""In letter heights: a ground is at least so wide and high."""

LETTERING = 0.9
"""In letter heights: strokes of letters on a ground are narrower, and so is the white within and between them."""

SOLID = 0.85
"""Share of its rectangle that a ground fills, its letters too."""

DARK, LIGHT = 0.45, 0.45
"""Of the way from the page's ink to its paper: a ground is darker than the first. Letters on it are lighter than the
second, of the way from the ground to the paper."""

LETTERED = (0.003, 0.45)
"""Share of a ground that its letters take."""

TWO_LETTERS = 0.3
"""In letter heights, square: so much at least is light on a ground, which a bar's ragged edge is not."""

EDGE = 0.3
"""In letter heights: at its sides a ground is dark over so many columns at least; an upright stroke beside it is
narrower."""

EVEN = 0.12
"""Of the same way: how far apart the quarters of a ground's own grey may lie."""

BETWEEN = 0.25
"""Share of a row of pixels of a ground that is dark at least: in rows between two grounds less is."""

MOSTLY = 0.6
"""Share of the pixels around the middle of a ground that are dark; in print they are one in three at most."""

Grey = NDArray[np.uint8]


def dark_grounds(small: Grey, letter_height: float) -> tuple[Box, ...]:
    """The dark grounds with light letters of a page's thumbnail, in its pixels, from the top.

    `letter_height` is that of the page's letters, 0 where it has none.
    """
    if letter_height <= 0:
        return ()
    counts = shades(small)
    ink, paper = level_below(counts, 0.01), level_below(counts, 0.95)
    dark = (small < ink + DARK * (paper - ink)).astype(np.uint8)
    window, middles = _middles(dark, letter_height)
    if not middles.any():
        return ()
    size = max(3, round(LETTERING * letter_height)) | 1
    filled = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    # Print close by is filled, too: lines over and under a ground are no part of it.
    near = cv2.dilate(middles.astype(np.uint8), np.ones((window[1], window[0]), np.uint8))
    filled = cv2.bitwise_and(filled, near)
    solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((window[1], window[0]), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4, ltype=cv2.CV_32S)
    boxes: list[Box | None] = []
    for number, (left, top, wide, high, _) in enumerate(stats[1:].tolist(), 1):
        place = slice(top, top + high), slice(left, left + wide)
        own = labels[place] == number
        for first, last in _even_rows(own & (dark[place] > 0), own, letter_height):
            columns = np.flatnonzero(own[first:last].any(axis=0))
            box = Box(left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last)
            within = slice(box.top, box.bottom), slice(box.left, box.right)
            if (labels[within] == number).mean() >= SOLID and middles[within].any():
                boxes.append(_trimmed(dark, box, letter_height))
    lettered = (
        box
        for box in boxes
        if box is not None
        and box.height >= window[1]
        and _is_lettered(small[box.top : box.bottom, box.left : box.right], ink, paper, letter_height)
    )
    return tuple(sorted(lettered, key=lambda box: (box.top, box.left)))


def bars(small: Grey, letter_height: float) -> NDArray[np.bool_]:
    """Where a page's thumbnail is dark all around, whatever is on it: `letter_height` as for `dark_grounds`."""
    counts = shades(small)
    ink, paper = level_below(counts, 0.01), level_below(counts, 0.95)
    window, middles = _middles((small < ink + DARK * (paper - ink)).astype(np.uint8), letter_height)
    around = np.ones((2 * window[1] + 1, 2 * window[0] + 1), np.uint8)
    return np.asarray(cv2.dilate(middles.astype(np.uint8), around) > 0)


def _middles(dark: Grey, letter_height: float) -> tuple[tuple[int, int], NDArray[np.bool_]]:
    """How wide and high a ground is at least, in pixels, and where the middles of such are mostly dark."""
    window = (max(3, round(GROUND[0] * letter_height)), max(3, round(GROUND[1] * letter_height)))
    return window, np.asarray(cv2.blur(dark * np.uint8(255), window) > MOSTLY * 255)


def _even_rows(
    dark: NDArray[np.bool_], own: NDArray[np.bool_], letter_height: float
) -> list[tuple[int, int]]:
    """The rows of each ground among those that hang together: between grounds is paper, or their sides are elsewhere.

    `own` are the pixels that hang together, `dark` those of them that are dark.
    """
    known = dark.sum(axis=1) >= BETWEEN * own.sum(axis=1)
    left, right = own.argmax(axis=1), own[:, ::-1].argmax(axis=1)
    same = (np.abs(np.diff(left)) < letter_height) & (np.abs(np.diff(right)) < letter_height)
    found, start = [], 0
    for row in range(1, len(known) + 1):
        if row == len(known) or not same[row - 1] or known[row] != known[start]:
            if known[start]:
                found.append((start, row))
            start = row
    return found


def _trimmed(dark: Grey, box: Box, letter_height: float) -> Box | None:
    """The box without rows and columns at its edges that are not mostly dark: print beside the ground; None where all
    are such."""
    part = dark[box.top : box.bottom, box.left : box.right]
    rows = np.flatnonzero(part.mean(axis=1) >= MOSTLY)
    if not len(rows):
        return None
    dark_columns = (part[rows[0] : rows[-1] + 1].mean(axis=0) >= MOSTLY).astype(np.uint8)
    edge = np.ones((1, max(1, round(EDGE * letter_height))), np.uint8)
    columns = np.flatnonzero(cv2.morphologyEx(dark_columns[None], cv2.MORPH_OPEN, edge)[0])
    if not len(columns):
        return None
    left, top = box.left + int(columns[0]), box.top + int(rows[0])
    return Box(left, top, box.left + int(columns[-1]) + 1, box.top + int(rows[-1]) + 1)


def _is_lettered(part: Grey, ink: int, paper: int, letter_height: float) -> bool:
    """Whether a dark part of a page has one ground with light letters on it."""
    ground = part[part < ink + DARK * (paper - ink)]
    low, middle, high = np.percentile(ground, (25, 50, 75))
    light = part > max(middle + LIGHT * (paper - middle), ink + DARK * (paper - ink))
    lettered = LETTERED[0] <= float(light.mean()) <= LETTERED[1]
    lettered &= float(light.sum()) >= TWO_LETTERS * letter_height**2
    return lettered and float(high - low) <= EVEN * (paper - ink)


def turned_light(image: Grey, grounds: tuple[Box, ...], scale: float) -> Grey:
    """The image with the grounds as light as its paper and their letters as dark as its ink.

    `scale`: pixels of the thumbnail, in which the grounds' boxes are, for each of the image. The soft edge of a ground
    stays as a rule around it.
    """
    counts = shades(image)
    ink, paper = level_below(counts, 0.01), level_below(counts, 0.95)
    turned = image.copy()
    for box in grounds:
        place = in_image(edges_of(box), scale)
        part = turned[place.top : place.bottom, place.left : place.right].astype(np.float32)
        dark, light = np.percentile(part, (40, 99))
        fitted = paper - (part - dark) * ((paper - ink) / max(float(light - dark), 1.0))
        turned[place.top : place.bottom, place.left : place.right] = fitted.clip(0, 255).astype(np.uint8)
    return turned
