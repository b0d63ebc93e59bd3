"""The white between the letters of a line."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.text_layer.clusters import Cluster

AFTER_MARK = 0.5
"""In ems: how far behind its letter a mark may be drawn."""


@dataclass(frozen=True, slots=True)
class WhiteGap:
    """White between two clusters: its edges along the line, its width in ems, the em."""

    start: float
    end: float
    white: float
    em: float

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.start + self.end) / 2


def gap_between(before: Cluster, after: Cluster) -> WhiteGap:
    """The gap between the cells of two letters: more than nothing in a letter-spaced line."""
    em = max(before.letter.size, after.letter.size)
    # In letter-spaced text there is white behind each mark, too, drawn as it is behind its letter.
    ends = [mark.end for mark in before.marks if mark.end <= before.letter.end + AFTER_MARK * em]
    start, end = max([before.letter.end, *ends]), after.letter.at
    return WhiteGap(start, end, (end - start) / em, em)
