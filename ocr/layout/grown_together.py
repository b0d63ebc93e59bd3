"""Letters of a line that have grown together with a stroke of a pen through them, such as a signature's.

One piece of ink is then the stroke and the letters: no letter by its size, it would leave a hole in its line. It is cut
where the line's letters end above and below, and what lies between is letters again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.layout.ink import Floats, PageInk, ink_of_labels
from ocr.layout.line_stretch import LineStretch, Row

REACHES = (2.4, 1.1)
"""In letter heights over and under the baseline: what reaches farther than that is not of the line alone."""

BAND = (1.9, 0.3)
"""In letter heights over and under the baseline: where letters are with their marks."""

FEWEST = 8
"""So many letters make a line through which something may run."""

BESIDE = 0.35
"""In letter heights: the white beside letters of a word is narrower. What stands by itself is a word, such as a date
that was written in."""

WIDEST = 8.0
"""In letter heights: no letters that have run together are so wide."""

LEVEL, STANDING = 0.15, 0.65
"""In letter heights, how far from the baseline the feet of printed letters are, and the share of a line's letters of
which that is so, at least: what is written stands on no baseline."""

HOLE, FILLED = 0.5, 0.5
"""In letter heights, how wide is what they take in the line where it has no others; and the share of the columns there
that have ink between the baseline and the height of the letters."""

LARGEST_MARK = 1.2
"""In letter heights: what is larger, above and below the lines, is a stroke of the pen."""

MOST = 200
"""A page on which more pieces could be cut is dirt or halftone."""


Part = tuple[int, int, int, int]
"""Left, top, width and height of a part of a piece, in pixels of the sketch."""


def parted(ink: PageInk, rows: Sequence[Row]) -> PageInk | None:
    """The ink of a page with strokes cut off the letters of its lines, and the image without them; None where there are
    none such."""
    found: dict[int, list[LineStretch]] = {}
    for host in chain.from_iterable(rows):
        if _is_print(ink, host):
            for piece in _through(ink, host).tolist():
                found.setdefault(piece, []).append(host)
    if not 0 < len(found) <= MOST:
        return None
    labels = ink.labels.copy()
    boxes = np.stack(
        [ink.left * ink.across, ink.top * ink.down, ink.wide * ink.across, ink.high * ink.down], axis=1
    )
    edges = boxes.round().astype(np.int64)
    parts: list[Part] = []
    for piece, through in found.items():
        edges[piece], *others = _cut(ink, labels, piece, edges[piece], through, len(edges) + len(parts))
        parts += others
    every = np.vstack([edges, np.array(parts, np.int64).reshape(-1, 4)])
    image = _without(ink.image, (ink.labels > 0) & (labels == 0))
    return ink_of_labels(image, ink.sketch, ink.letter, labels, every, ink.small)


def _without(image: NDArray[np.uint8], strokes: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The image with strokes, pixels of its sketch, painted over with the paper around them."""
    where = cv2.dilate(strokes.astype(np.uint8), np.ones((3, 3), np.uint8))
    found = cv2.resize(where, image.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    painted = image.copy()
    if found.any():
        painted[found] = int(np.percentile(image[::7, ::7], 80))
    return painted


def _through(ink: PageInk, host: LineStretch) -> NDArray[np.intp]:
    """The pieces of ink that run through a line and hold some of its letters."""
    letter = host.baseline.letter
    base = host.baseline.base + host.baseline.slope * ink.middle
    across = (ink.top < base - letter / 2) & (ink.foot > base - letter / 2) & (ink.wide <= WIDEST * letter)
    beyond = (ink.top < base - REACHES[0] * letter) | (ink.foot > base + REACHES[1] * letter)
    possible = across & beyond
    possible[0] = False
    pieces = np.flatnonzero(possible)
    pieces = pieces[[_fills_a_hole(ink, host, piece) for piece in pieces.tolist()]]
    found = np.zeros(0, np.intp)
    while True:  # what has run together was cut in parts, of which one begins where another ends
        beside = np.setdiff1d(host.letters, pieces)
        near = pieces[_white(ink, pieces, np.concatenate([beside, found])) <= BESIDE * letter]
        if len(near) == len(found):
            return near
        found = near


def _white(ink: PageInk, pieces: NDArray[np.intp], others: NDArray[np.intp]) -> Floats:
    """The white sideways between each piece and the nearest of some others, of which it may be one."""
    left, right = ink.left[pieces][:, None], (ink.left + ink.wide)[pieces][:, None]
    white = np.maximum(ink.left[others] - right, left - (ink.left + ink.wide)[others])
    return np.asarray(white.min(axis=1, initial=np.inf), np.float64)


def _fills_a_hole(ink: PageInk, host: LineStretch, piece: int) -> bool:
    """Whether a piece has ink as letters have it where a line has no letters of its own."""
    letter = host.baseline.letter
    left, right = float(ink.left[piece]), float(ink.left[piece] + ink.wide[piece])
    base = host.baseline.at((left + right) / 2)
    rows = slice(max(0, round((base - letter) * ink.down)), max(1, round(base * ink.down)))
    first = max(0, round(left * ink.across))
    columns = (ink.labels[rows, first : max(first + 1, round(right * ink.across))] == piece).any(axis=0)
    others = host.letters[host.letters != piece]
    for x0, x1 in zip(ink.left[others], (ink.left + ink.wide)[others], strict=True):
        if x1 > left and x0 < right:
            columns[max(0, round(x0 * ink.across) - first) : max(0, round(x1 * ink.across) - first)] = False
    inked = np.flatnonzero(columns)
    if not len(inked):
        return False
    width = int(inked[-1] - inked[0]) + 1
    return bool(width >= HOLE * letter * ink.across and len(inked) >= FILLED * width)


def _is_print(ink: PageInk, host: LineStretch) -> bool:
    """Whether the letters of a line stand on its baseline, as printed ones do."""
    at = host.letters
    base = host.baseline.base + host.baseline.slope * ink.middle[at]
    standing = np.abs(ink.foot[at] - base) <= LEVEL * host.baseline.letter
    return len(at) >= FEWEST and bool(standing.mean() >= STANDING)


def _cut(
    ink: PageInk,
    labels: NDArray[np.int32],
    piece: int,
    box: NDArray[np.int64],
    through: Sequence[LineStretch],
    number: int,
) -> list[Part]:
    """Cut a piece at the edges of the lines that it runs through: its new box, then those of its other parts, which are
    numbered from `number` on in `labels`. What is outside of the lines and no mark is no ink there any more."""
    x, y, wide, high = box.tolist()
    window = labels[y : y + high, x : x + wide]
    own = window == piece
    down, columns = np.mgrid[y : y + high, x : x + wide]
    side = np.zeros(own.shape, np.uint8)
    for count, host in enumerate(through, 1):
        base = host.baseline.base + host.baseline.slope * columns / ink.across
        above, below = (base - BAND[0] * host.baseline.letter, base + BAND[1] * host.baseline.letter)
        side[(down >= above * ink.down) & (down < below * ink.down)] = count
    window[own] = 0
    boxes: list[Part] = []
    for band in range(len(through) + 1):
        mask = (own & (side == band)).astype(np.uint8)
        _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
        for at, (left, top, width, height) in enumerate(stats[1:, :4].tolist(), 1):
            if band or max(width, height) <= LARGEST_MARK * ink.letter * ink.down:
                window[found == at] = number + len(boxes) - 1 if boxes else piece
                boxes.append((x + left, y + top, width, height))
    return boxes or [(x, y, 0, 0)]
