"""Lines that are printed aslant, such as those of a stamp: the frame in which their letters stand in a row.

A box around such a line reaches into the lines beside it, and text laid along the page would lie over none of its
letters. How a line runs is seen from where its letters stand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from model.box import Box
from model.geometry import Affine, to_upright
from model.page import Page
from reports.laid_out import LaidOutLine

STRAIGHT = Affine(1, 0, 0, 0, 1, 0)
"""The map of a line that is not aslant."""

LETTER = re.compile(r"[ก-ฮ0-9๐-๙A-Za-z]")
"""What stands on a line and says how high it is."""

_LEAST_ASLANT = 2.5
"""Degrees. Of straight lines a few letters stand that much askew, and text that is turned by less lies on its letters
all the same."""
_MOST_ASLANT = 22.0
"""Degrees. Text that is turned by 30 and more poppler takes apart into words, or letters: it is laid level."""
_FEWEST = 4  # letters that show a direction
_RISE = 0.5  # letter heights by which a line has to rise or fall from end to end


@dataclass(frozen=True, slots=True)
class LineFrame:
    """A line's characters in a frame in which it is level: `boxes` in pixels of it, `turn` its map to the upright frame
    of the page image."""

    boxes: tuple[Box | None, ...]
    turn: Affine = STRAIGHT


def line_frame(line: LaidOutLine, page: Page) -> LineFrame:
    """The frame of a line: the upright one of the page image, unless its letters say that it is printed aslant."""
    upright = tuple(
        one.box and to_upright(one.box, page.preparation, page.width, page.height) for one in line.characters
    )
    letters = [
        box for one, box in zip(line.characters, upright, strict=True) if box and LETTER.match(one.character)
    ]
    angle = _angle(letters)
    if not angle:
        return LineFrame(upright)
    cosine, sine = math.cos(angle), math.sin(angle)
    return LineFrame(
        tuple(box and _turned(box, cosine, sine) for box in upright),
        Affine(cosine, -sine, 0, sine, cosine, 0),
    )


def _angle(letters: Sequence[Box]) -> float:
    """By how much a line runs downwards, in radians clockwise; 0 for one that is level."""
    if len(letters) < _FEWEST:
        return 0.0
    part = max(2, len(letters) // 3)
    (first_x, first_y), (last_x, last_y) = _middle(letters[:part]), _middle(letters[-part:])
    across, down = last_x - first_x, last_y - first_y
    if abs(down) < _RISE * median(box.height for box in letters):
        return 0.0
    found = math.atan2(down, across)
    return found if _LEAST_ASLANT <= abs(math.degrees(found)) <= _MOST_ASLANT else 0.0


def _middle(letters: Sequence[Box]) -> tuple[float, float]:
    return (
        median((box.left + box.right) / 2 for box in letters),
        median((box.top + box.bottom) / 2 for box in letters),
    )


def _turned(box: Box, cosine: float, sine: float) -> Box:
    """A box of the upright frame in that of a line: its middle in its place, and as large as it was."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    middle, level = cosine * x + sine * y, cosine * y - sine * x
    left, top = round(middle - box.width / 2), round(level - box.height / 2)
    return Box(left, top, left + box.width, top + box.height)
