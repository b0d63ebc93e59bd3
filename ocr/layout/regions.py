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

BREAK, WORD = 3.0, 0.6
"""In letter heights: white in a broken rule of a table, at most; and how far over a rule letters are of a word that
stands on it, between blanks."""

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
    _erase_crossed(letters, rules, letter_height)
    leaders = find_leaders(image, letters, letter_height, scale)
    boxes = find_check_boxes(mask, letter_height, scale)
    return DrawnRegions(ruled, leaders.regions, boxes, (*leaders.ink, *(region.box for region in boxes)))


def _erase_crossed(letters: Grey, rules: Ruling, letter_height: float) -> None:
    """Take out of the ink the rules across that meet rules down, such as what is left of a table's, and the pieces of a
    broken rule that go on from them: no blanks."""
    contours, _ = cv2.findContours(rules.across, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    pieces = [_RulePiece(*cv2.boundingRect(contour)) for contour in contours]
    met = [piece for piece in pieces if piece.around(rules.down).any()]
    for piece in met:
        letters[max(0, piece.top - 1) : piece.bottom + 1, piece.left : piece.right] = 0
    others = [piece for piece in pieces if piece not in met]
    while met:
        piece = met.pop()
        for other in [one for one in others if _goes_on(letters, piece, one, letter_height)]:
            both = slice(min(piece.left, other.left), max(piece.right, other.right))
            letters[max(0, min(piece.top, other.top) - 1) : max(piece.bottom, other.bottom) + 1, both] = 0
            others.remove(other)
            met.append(other)


@dataclass(frozen=True, slots=True)
class _RulePiece:
    """A rule across, or a piece of one: its place on the thumbnail."""

    left: int
    top: int
    wide: int
    high: int

    @property
    def right(self) -> int:
        return self.left + self.wide

    @property
    def bottom(self) -> int:
        return self.top + self.high

    def around(self, lines: Grey) -> Grey:
        """What is drawn where the piece is, and so near to it that it meets it."""
        near = RULE_WIDTH
        return lines[
            max(0, self.top - near) : self.bottom + near, max(0, self.left - near) : self.right + near
        ]


def _goes_on(letters: Grey, one: _RulePiece, other: _RulePiece, letter_height: float) -> bool:
    """Whether two pieces are of one rule that is broken: on one level, with paper between and no word on the rule."""
    first, second = sorted((one, other), key=lambda piece: piece.left)
    gap = second.left - first.right
    top, bottom = min(first.top, second.top), max(first.bottom, second.bottom)
    if gap > BREAK * letter_height or bottom - top > max(first.high, second.high) + RULE_WIDTH // 2:
        return False
    over = letters[
        max(0, top - round(WORD * letter_height)) : max(0, top - 1),
        first.right : max(first.right, second.left),
    ]
    return not over.any()


def without_drawing(image: Grey, ink: tuple[Box, ...]) -> Grey:
    """The image with dots, blanks and check boxes painted over with the paper around each."""
    painted = image.copy()
    for box in ink:
        left, top, right, bottom = box.left - DIRT, box.top - DIRT, box.right + DIRT, box.bottom + DIRT
        around = image[max(0, top - DIRT) : bottom + DIRT, max(0, left - DIRT) : right + DIRT]
        painted[max(0, top) : bottom, max(0, left) : right] = around.max()
    return painted
