"""Does a page's text layer account for what is printed on it?

A text layer may leave things out that everybody sees: a stamp, text drawn as curves. The page image tells, by ink of
letter size without a glyph. Letters in a picture are no text that the layer could have; a page of which most letters
stand in pictures is a scan, and the layer a stamp on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.box import Box
from ocr.image import orientation
from ocr.image.prepare import Prepared
from ocr.image.quality import thumbnail_and_ink

AROUND = 2
"""Pixels of the thumbnail by which a letter's box is taken larger: outlines are exact, the image is a raster."""

FEWEST_LETTERS = 20
"""Pieces of letter size in a picture from which it seems to hold writing: emblems have up to ten."""


@dataclass(frozen=True, slots=True)
class InkCoverage:
    """Pieces of ink of letter size on the image: how many lie in a glyph's box (`written`), in no glyph's box but in a
    picture (`pictured`), and in neither (`strange`). `lettered`: the pictures that seem to hold writing."""

    written: int
    pictured: int
    strange: int
    lettered: tuple[Box, ...] = ()

    @property
    def letters(self) -> int:
        """All of them."""
        return self.written + self.pictured + self.strange


def ink_coverage(prepared: Prepared, boxes: Sequence[Box], pictures: Sequence[Box]) -> InkCoverage:
    """Hold the boxes of a text layer's letters and of the page's pictures, in the page image's frame, against the ink
    of the page."""
    small, mask = thumbnail_and_ink(prepared.image)
    scale = small.scale
    covered = _painted(prepared, boxes, scale)
    drawn = _painted(prepared, pictures, scale)
    counts = [0, 0, 0]
    outside = []
    for edges in orientation.pieces(mask).letters():
        left, top, right, bottom = (round(edge / scale) for edge in edges)
        place = prepared.to_page(Box(left, top, right, bottom))
        across, down = (place.left + place.right) / 2, (place.top + place.bottom) / 2
        x = min(int(across * scale), covered.shape[1] - 1)
        y = min(int(down * scale), covered.shape[0] - 1)
        kind = 0 if covered[y, x] else 1 if drawn[y, x] else 2
        counts[kind] += 1
        if kind == 1:
            outside.append((across, down))
    lettered = tuple(
        picture
        for picture in pictures
        if sum(picture.left <= x < picture.right and picture.top <= y < picture.bottom for x, y in outside)
        >= FEWEST_LETTERS
    )
    return InkCoverage(counts[0], counts[1], counts[2], lettered)


def _painted(prepared: Prepared, boxes: Sequence[Box], scale: float) -> NDArray[np.bool_]:
    """The boxes, a little larger, as a mask of the thumbnail."""
    mask = np.zeros((round(prepared.height * scale) + 2, round(prepared.width * scale) + 2), bool)
    for box in boxes:
        left, top, right, bottom = (
            round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)
        )
        mask[max(0, top - AROUND) : bottom + AROUND + 1, max(0, left - AROUND) : right + AROUND + 1] = True
    return mask
