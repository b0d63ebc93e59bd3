"""How wide the white is between letters of a page, measured against how the page is set."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from correction.rule import Context

WIDE = 0.6
"""x-heights from which a gap is a space whatever the text says."""
_CONSONANTS = frozenset("กขคฆงจฉชซฌญณดตถทธนบผพภมยรลวศษสหอฮ")


@dataclass(frozen=True, slots=True)
class Print:
    """How a page is set: its x-height in pixels, and for each line where it ends in the raw text and how far
    letters stand apart in it."""

    x_height: float
    ends: tuple[int, ...]
    apart: tuple[float, ...]

    def behind(self, context: Context, place: int) -> float | None:
        """`width` of the white behind a letter of a context's text; None where it was not measured."""
        raw, gap = context.view.origin(place), context.gap(place)
        return None if raw is None or gap is None else self.width(raw, gap)

    def width(self, raw: int, gap: float) -> float:
        """How much wider a gap behind the raw letter is than between letters of its line, in x-heights."""
        line = bisect_left(self.ends, raw)
        usual = self.apart[line] if line < len(self.apart) else 0.0
        return (gap - usual) / self.x_height


def print_of(context: Context) -> Print | None:
    """How the page of a context is set; None without an image."""
    return context.shared(_print_of)


def _print_of(context: Context) -> Print | None:
    reading = context.reading
    heights = [
        box.height
        for letter, box in zip(reading.text, reading.boxes, strict=True)
        if box is not None and letter in _CONSONANTS
    ]
    if not heights:
        return None
    ends, apart = [], []
    for line in reading.lines:
        gaps = [
            gap
            for at in range(line.span.start, max(line.span.end - 1, line.span.start))
            if (gap := reading.gaps[at])
            and not reading.text[at + 1].isspace()
            and reading.text[at] in _CONSONANTS
        ]
        ends.append(line.span.end)
        apart.append(float(np.median(gaps)) if gaps else 0.0)
    return Print(max(float(np.median(heights)), 1.0), tuple(ends), tuple(apart))
