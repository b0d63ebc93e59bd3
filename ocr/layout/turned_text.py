"""Text turned by a quarter of a turn on an upright page, as in the heads and first columns of tables: where it may be.

Its letters stand in a row up the page as others do along it, and nearer to each other than the digits of a column do.
Whether it is text, who reads it must say.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.image.components import Components
from ocr.image.orientation import turned_edges
from ocr.layout.near_groups import near_groups
from ocr.layout.print_rows import STANDING, neighbours_on_baseline

NEAR = (0.2, 0.8)
"""In letter heights, across and up the page: letters of one turned line are nearer to each other."""

FEWEST = 4
"""So many letters make a turned line."""

SLENDER = 2.5
"""How many times longer than wide it is, at least."""

WIDEST = 2.6
"""In letter heights: the width of one line, with marks and descenders."""

LETTER, LONGEST = (0.6, 2.2), 8.0
"""In letter heights: how wide a turned letter is, and letters that have run together are long at most."""

SIGNS = 2
"""So many signs may stand before and behind them."""

AROUND = 0.5
"""In letter heights: how far marks of its letters may stand beside them."""


def turned_text(found: Components, size: float, standing: NDArray[np.bool_]) -> tuple[Box, ...]:
    """The places where lines of turned text may stand, column by column and up the page, as most of them run.

    They are in the pixels of the mask whose components are `found`; `size` is the height of a letter in these pixels,
    `standing` says which components stand in level rows of print.
    """
    if size <= 0 or not len(found.areas):
        return ()
    height, width = found.labels.shape
    letters = (
        (found.widths >= LETTER[0] * size)
        & (found.widths <= LETTER[1] * size)
        & (found.heights <= LONGEST * size)
    )
    edges = found.edges[letters & ~standing]
    columns = [group for group in near_groups(edges, size, NEAR) if _is_column(edges[group], size)]
    if not columns:
        return ()
    upright = neighbours_on_baseline(turned_edges(edges, height), (width, height), size) >= STANDING
    around = AROUND * size
    places = []
    for group in columns:
        own = edges[group[upright[group]]]
        if not _is_column(own, size):
            continue
        own = _with_signs(own, found.edges[~standing], size)
        left, top = np.maximum(own[:, :2].min(axis=0) - around, 0)
        right, bottom = np.minimum(own[:, 2:].max(axis=0) + around, (width, height))
        places.append(Box(round(left), round(top), round(right), round(bottom)))
    return tuple(sorted(places, key=lambda box: (round(box.left / (WIDEST * size)), -box.bottom)))


def _with_signs(own: NDArray[np.float64], every: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """The letters of a turned line and the smaller signs before and behind them: sara a is two, of half a letter."""
    across = (every[:, 0] + every[:, 2]) / 2
    inside = (across >= own[:, 0].min()) & (across <= own[:, 2].max()) & (every[:, 2] - every[:, 0] <= size)
    signs = every[inside & (every[:, 3] - every[:, 1] <= LONGEST * size)]
    for _ in range(SIGNS):
        top, bottom = own[:, 1].min(), own[:, 3].max()
        near = (signs[:, 1] <= bottom + NEAR[1] * size) & (signs[:, 3] >= top - NEAR[1] * size)
        own = np.concatenate((own, signs[near & ((signs[:, 1] < top) | (signs[:, 3] > bottom))]))
    return own


def _is_column(edges: NDArray[np.float64], size: float) -> bool:
    """Whether letters make a line up or down the page by their number and the shape of the place that they take."""
    if len(edges) < FEWEST:
        return False
    wide, high = edges[:, 2:].max(axis=0) - edges[:, :2].min(axis=0)
    return bool(high >= SLENDER * wide and wide <= WIDEST * size)
