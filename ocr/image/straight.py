"""Straight strokes of a mask, however long, in a time that does not grow with their length.

OpenCV takes the minimum and the maximum over a long line of pixels one pixel after the other; here they are taken over
lengths that double, and the maximum only where a stroke is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]


def level_strokes(mask: Mask, length: int) -> Mask:
    """What of a mask lies in runs of so many pixels across: OpenCV's opening with a line of ones, pixel by pixel."""
    inner = _over(mask, length, np.minimum, 255)
    found = np.zeros_like(mask)
    rows = np.flatnonzero(inner.any(axis=1))
    if len(rows):
        found[rows] = _over(inner[rows], length, np.maximum, 0)
    return found


def upright_strokes(mask: Mask, length: int) -> Mask:
    """The same down the mask."""
    inner = _over(mask, length, np.minimum, 255, down=True)
    found = np.zeros_like(mask)
    columns = np.flatnonzero(inner.any(axis=0))
    if len(columns):
        found[:, columns] = _over(inner[:, columns], length, np.maximum, 0, down=True)
    return found


def _over(mask: Mask, length: int, of_two: np.ufunc, outside: int, *, down: bool = False) -> Mask:
    """For each pixel the minimum or maximum `of_two` of the `length` pixels around it in its row, or column, its own
    the first of the second half of them; the image goes on as `outside`."""
    height, width = mask.shape
    before, more = length // 2, length - 1
    shape = (height + more, width) if down else (height, width + more)
    sheet = np.full(shape, outside, np.uint8)
    top, left = (before, 0) if down else (0, before)
    sheet[top : top + height, left : left + width] = mask
    # As one row of pixels: what runs over the end of a row is in the margin, which is left out in the end.
    now, free = sheet.ravel(), np.empty(sheet.size, np.uint8)
    end, taken = sheet.size, 1
    while taken < length:
        step = min(taken, length - taken)
        taken += step
        step *= width if down else 1
        of_two(now[: end - step], now[step:end], out=free[: end - step])
        end -= step
        now, free = free, now
    return now.reshape(shape)[:height, :width]
