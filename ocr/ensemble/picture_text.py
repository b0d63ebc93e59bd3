"""The letters in the pictures of a page whose text they are no part of: read apart, each picture's as its own text.

A picture is read as a page by itself, so that its letters are found whatever their size. What is not surely read is
left out: a map or a photograph is full of strokes that are like letters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np

from model import geometry
from model.box import Box
from model.errors import PageError
from model.mark import Mark, MarkKind
from model.page import Reading
from ocr.image.prepare import Prepared, prepare_pixels

ReadPicture = Callable[[Prepared], Sequence[Reading]]
"""Reads a picture that was made ready as a page is; what stands comes first."""

SURE = 0.85
"""Mean confidence of a line's letters from which it is taken for writing."""

SHORTEST = 2
"""Letters of a line at least."""

LEAST = 24
"""Pixels: a picture that is lower or narrower holds no line."""


def with_picture_text(reading: Reading, prepared: Prepared, read: ReadPicture, dpi: float) -> Reading:
    """A reading whose marks of pictures say what is read in them; the page image has `dpi` pixels to the inch.

    Raises:
        ChamraError: what has nothing to do with the picture, such as a missing program.
    """
    if all(mark.kind is not MarkKind.PICTURE for mark in reading.marks):
        return reading
    return replace(reading, marks=tuple(_told(mark, prepared, read, dpi) for mark in reading.marks))


def _told(mark: Mark, prepared: Prepared, read: ReadPicture, dpi: float) -> Mark:
    if mark.kind is not MarkKind.PICTURE or mark.box is None:
        return mark
    return replace(mark, text=picture_text(mark.box, prepared, read, dpi))


def picture_text(box: Box, prepared: Prepared, read: ReadPicture, dpi: float) -> str:
    """What is surely read in a picture of the page, line by line; `box` is in pixels of the page image,
    which has `dpi` of them to the inch."""
    place = geometry.to_upright(box, prepared.preparation, prepared.width, prepared.height)
    part = prepared.image[max(0, place.top) : place.bottom, max(0, place.left) : place.right]
    if min(part.shape) < LEAST:
        return ""
    try:
        readings = read(prepare_pixels(np.ascontiguousarray(part), dpi))
    except PageError:
        return ""
    return "\n".join(_sure_lines(readings[0])) if readings else ""


def _sure_lines(reading: Reading) -> list[str]:
    lines = []
    for line in reading.lines:
        span = range(line.span.start, line.span.end)
        sure = [c for at in span if (c := reading.confidences[at]) is not None]
        letters = sum(reading.text[at].isalnum() for at in span)
        if letters >= SHORTEST and sure and fmean(sure) >= SURE:
            lines.append(reading.text[line.span.start : line.span.end])
    return lines
