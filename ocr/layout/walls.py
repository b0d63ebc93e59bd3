"""What stands between letters on one baseline and parts them, so that they are of two stretches or lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from model.box import Box

_SIGN = 1.3  # letter heights: how far up a leader or a check box parts letters


@dataclass(frozen=True, slots=True)
class KnownDrawing:
    """What is known of a page before its lines are looked for.

    `cells`: boxes that lines end at, a table's cells. `rules`: upright rules that lines end at. `signs`: leaders and
    check boxes, which stand between the stretches of a line.
    """

    cells: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    signs: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Gutters:
    """The white between columns of running text, on the page turned level, whose lines have that slope."""

    boxes: tuple[Box, ...]
    slope: float

    def part(self, right: float, left: float, y: float, slack: float) -> bool:
        """Whether one lies between what ends at column `right` and what begins at `left`, at row `y`.

        `slack`: by how many pixels letters may reach into it.
        """
        shift, level = self.slope * y, y - self.slope * left
        return any(
            one.top <= level < one.bottom
            and right + shift <= one.left + slack
            and left + shift >= one.right - slack
            for one in self.boxes
        )


class Walls:
    """What stands between letters of one line and parts them: the sides of cells, upright rules, leaders and check
    boxes, gutters. `letter`: the usual height of a consonant, in pixels."""

    def __init__(self, drawn: KnownDrawing, gutters: Gutters, letter: float) -> None:
        walls = [(float(x), cell.top, cell.bottom) for cell in drawn.cells for x in (cell.left, cell.right)]
        walls += [((rule.left + rule.right) / 2, rule.top, rule.bottom) for rule in drawn.rules]
        # A leader lies at the feet of the letters beside it.
        walls += [
            ((sign.left + sign.right) / 2, min(sign.top, round(sign.bottom - _SIGN * letter)), sign.bottom)
            for sign in drawn.signs
        ]
        self._walls = sorted(walls)
        self._at = [x for x, _, _ in self._walls]
        self._gutters = gutters

    def part(self, right: float, left: float, y: float, slack: float) -> bool:
        """Whether a wall stands between what ends at column `right` and what begins at `left`, at row `y`.

        `slack`: by how many pixels letters may reach over a wall.
        """
        if self._gutters.part(right, left, y, slack):
            return True
        first, last = bisect_left(self._at, right - slack), bisect_right(self._at, left + slack)
        return any(top <= y < bottom for _, top, bottom in self._walls[first:last])
