"""The connected pieces of ink of a page: what lines of text are put together from."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SKETCH = 12.0
"""Letter height in pixels that is enough to see where letters stand: finer images are made coarser for that."""

UNKNOWN_LETTER = 20.0
"""The letter height that is assumed where none could be measured, in pixels."""

PAPER = 12.0
"""Grey levels: how much darker than its surroundings ink is, at least."""

SHARE_OF_CONTRAST = 0.2
"""How much darker, of the difference between the page's ink and its paper: print on the other side is paler."""

WIDE = 2.5
"""In letter heights: wider pieces are letters that have run together."""

SLICE = 1.2
"""In letter heights: how wide the parts are that wide pieces are taken in."""

_LOWEST, _HIGHEST = 0.5, 6.0  # letter heights: what is lower is a rule or a dash, what is higher a picture


@dataclass(frozen=True, slots=True)
class PageInk:
    """The pieces of ink of a page image, numbered from 1; entry 0 is the paper.

    `left`, `top`, `wide`, `high`: their boxes in pixels of `image`. `sketch`: the image, no finer than is needed to see
    where letters stand, with `across` and `down` times its columns and rows. `labels`: the piece that each pixel of the
    sketch belongs to. `letter`: the usual height of a consonant in pixels of the image. `small`: that of the page's
    small print, 0 where it has none.
    """

    image: NDArray[np.uint8]
    sketch: NDArray[np.uint8]
    letter: float
    labels: NDArray[np.int32]
    across: float
    down: float
    left: Floats
    top: Floats
    wide: Floats
    high: Floats
    small: float = 0.0

    @property
    def middle(self) -> Floats:
        """The column of each piece's middle."""
        return self.left + self.wide / 2

    @property
    def foot(self) -> Floats:
        """The row under each piece."""
        return self.top + self.high


def page_ink(image: NDArray[np.uint8], letter: float, contrast: float, small: float = 0.0) -> PageInk:
    """The pieces of ink of a grey image.

    `letter` is the usual height of a consonant in pixels, 0 where it is not known; `contrast` is that of the page's ink
    and paper, 0 to 1; `small` is the height of the consonants of small print, 0 where there is none. Letters that have
    run together are taken in parts as wide as letters.
    """
    letter = letter if letter >= 4 else UNKNOWN_LETTER
    scale = min(1.0, SKETCH / (small or letter))
    sketch = (
        cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 0.8 else image
    )
    down = sketch.shape[0] / image.shape[0]
    block = 2 * round(2 * letter * down) + 1
    step = max(PAPER, SHARE_OF_CONTRAST * 255 * contrast)
    ink = cv2.adaptiveThreshold(sketch, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, step)
    _, found, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    labels = np.asarray(found, np.int32)
    boxes = np.asarray(stats[:, :4], np.int64)
    return ink_of_labels(image, np.asarray(sketch, np.uint8), letter, labels, boxes, small)


def ink_of_labels(
    image: NDArray[np.uint8],
    sketch: NDArray[np.uint8],
    letter: float,
    labels: NDArray[np.int32],
    boxes: NDArray[np.int64],
    small: float,
) -> PageInk:
    """The ink of an image whose sketch has those pieces: the number of each pixel's, which is changed where letters
    have run together, and left, top, width, height of each in pixels of the sketch. `letter` and `small` are those of
    `page_ink`."""
    down, across = sketch.shape[0] / image.shape[0], sketch.shape[1] / image.shape[1]
    left, top, wide, high = _in_parts(labels, boxes, letter * down).astype(np.float64).T
    return PageInk(
        image, sketch, letter, labels, across, down,
        left / across, top / down, wide / across, high / down, small,
    )  # fmt: skip


def _in_parts(labels: NDArray[np.int32], boxes: NDArray[np.int64], letter: float) -> NDArray[np.int64]:
    """The boxes, with those of wide pieces cut; the labels of the parts are changed accordingly."""
    wide, high = boxes[:, 2], boxes[:, 3]
    run_together = (wide > WIDE * letter) & (high >= _LOWEST * letter) & (high <= _HIGHEST * letter)
    run_together[0] = False
    parts: list[tuple[int, int, int, int]] = []
    for piece in np.flatnonzero(run_together).tolist():
        x, y, width, height = boxes[piece].tolist()
        window = labels[y : y + height, x : x + width]
        own = window == piece
        edges = np.linspace(0, width, max(2, round(width / (SLICE * letter))) + 1).astype(int)
        for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            rows = np.flatnonzero(own[:, first:last].any(axis=1))
            if not len(rows):
                continue
            box = (x + first, y + int(rows[0]), last - first, int(rows[-1] - rows[0]) + 1)
            if first == 0:
                boxes[piece] = box
            else:
                window[:, first:last][own[:, first:last]] = len(boxes) + len(parts)
                parts.append(box)
    return np.vstack([boxes, np.array(parts, np.int64)]) if parts else boxes
