"""What is stamped or typed on a blank stands in the blank's line, though its letters stand on no baseline with it."""

from __future__ import annotations

from collections.abc import Sequence

from model.box import Box
from ocr.layout.line_stretch import LineStretch, Row

OVER = 1.6
"""In letter heights: how far above a leader the feet of what is written on it are. Lines of text are farther apart."""

ON = 0.5
"""In letter heights: how far from a leader's foot the baseline of the words before it is."""

BEFORE = 1.5
"""In letter heights: the white between the words of a line and its leader."""

BESIDE = 1.0
"""In letter heights: what is written may begin so far behind the last dot that can be seen, and end so far behind."""

HELD = 0.7
"""Share of its width that lies over the leader, unless it begins behind it."""


def fillings(rows: Sequence[Row], leaders: Sequence[Box], letter: float) -> dict[tuple[int, int], int]:
    """For each stretch that is written on a blank of another line, by the numbers of its line and its place there, the
    number of that line.

    `leaders` are the boxes of the page's rows of dots and blanks, `letter` the usual height of a consonant.
    """
    found: dict[tuple[int, int], int] = {}
    held = [list(row) for row in rows]
    for leader in sorted(leaders):
        host = _line_of(leader, rows, letter)
        if host is None:
            continue
        for at, row in enumerate(rows):
            for place, stretch in enumerate(row):
                if at == host or (at, place) in found or not _is_on(stretch, leader, letter):
                    continue
                alone = all(_white(stretch, other) > BEFORE * letter for other in row if other is not stretch)
                if alone and all(_white(stretch, other) > 0 for other in held[host]):
                    found[at, place] = host
                    held[host].append(stretch)
    return found


def _line_of(leader: Box, rows: Sequence[Row], letter: float) -> int | None:
    """The number of the line in which a leader follows words."""
    for at, row in enumerate(rows):
        for word in row:
            white = leader.left - word.right
            level = abs(word.baseline.at(leader.left) - leader.bottom)
            if -letter / 2 <= white <= BEFORE * letter and level <= ON * letter:
                return at
    return None


def _is_on(stretch: LineStretch, leader: Box, letter: float) -> bool:
    """Whether letters stand over a leader, or close behind what can be seen of it."""
    over = leader.bottom - stretch.foot
    if not 0 <= over <= OVER * letter:
        return False
    shared = min(stretch.right, leader.right) - max(stretch.left, leader.left)
    return (
        shared >= HELD * (stretch.right - stretch.left)
        or -letter / 2 <= stretch.left - leader.right <= BESIDE * letter
    )


def _white(one: LineStretch, other: LineStretch) -> float:
    """The white between two stretches sideways, negative where they overlap."""
    return max(one.left - other.right, other.left - one.right)
