"""Writes a right name in the place of a wrong one without touching how the page is laid out."""

from __future__ import annotations

from correction.places.letters import Gap, PlaceCharacters
from model.alignment import boundaries, steps


def rewrite(letters: PlaceCharacters, start: int, end: int, name: str) -> str:
    """The text that replaces the letters `start..end` when they should read `name`.

    Stray spaces inside go; a line end stays between the letters where it stood, since lines are the page's
    and not the name's.
    """
    kept = {
        at - start: letters.source[letters.ends[at - 1] : letters.starts[at]]
        for at in range(start + 1, end)
        if letters.gaps[at] >= Gap.LINE
    }
    if not kept:
        return name
    read = letters.text[start:end]
    places = boundaries(steps(read, name)).before
    pieces, written = [], 0
    for at, white in kept.items():
        pieces.append(name[written : places[at]] + white)
        written = max(written, places[at])
    return "".join(pieces) + name[written:]
