"""How wide the white is between characters of a page, measured against how the page is set."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from correction.rule import Context

CERTAIN_SPACE = 0.6
"""x-heights from which a gap is a space whatever the text says."""
_CONSONANTS = frozenset("กขคฆงจฉชซฌญณดตถทธนบผพภมยรลวศษสหอฮ")


@dataclass(frozen=True, slots=True)
class SpacingProfile:
    """How a page is set: its x-height in pixels, and for each line at which offset of the raw text it ends and how many
    pixels its characters stand apart."""

    x_height: float
    line_ends: tuple[int, ...]
    character_gaps: tuple[float, ...]

    def gap_behind(self, context: Context, offset: int) -> float | None:
        """`relative_width` of the white behind a character of a context's text; None where it was not measured."""
        raw = context.view.origin(offset)
        gap = None if raw is None else context.reading.gaps[raw]
        return None if raw is None or gap is None else self.relative_width(raw, gap)

    def relative_width(self, raw: int, gap: float) -> float:
        """How much wider a gap (pixels) behind the character at `raw` of the raw text is than between the characters of
        its line, in x-heights."""
        line = bisect_left(self.line_ends, raw)
        ordinary = self.character_gaps[line] if line < len(self.character_gaps) else 0.0
        return (gap - ordinary) / self.x_height


def spacing_profile(context: Context) -> SpacingProfile | None:
    """How the page of a context is set; None without an image."""
    return context.shared(_of_context)


def _of_context(context: Context) -> SpacingProfile | None:
    reading = context.reading
    heights = [
        box.height
        for character, box in zip(reading.text, reading.boxes, strict=True)
        if box is not None and character in _CONSONANTS
    ]
    if not heights:
        return None
    line_ends, character_gaps = [], []
    for line in reading.lines:
        gaps = [
            gap
            for at in range(line.span.start, max(line.span.end - 1, line.span.start))
            if (gap := reading.gaps[at])
            and not reading.text[at + 1].isspace()
            and reading.text[at] in _CONSONANTS
        ]
        line_ends.append(line.span.end)
        character_gaps.append(float(np.median(gaps)) if gaps else 0.0)
    return SpacingProfile(max(float(np.median(heights)), 1.0), tuple(line_ends), tuple(character_gaps))
