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

GROUND = (6.0, 1.4)
"""In letter heights: a ground is at least so wide and high."""

LETTERING = 0.9
"""In letter heights: strokes of letters on a ground are narrower, and so is the white within and between them."""

SOLID = 0.85
"""Share of its rectangle that a ground fills, its letters too."""

DARK, LIGHT = 0.45, 0.65
"""Of the way from the page's ink to its paper: a ground is darker than the first, letters on it are lighter than the
second."""

LETTERED = (0.003, 0.45)
"""Share of a ground that its letters take."""

EVEN = 0.12
"""Of the same way: how far apart the quarters of a ground's own grey may lie."""

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
    window = (max(3, round(GROUND[0] * letter_height)), max(3, round(GROUND[1] * letter_height)))
    middles = cv2.blur(dark * np.uint8(255), window) > MOSTLY * 255
    if not middles.any():
        return ()
    size = max(3, round(LETTERING * letter_height)) | 1
    filled = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((window[1], window[0]), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4, ltype=cv2.CV_32S)
    boxes = [
        _trimmed(dark, Box(left, top, left + wide, top + high))
        for left, top, wide, high, area in stats[1:].tolist()
        if area >= SOLID * wide * high and middles[top : top + high, left : left + wide].any()
    ]
    lettered = (
        box
        for box in boxes
        if box is not None
        and box.height >= window[1]
        and _is_lettered(small[box.top : box.bottom, box.left : box.right], ink, paper)
    )
    return tuple(sorted(lettered, key=lambda box: (box.top, box.left)))


def _trimmed(dark: Grey, box: Box) -> Box | None:
    """The box without rows and columns at its edges that are not mostly dark: print beside the ground; None where all
    are such."""
    part = dark[box.top : box.bottom, box.left : box.right]
    rows = np.flatnonzero(part.mean(axis=1) >= MOSTLY)
    if not len(rows):
        return None
    columns = np.flatnonzero(part[rows[0] : rows[-1] + 1].mean(axis=0) >= MOSTLY)
    if not len(columns):
        return None
    left, top = box.left + int(columns[0]), box.top + int(rows[0])
    return Box(left, top, box.left + int(columns[-1]) + 1, box.top + int(rows[-1]) + 1)


def _is_lettered(part: Grey, ink: int, paper: int) -> bool:
    """Whether a dark part of a page has one ground with light letters on it."""
    light = part > ink + LIGHT * (paper - ink)
    ground = part[part < ink + DARK * (paper - ink)]
    low, high = np.percentile(ground, (25, 75))
    lettered = LETTERED[0] <= float(light.mean()) <= LETTERED[1]
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
