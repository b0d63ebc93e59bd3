"""Stray spaces put into sound texts and readings, and where they went."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from model.edit import Span
from model.page import Line, Reading

RATE = 0.012
"""Strays for each place where one can be: one in eighty letters, as in bad text layers."""
_PLACE = re.compile("(?<=[\u0e01-\u0e3a\u0e45-\u0e4e])(?=[\u0e01-\u0e2f\u0e40-\u0e44])(?<!ฯ)(?!ฯ)")
"""Between two letters of Thai, not inside of what one consonant carries nor after a leading vowel."""


def strays(text: str, rng: np.random.Generator, rate: float = RATE) -> tuple[str, tuple[int, ...]]:
    """The text with stray spaces, and their offsets in it."""
    places = [match.start() for match in _PLACE.finditer(text)]
    chosen = [place for place, draw in zip(places, rng.random(len(places)), strict=True) if draw < rate]
    pieces: list[str] = []
    at = 0
    for place in chosen:
        pieces += (text[at:place], " ")
        at = place
    pieces.append(text[at:])
    return "".join(pieces), tuple(place + count for count, place in enumerate(chosen))


def strays_on_page(
    reading: Reading, rng: np.random.Generator, rate: float = RATE
) -> tuple[Reading, tuple[int, ...]]:
    """A reading with stray spaces between letters; boxes and gaps stay those of the page, so a stray has the narrow
    gap that is printed there."""
    text, places = strays(reading.text, rng, rate)
    inserted = set(places)
    origin: list[int | None] = []
    at = 0
    for offset in range(len(text)):
        origin.append(None if offset in inserted else at)
        at += offset not in inserted
    lines = []
    shift = np.searchsorted(
        np.array([p - n for n, p in enumerate(places)]), np.arange(len(reading.text) + 1), "right"
    )
    for line in reading.lines:
        start, end = line.span.start, line.span.end
        lines.append(Line(Span(start + int(shift[start]), end + int(shift[end])), line.box))
    return replace(
        reading,
        text=text,
        lines=tuple(lines),
        boxes=tuple(None if at is None else reading.boxes[at] for at in origin),
        confidences=tuple(None if at is None else reading.confidences[at] for at in origin),
        gaps=tuple(None if at is None else reading.gaps[at] for at in origin),
    ), places
