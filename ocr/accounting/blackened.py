"""Places of a page that are blacked out: solid black bars with nothing in them. What lies under them is nobody's."""

from __future__ import annotations

import cv2
import numpy as np

from model.account import InkKind
from ocr.accounting.places import InkGroup
from ocr.layout.ink import PageInk

BLACK = 0.4
"""Of the paper's grey level: bars are darker throughout."""

SIZE = ((1.5, 0.7), (100.0, 8.0))
"""In letter heights: bars are so wide and high at least, and at most."""

FULL = 0.93
"""Share of its box that is black in a bar: white letters on a dark ground leave less, and a picture does."""

STROKE = 0.5
"""In letter heights: no stroke of a letter is so thick both ways, nor a rule."""


def blackened(ink: PageInk) -> list[InkGroup]:
    """The bars of a page, each as one group."""
    black = (ink.sketch < BLACK * np.percentile(ink.sketch[::4, ::4], 90)).astype(np.uint8)
    across, down = (max(2, round(STROKE * ink.letter * scale)) for scale in (ink.across, ink.down))
    solid = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((down, across), np.uint8))
    if not solid.any():
        return []
    outlines, _ = cv2.findContours(np.asarray(solid, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    (least_wide, least_high), (most_wide, most_high) = SIZE
    for x, y, wide, high in map(cv2.boundingRect, outlines):
        area = cv2.countNonZero(solid[y : y + high, x : x + wide])
        left, top, right, bottom = (
            x / ink.across,
            y / ink.down,
            (x + wide) / ink.across,
            (y + high) / ink.down,
        )
        fits = least_wide <= (right - left) / ink.letter <= most_wide
        if fits and least_high <= (bottom - top) / ink.letter <= most_high and area >= FULL * wide * high:
            found.append(InkGroup(InkKind.BLACKENED, left, top, right, bottom, float(area)))
    return found
