"""Spurious spaces put into sound texts and readings, spaces taken out of them, and where."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from model.alignment import steps
from model.edit import Span
from model.page import Line, Reading

RATE = 0.012
"""Spurious spaces for each place where one can be: one in eighty characters, as in bad text layers."""
RATES = (0.0, 0.0, 0.003, RATE)
"""In turn: most texts have none."""
_PLACE = re.compile("(?<=[\u0e01-\u0e3a\u0e45-\u0e4e])(?=[\u0e01-\u0e2f\u0e40-\u0e44])(?<!ฯ)(?!ฯ)")
"""Between two Thai characters, not inside of what one consonant carries nor after a leading vowel."""

_SPACE = re.compile("(?<=[^\\s]) (?=[^\\s])")


def inject_spaces(text: str, rng: np.random.Generator, rate: float = RATE) -> tuple[str, tuple[int, ...]]:
    """The text with spurious spaces, and their offsets in it."""
    places = [match.start() for match in _PLACE.finditer(text)]
    chosen = [place for place, draw in zip(places, rng.random(len(places)), strict=True) if draw < rate]
    pieces: list[str] = []
    at = 0
    for place in chosen:
        pieces += (text[at:place], " ")
        at = place
    pieces.append(text[at:])
    return "".join(pieces), tuple(place + count for count, place in enumerate(chosen))


def inject_spaces_on_page(
    reading: Reading, rng: np.random.Generator, rate: float = RATE
) -> tuple[Reading, tuple[int, ...]]:
    """A reading with spurious spaces between characters; boxes and gaps stay those of the page, so each has the narrow
    gap that is printed there."""
    text, places = inject_spaces(reading.text, rng, rate)
    inserted = set(places)
    origin: list[int | None] = []
    at = 0
    for offset in range(len(text)):
        origin.append(None if offset in inserted else at)
        at += offset not in inserted
    return _arranged(reading, text, origin), places


def remove_spaces(
    reading: Reading, rng: np.random.Generator, proportion: float
) -> tuple[Reading, tuple[int, ...]]:
    """A reading with some of its spaces taken out, and the characters behind which they were; boxes and
    gaps stay those of the page."""
    text = reading.text
    places = [match.start() for match in _SPACE.finditer(text)]
    gone = {place for place, draw in zip(places, rng.random(len(places)), strict=True) if draw < proportion}
    origin: list[int | None] = [at for at in range(len(text)) if at not in gone]
    lost = tuple(place - 1 - count for count, place in enumerate(sorted(gone)))
    return _arranged(reading, "".join(text[at] for at in origin if at is not None), origin), lost


def lost_spaces(raw: str, truth: str) -> set[int]:
    """The characters of a reading behind which the truth has a space and it has none."""
    ours = [at for at, letter in enumerate(raw) if not letter.isspace()]
    theirs = [at for at, letter in enumerate(truth) if not letter.isspace()]
    lost = set()
    for step in steps([raw[at] for at in ours], [truth[at] for at in theirs]):
        if not step.equal:
            continue
        for at in range(step.end - step.start - 1):
            here, there = ours[step.start + at], theirs[step.other_start + at]
            between = truth[there + 1 : theirs[step.other_start + at + 1]]
            if between and not between.strip(" ") and ours[step.start + at + 1] == here + 1:
                lost.add(here)
    return lost


def _arranged(reading: Reading, text: str, origin: list[int | None]) -> Reading:
    """A reading with its characters in other places: where each comes from, None for one that is new."""
    known = np.array([at for at in origin if at is not None])
    place = np.flatnonzero([at is not None for at in origin])

    def moved(offset: int) -> int:
        at = int(np.searchsorted(known, offset))
        return int(place[at]) if at < len(place) else len(text)

    lines = tuple(
        Line(Span(moved(line.span.start), moved(line.span.end)), line.box) for line in reading.lines
    )
    return replace(
        reading,
        text=text,
        lines=lines,
        boxes=tuple(None if at is None else reading.boxes[at] for at in origin),
        confidences=tuple(None if at is None else reading.confidences[at] for at in origin),
        gaps=tuple(None if at is None else reading.gaps[at] for at in origin),
    )
