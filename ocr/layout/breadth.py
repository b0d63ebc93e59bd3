"""How broad the letters of each line are against the page's: larger type is broader, whatever marks a line has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

FEW = 4
"""So many boxes of a character tell how broad it usually is, and so many letters how broad a line is."""

Letter = tuple[str, int]
"""A character and how wide its box is, in pixels."""


def breadths(lines: Mapping[int, Sequence[Letter]]) -> dict[int, float]:
    """How many times broader than usual on their page the letters of each line are: the middle of its letters.

    1 where there are too few letters to tell.
    """
    widths: dict[str, list[int]] = defaultdict(list)
    for letters in lines.values():
        for character, width in letters:
            widths[character].append(width)
    usual = {character: median(seen) for character, seen in widths.items() if len(seen) >= FEW}
    found = {}
    for at, letters in lines.items():
        shares = [width / max(1, usual[character]) for character, width in letters if character in usual]
        found[at] = median(shares) if len(shares) >= FEW else 1.0
    return found
