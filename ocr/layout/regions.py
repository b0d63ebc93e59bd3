"""The regions of a page that its drawing gives away before a letter is read: tables, frames, leaders, check boxes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.box import Box
from model.region import Region
from ocr.image.scale import on_thumbnail
from ocr.layout.check_boxes import find_check_boxes
from ocr.layout.leaders import find_leaders
from ocr.layout.ruling import Ruling
from ocr.layout.tables import RuledRegions, ruled_regions

RULE_WIDTH = 7
"""Thumbnail pixels: what is taken for a table's rule along the edge of a cell."""

DIRT = 2
"""Pixels of the image by which dots and boxes are painted over wider than they are."""

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class DrawnRegions:
    """What is drawn on a page rather than written, boxes in pixels of the image. `ink`: the boxes of dots, blanks and
    check boxes, to be painted over before the page is read; `strikes`: those of rules that go through letters."""

    ruled: RuledRegions
    leaders: tuple[Region, ...]
    check_boxes: tuple[Region, ...]
    ink: tuple[Box, ...]
    strikes: tuple[Box, ...] = ()

    @property
    def all(self) -> tuple[Region, ...]:
        """Tables, frames, leaders and check boxes."""
        return (*self.ruled.tables, *self.ruled.frames, *self.leaders, *self.check_boxes)


NOTHING_DRAWN = DrawnRegions(RuledRegions((), (), (), ()), (), (), ())
"""Of a page without tables, frames, leaders and check boxes."""


def drawn_regions(image: Grey, mask: Grey, rules: Ruling, letter_height: float, scale: float) -> DrawnRegions:
    """What is drawn on an upright page.

    `mask` is the ink of the image's thumbnail and `rules` its ruling lines, `letter_height` is in the thumbnail's
    pixels, `scale` the thumbnail's pixels per image pixel.
    """
    if letter_height <= 0:
        return NOTHING_DRAWN
    ruled = ruled_regions(mask, rules, letter_height, scale)
    letters = mask.copy()
    for region in (*ruled.frames, *ruled.cells):
        left, top, right, bottom = on_thumbnail(region.box, scale)
        cv2.rectangle(letters, (left, top), (right, bottom), 0, RULE_WIDTH)
    _erase_crossed(letters, rules)
    leaders = find_leaders(image, letters, letter_height, scale)
    boxes = find_check_boxes(mask, letter_height, scale)
    return DrawnRegions(ruled, leaders.regions, boxes, (*leaders.ink, *(region.box for region in boxes)))


def _erase_crossed(letters: Grey, rules: Ruling) -> None:
    """Take out of the ink the rules across that meet rules down, such as what is left of a table's: no blanks."""
    contours, _ = cv2.findContours(rules.across, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        left, top, wide, high = cv2.boundingRect(contour)
        around = rules.down[
            max(0, top - RULE_WIDTH) : top + high + RULE_WIDTH,
            max(0, left - RULE_WIDTH) : left + wide + RULE_WIDTH,
        ]
        if around.any():
            letters[max(0, top - 1) : top + high + 1, left : left + wide] = 0


def without_drawing(image: Grey, ink: tuple[Box, ...]) -> Grey:
    """The image with dots, blanks and check boxes painted over with the paper around each."""
    painted = image.copy()
    for box in ink:
        left, top, right, bottom = box.left - DIRT, box.top - DIRT, box.right + DIRT, box.bottom + DIRT
        around = image[max(0, top - DIRT) : bottom + DIRT, max(0, left - DIRT) : right + DIRT]
        painted[max(0, top) : bottom, max(0, left) : right] = around.max()
    return painted
