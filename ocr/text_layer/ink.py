"""Does a page's text layer account for what is printed on it?

A text layer may leave things out that everybody sees (a filled-in form, a stamp, letters in a picture, text drawn
as curves), and hold things that nobody sees. The page image tells: ink of letter size without a glyph, and
glyphs without ink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.page import Box
from ocr.image import orientation
from ocr.image.prepare import Prepared
from ocr.image.quality import thumbnail_and_ink

AROUND = 2
"""Pixels of the thumbnail by which a letter's box is taken larger: outlines are exact, the image is a raster."""

INKED = 0.02
"""Share of a letter's box that must be dark. The thinnest bar fills a tenth of its box."""


@dataclass(frozen=True, slots=True)
class InkCoverage:
    """`letters`: pieces of ink of letter size on the image, `strange`: how many of them are in no glyph's box;
    `glyphs`: glyphs with a box, `unseen`: how many of them have no ink."""

    letters: int
    strange: int
    glyphs: int
    unseen: int


def ink_coverage(prepared: Prepared, boxes: Sequence[Box]) -> InkCoverage:
    """Hold the boxes of a text layer's letters, in the page image's frame, against the ink of the page."""
    _, mask, scale = thumbnail_and_ink(prepared.image)
    found = orientation.pieces(mask).letters()
    covered = np.zeros((round(prepared.height * scale) + 2, round(prepared.width * scale) + 2), bool)
    for box in boxes:
        left, top, right, bottom = (
            round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)
        )
        covered[max(0, top - AROUND) : bottom + AROUND + 1, max(0, left - AROUND) : right + AROUND + 1] = True
    strange = 0
    for edges in found:
        left, top, right, bottom = (round(edge / scale) for edge in edges)
        place = prepared.to_page(Box(left, top, right, bottom))
        x, y = (place.left + place.right) / 2 * scale, (place.top + place.bottom) / 2 * scale
        strange += not covered[min(int(y), covered.shape[0] - 1), min(int(x), covered.shape[1] - 1)]
    how = prepared.preparation
    turned = how.quarter_turns or how.skew or how.rectification is not None
    unseen = 0 if turned else sum(not _inked(box, mask, scale) for box in boxes)
    return InkCoverage(len(found), strange, len(boxes), unseen)


def _inked(box: Box, mask: NDArray[np.uint8], scale: float) -> bool:
    left, top = int(box.left * scale), int(box.top * scale)
    right, bottom = max(left + 1, round(box.right * scale)), max(top + 1, round(box.bottom * scale))
    part = mask[top : bottom + 1, left : right + 1]
    return part.size > 0 and bool(np.count_nonzero(part) >= INKED * part.size)
