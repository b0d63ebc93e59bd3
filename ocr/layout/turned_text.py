"""Text turned by a quarter of a turn on an upright page, as in the heads and first columns of tables: where it may be.

Its letters stand in a row up the page as others do along it, and nearer to each other than the digits of a column do.
Whether it is text, who reads it must say.
"""

from __future__ import annotations

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

AROUND = 0.5
"""In letter heights: how far marks of its letters may stand beside them."""


def turned_text(found: Components, size: float) -> tuple[Box, ...]:
    """The places where lines of turned text may stand, column by column and up the page, as most of them run.

    They are in the pixels of the mask whose components are `found`; `size` is the height of a letter in these pixels.
    """
    if size <= 0 or not len(found.areas):
        return ()
    height, width = found.labels.shape
    level = neighbours_on_baseline(found.edges, (height, width), size)
    edges = found.edges[level < STANDING]
    upright = neighbours_on_baseline(turned_edges(edges, height), (width, height), size)
    edges = edges[upright >= STANDING]
    places = []
    for group in near_groups(edges, size, NEAR):
        left, top = edges[group, :2].min(axis=0)
        right, bottom = edges[group, 2:].max(axis=0)
        slender = bottom - top >= SLENDER * (right - left) and right - left <= WIDEST * size
        if len(group) >= FEWEST and slender:
            places.append(
                Box(
                    max(0, round(left - AROUND * size)),
                    max(0, round(top - AROUND * size)),
                    min(width, round(right + AROUND * size)),
                    min(height, round(bottom + AROUND * size)),
                )
            )
    return tuple(sorted(places, key=lambda box: (round(box.left / (WIDEST * size)), -box.bottom)))
