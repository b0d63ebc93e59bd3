"""A stroke alone that leans to the right: between the blanks of a date it is read as a digit and told by its ink."""

from __future__ import annotations

import numpy as np

from ocr.layout.ink import PageInk
from ocr.layout.line_stretch import LineStretch

TALL = 0.8
"""In letter heights: a slash is so high at least."""

LEANS = (0.15, 1.0)
"""How far its head is right of its foot, as a share of its height."""

THIN = 0.3
"""Share of its height that it is wide in any row: a digit has a bar, a bowl or a flag."""

STRAIGHT = 0.05
"""Share of its height by which the middles of its rows lie beside a straight line, in the mean."""


def is_slash(ink: PageInk, stretch: LineStretch) -> bool:
    """Whether a stretch of a line is one straight stroke from the lower left to the upper right."""
    if len(stretch.pieces) != 1:
        return False
    piece = int(stretch.pieces[0])
    if ink.high[piece] < TALL * stretch.baseline.letter:
        return False
    left, top = int(ink.left[piece] * ink.across), int(ink.top[piece] * ink.down)
    right = int((ink.left[piece] + ink.wide[piece]) * ink.across) + 1
    own = ink.labels[top : int(ink.foot[piece] * ink.down) + 1, left : right + 1] == piece
    own = own[own.any(axis=1)]
    high = len(own)
    if high < 2:
        return False
    columns = np.arange(own.shape[1])
    first, last = own.argmax(axis=1), own.shape[1] - 1 - own[:, ::-1].argmax(axis=1)
    if (last - first + 1).max() > max(3.0, THIN * high):
        return False
    middle = (own * columns).sum(axis=1) / own.sum(axis=1)
    slope, start = np.polyfit(np.arange(high), middle, 1)
    beside = float(np.abs(middle - slope * np.arange(high) - start).mean())
    return bool(LEANS[0] <= -slope <= LEANS[1] and beside <= max(0.5, STRAIGHT * high))
