"""From the pixels of a thumbnail to those of its image and back: the one way, so that places found on either agree."""

from __future__ import annotations

from collections.abc import Sequence

from model.box import Box

Edges = tuple[int, int, int, int]


def edges_of(box: Box) -> Edges:
    """A box as left, top, right, bottom."""
    return box.left, box.top, box.right, box.bottom


def in_image(edges: Sequence[float], scale: float) -> Box:
    """The box in an image of edges (left, top, right, bottom) on its thumbnail, which has `scale` pixels for each of
    the image's."""
    left, top, right, bottom = (round(edge / scale) for edge in edges)
    return Box(left, top, right, bottom)


def on_thumbnail(box: Box, scale: float) -> Edges:
    """The edges on a thumbnail of a box in its image; `scale` as in `in_image`."""
    left, top, right, bottom = (round(edge * scale) for edge in edges_of(box))
    return left, top, right, bottom
